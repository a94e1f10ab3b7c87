/** R30: who waits at the door, and who does not. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Caution } from "../../server/rooms/caution.ts";
import { newPlace, type Place } from "../support/rooms.ts";

const MINUTE = 60_000;

describe("R30 S09 whoever is sent away again and again is let in later", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("some mistakes cost nothing, and are forgotten", () => {
    const caution = new Caution();
    for (let i = 0; i < 50; i += 1) {
      expect(caution.enter("w", "me")).toBe(0);
      caution.sendAway("w", "me");
    }
    for (let i = 0; i < 700; i += 1) caution.sendAway("w", "me");
    expect(caution.enter("w", "me")).toBe(50);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(caution.enter("w", "me")).toBe(0);
  });

  test("a program that comes back at once, for ten minutes, comes back some ten thousand times and not two hundred thousand", () => {
    const caution = new Caution();
    let times = 0;
    for (let now = 0; now < 10 * MINUTE; times += 1) {
      const wait = caution.enter("w", "me") + 3;
      vi.advanceTimersByTime(wait);
      now += wait;
      caution.sendAway("w", "me");
    }
    expect(times).toBeGreaterThan(1000);
    expect(times).toBeLessThan(15_000);
  });

  test("forty phones behind the same router, with sessions of their own, come in meanwhile; elsewhere nothing is noticed", () => {
    const caution = new Caution();
    for (let i = 0; i < 1000; i += 1) caution.sendAway("w", "the one");
    for (let i = 0; i < 40; i += 1) expect(caution.enter("w", `phone ${i}`)).toBe(0);
    for (let i = 0; i < 8000; i += 1) caution.sendAway("w", `session ${i}`);
    for (let i = 0; i < 40; i += 1) expect(caution.enter("w", `phone ${i}`)).toBeLessThanOrEqual(50);
    expect(caution.enter("elsewhere", "phone")).toBe(0);
  });

  test("L12 five hundred come back with one link after a restart, twice in a row; a loop without end waits", () => {
    const caution = new Caution();
    for (let i = 0; i < 1000; i += 1) expect(caution.enter("w", "link")).toBe(0);
    for (let i = 0; i < 2000; i += 1) caution.enter("w", "link");
    expect(caution.enter("w", "link")).toBe(1000);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(caution.enter("w", "link")).toBe(0);
  });

  test("does not remember everybody who was ever sent away", () => {
    const caution = new Caution();
    for (let i = 0; i < 1000; i += 1) caution.sendAway("w", "first");
    for (let i = 0; i < 20_000; i += 1) caution.sendAway("elsewhere", `guess ${i}`);
    expect(caution.enter("w", "first")).toBe(0);
  });
});

describe("R30 at the door of a room", () => {
  let place: Place;
  beforeEach(async () => {
    place = await newPlace();
  });
  afterEach(async () => {
    await place.remove();
    expect(place.faults).toEqual([]);
  });

  test("everything said while waiting is heard afterwards, in its order", async () => {
    const { id, links } = await place.start();
    for (let i = 0; i < 700; i += 1) {
      const client = place.raw(id, links.write);
      client.send(new Uint8Array([255]));
      expect(client.closed).toBe(4400);
    }
    const later = place.enter(id, links.write);
    later.write("entendu");
    later.write(", dans l’ordre");
    await later.saved();
    const visitor = await place.visit(id, links.write, "Nadia");
    await visitor.when(() => visitor.doc.getText("prose:text").toJSON() === "entendu, dans l’ordre");
  });
});
