/** What is typed while a client reconnects arrives before the rest of what it holds; nobody is sent away for it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { Started } from "../../server/access/access.ts";
import { holdEarly } from "../../server/rooms/early.ts";
import { FRAME, readFrame, SYNC, writeFrame } from "../../server/rooms/frames.ts";
import { syncRest } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
});
afterEach(() => place.remove());

const kept = async (): Promise<string> => {
  const doc = new Y.Doc();
  const { state, updates } = await place.log.load(workshop.id);
  for (const update of state ? [state, ...updates] : updates) Y.applyUpdate(doc, update);
  return doc.getText("prose:text").toJSON();
};

describe("R16 an update sent before the client has synchronised waits for its SyncStep2", () => {
  const typed = (): { whole: Uint8Array; last: Uint8Array } => {
    const doc = new Y.Doc();
    doc.getText("prose:text").insert(0, "hors ligne, ");
    const before = Y.encodeStateVector(doc);
    const end = doc.getText("prose:text").length;
    doc.getText("prose:text").insert(end, "puis en ligne");
    return { whole: Y.encodeStateAsUpdate(doc), last: Y.encodeStateAsUpdate(doc, before) };
  };

  test("the newest letters, then everything: both acknowledged, once on disk, the socket stays open", async () => {
    const client = place.raw(workshop.id, workshop.links.write);
    const { whole, last } = typed();
    client.update(last);
    client.frame(FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0)));
    await client.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.sync));
    expect(client.acknowledged()).toBe(0);
    client.frame(FRAME.sync, syncRest(SYNC.step2, whole));
    await client.when(() => client.acknowledged() === 2);
    expect(client.closed).toBeUndefined();
    expect(await kept()).toBe("hors ligne, puis en ligne");
  });

  test("entering again on the same socket loses and delays nothing that waits", () => {
    const passed: Uint8Array[] = [];
    const early = holdEarly((bytes) => passed.push(bytes));
    const [update, enter, whole] = [
      writeFrame("x", FRAME.sync, syncRest(SYNC.update, new Uint8Array(2))),
      writeFrame("x", FRAME.auth, new Uint8Array(1)),
      writeFrame("x", FRAME.sync, syncRest(SYNC.step2, new Uint8Array(2))),
    ];
    for (const bytes of [update, enter, whole]) early.receive(bytes, readFrame(bytes)!);
    expect(passed).toEqual([enter, whole, update]);
  });

  test("whoever never synchronises is heard after a while, also who has entered again on the same socket", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const passed: Uint8Array[] = [];
      const early = holdEarly((bytes) => passed.push(bytes));
      const enter = writeFrame("x", FRAME.auth, new Uint8Array(1));
      const update = writeFrame("x", FRAME.sync, syncRest(SYNC.update, new Uint8Array(2)));
      for (const heard of [
        [enter, update],
        [enter, update, enter, update],
      ]) {
        for (const bytes of [enter, update]) early.receive(bytes, readFrame(bytes)!);
        vi.advanceTimersByTime(60_000);
        expect(passed).toEqual(heard);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  test("what never gets its SyncStep2 is neither acknowledged nor kept when the client leaves", async () => {
    const client = place.raw(workshop.id, workshop.links.write);
    client.update(typed().last);
    client.frame(FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0)));
    await client.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.sync));
    client.leave();
    expect(client.acknowledged()).toBe(0);
    expect(await kept()).toBe("");
  });

  test("more than a megabyte is not kept back: it is judged as it is", async () => {
    const client = place.raw(workshop.id, workshop.links.write);
    client.update(typed().last);
    for (let i = 0; i < 3; i += 1) client.update(new Uint8Array(512 * 1024));
    await client.when(({ closed }) => closed !== undefined);
    expect(client.closed).toBe(4400);
  });

  test("nor is more than a megabyte of one socket, under however many names", () => {
    let passed = 0;
    const early = holdEarly((bytes) => (passed += bytes.length));
    const sent = 40 * 64 * 1024;
    for (let i = 0; i < 40; i += 1) {
      const frame = writeFrame(`name-${i}`, FRAME.sync, syncRest(SYNC.update, new Uint8Array(64 * 1024)));
      early.receive(frame, readFrame(frame)!);
    }
    expect(sent - passed).toBeLessThanOrEqual(1024 * 1024);
    early.drop();
  });
});
