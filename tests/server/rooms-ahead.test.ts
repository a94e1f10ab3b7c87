/** A large document that is opened for the first time: the bytes it is kept as are sent before it is made of them. */
import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import type { Started } from "../../server/access/access.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { addSnapshot, documentRow } from "../../server/store/entries.ts";
import { sql } from "../../server/store/rows.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

const EMPTY = Uint8Array.of(0, 0);
const NOTHING = Uint8Array.of(0);
const LETTERS = 100_000;

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
  await place.rooms.edit(workshop.id, undefined, (draft) => draft.getText("prose:text").insert(0, "x".repeat(LETTERS)));
  await place.log.compact(workshop.id);
});
afterEach(() => place.remove());

/** The steps and what is in them, in the order in which they came. */
const stepsOf = ({ frames }: RawClient): [step: number, payload: Uint8Array][] =>
  frames
    .filter(({ kind }) => kind === FRAME.sync || kind === FRAME.syncReply)
    .map(({ rest }) => {
      const decoder = createDecoder(rest);
      return [readVarUint(decoder), readVarUint8Array(decoder)];
    });

const textOf = (client: RawClient): string => {
  const doc = new Y.Doc();
  for (const [step, payload] of stepsOf(client)) if (step !== SYNC.step1) Y.applyUpdate(doc, payload);
  return doc.getText("prose:text").toJSON();
};

const enter = (vector: Uint8Array = NOTHING): RawClient => {
  const client = place.raw(workshop.id, workshop.links.write);
  client.frame(FRAME.sync, syncRest(SYNC.step1, vector));
  client.frame(FRAME.sync, syncRest(SYNC.step2, EMPTY));
  return client;
};

test("R41 whoever opens it gets the bytes of its snapshot first, then what the server knows, and can write", async () => {
  const { state } = await place.log.load(workshop.id);
  const first = enter();
  await first.when((each) => each.acknowledged() === 1);
  const steps = stepsOf(first);
  expect(steps.map(([step]) => step)).toEqual([SYNC.step2, SYNC.step1, SYNC.step2]);
  expect(Buffer.compare(steps[0]![1], state!)).toBe(0);
  const known = new Y.Doc();
  Y.applyUpdate(known, state!);
  expect(Y.decodeStateVector(steps[1]![1])).toEqual(Y.decodeStateVector(Y.encodeStateVector(known)));
  // It lacks nothing any more, and is not given it twice.
  expect(steps[2]![1].length).toBeLessThan(100);
  const second = enter();
  await second.when((each) => each.acknowledged() === 1);
  known.clientID = 77;
  const before = Y.encodeStateVector(known);
  known.getText("prose:text").insert(LETTERS, "!");
  first.update(Y.encodeStateAsUpdate(known, before));
  await second.when((each) => textOf(each).endsWith("!"));
  expect(textOf(second)).toBe(`${"x".repeat(LETTERS)}!`);
  expect(place.faults).toEqual([]);
});

test("R41 a first step that comes while it is being opened is answered like one that was there before", async () => {
  const { state } = await place.log.load(workshop.id);
  const client = place.raw(workshop.id, workshop.links.write);
  // Granted before it is opened: our pages ask then.
  await client.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.auth));
  client.frame(FRAME.sync, syncRest(SYNC.step1, NOTHING));
  client.frame(FRAME.sync, syncRest(SYNC.step2, EMPTY));
  await client.when((each) => each.acknowledged() === 1);
  const whole = stepsOf(client).filter(([, payload]) => payload.length > LETTERS);
  expect(whole).toHaveLength(1);
  expect(Buffer.compare(whole[0]![1], state!)).toBe(0);
  expect(textOf(client)).toBe("x".repeat(LETTERS));
});

test("R41 whoever knows a part of it is answered as always", async () => {
  const known = new Y.Doc();
  Y.applyUpdate(known, (await place.log.load(workshop.id)).state!);
  const back = enter(Y.encodeStateVector(known));
  await back.when((each) => each.acknowledged() === 1);
  expect(stepsOf(back).map(([step, { length }]) => [step, length < 100])).toEqual([
    [SYNC.step1, true],
    [SYNC.step2, true],
  ]);
  expect(place.faults).toEqual([]);
});

test("R14 bytes that are not those that were kept are never sent: it is made of the entries", async () => {
  await place.store.write(sql("UPDATE snapshots SET bytes = ?", [new Uint8Array(LETTERS).fill(0xff)]));
  const client = enter();
  await client.when((each) => each.acknowledged() === 1);
  expect(textOf(client)).toBe("x".repeat(LETTERS));
});

test("R14 where it cannot be made of its bytes after all, everybody is closed with 4500, and nothing is written", async () => {
  const [[row]] = await place.store.read(documentRow(workshop.id));
  const bytes = new Uint8Array(LETTERS).fill(0xff);
  await place.rooms.edit(workshop.id, undefined, (draft) => draft.getText("prose:text").insert(0, "z"));
  await place.store.write(...addSnapshot(workshop.id, { at: 1, seq: row!.head + 1, epoch: row!.epoch, bytes }));
  const client = enter();
  await client.when((each) => each.closed !== undefined);
  expect([client.closed, client.acknowledged()]).toEqual([4500, 0]);
  const silent = place.raw(workshop.id, workshop.links.write);
  await silent.when((each) => each.closed !== undefined);
  expect(silent.closed).toBe(4500);
});
