/** What changes while somebody is still in the doorway of a room, between the question and the seat. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Started } from "../../server/access/access.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
});
afterEach(() => place.remove());

/** Does something in the middle of the next entrance: between what was granted first and what is granted at last. */
const meanwhile = (happens: () => Promise<unknown>): void => {
  const authorise = place.access.authorise.bind(place.access);
  let first = true;
  place.access.authorise = async (...question) => {
    const grant = await authorise(...question);
    if (!first) return grant;
    first = false;
    await happens();
    return grant;
  };
};

describe("R11 R12 somebody who is just coming in", () => {
  test("is not let in by a link withdrawn in that very moment", async () => {
    const { id } = workshop;
    const given = await place.access.give(id, { capability: "write" });
    meanwhile(() => place.access.withdraw(id, given.id));
    const client = place.raw(id, given.secret!);
    await client.when(({ closed }) => closed !== undefined || client.denied() !== undefined);
    expect(client.denied()).toBe("unknown-link");
    expect(place.rooms.size.rooms).toBe(0);
  });

  test("has the rights of the state that was set in that very moment", async () => {
    const { id, links } = workshop;
    meanwhile(async () => {
      const { code } = await place.access.setState(id, "closed");
      place.rooms.announceState(id, "closed", code, true);
    });
    const client = place.enter(id, links.write);
    await client.when(() => client.provider.authorizedScope !== undefined);
    expect(client.provider.authorizedScope).toBe("readonly");
  });

  test("is counted as gone when the line breaks before the seat is taken", async () => {
    const { id, links } = workshop;
    let left: () => void;
    const leaving = new Promise<void>((resolve) => (left = resolve));
    meanwhile(async () => {
      client.leave();
      left();
    });
    const client = place.raw(id, links.write);
    await leaving;
    // Whatever the entrance still has to ask is answered before the last of these: reads are answered in order.
    for (let question = 0; question < 5; question += 1) await place.access.visitors(id);
    expect(place.rooms.size.clients).toBe(0);
  });
});
