/** R1: what one client sent while the disk was busy is taken together, and comes to the same as one by one. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { addItem, setItem } from "../../document/edit/items.ts";
import { itemsOf, proseOf } from "../../document/layout.ts";
import { bundle } from "../../server/rooms/bundle.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { judge } from "../../server/rooms/gate.ts";
import { sampleTemplate } from "../document/sample.ts";
import { Random, seeds } from "../fuzz/random.ts";
import { content, forge } from "../support/forged.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

/** A document some edits further on, and those edits one by one. */
const write = (doc: Y.Doc, random: Random, edits: number): Uint8Array[] => {
  const updates: Uint8Array[] = [];
  const hear = (update: Uint8Array): void => void updates.push(update);
  doc.on("update", hear);
  const text = proseOf(doc, "prose");
  for (let edit = 0; edit < edits; edit += 1) {
    const at = random.below(text.length + 1);
    const [item] = [...itemsOf(doc, "items").keys()];
    random.pick<() => unknown>([
      () => text.insert(at, "mot "),
      () => text.insert(at, "gras", { bold: true }),
      () => text.insertEmbed(at, new Y.Map<unknown>([["kind", "bullet"]])),
      () => text.delete(Math.min(at, text.length - 1), text.length > 0 ? 1 : 0),
      () => addItem(doc, "items", { text: `point ${edit}`, at: "2026-01-01T00:00:00.000Z" }),
      () => item && setItem(doc, "items", item, "owner", `qui ${edit}`),
    ])();
  }
  doc.off("update", hear);
  return updates;
};

test.each(seeds(20))("R1 taken together or one by one, a document holds the same (seed %i)", (seed) => {
  const random = new Random(seed);
  const start = create(sampleTemplate());
  const [writer, other, apart, together] = [1, 2, 3, 4].map(() => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, start);
    return doc;
  }) as [Y.Doc, Y.Doc, Y.Doc, Y.Doc];
  for (let round = 0; round < 5; round += 1) {
    const updates = write(writer, random, 1 + random.below(30));
    for (const update of updates) Y.applyUpdate(apart, update);
    const one = bundle(updates);
    judge(together, one);
    Y.applyUpdate(together, one);
    for (const update of write(other, random, 5))
      for (const doc of [writer, apart, together]) Y.applyUpdate(doc, update);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(together));
  }
  expect(Y.equalSnapshots(Y.snapshot(together), Y.snapshot(apart))).toBe(true);
  expect(together.toJSON()).toEqual(apart.toJSON());
  expect(together.store.pendingStructs).toBe(null);
});

/** Once it has synchronised: before, what it sends is held back. */
const entered = async (client: RawClient): Promise<RawClient> => {
  client.frame(FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  await client.when(() => client.acknowledged() === 1);
  client.frames.length = 0;
  return client;
};

describe("R1 in a room", () => {
  let place: Place;
  beforeEach(async () => {
    place = await newPlace();
  });
  afterEach(async () => {
    await place.remove();
    expect(place.faults).toEqual([]);
  });

  test("many that come at once share an entry; each is acknowledged", async () => {
    const { id, links } = await place.start();
    const client = await entered(place.raw(id, links.write));
    const entries = async (): Promise<number> => {
      const { updates } = await place.log.load(id);
      return updates.length;
    };
    const before = await entries();
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    for (let n = 0; n < 50; n += 1) proseOf(doc, "text").insert(0, `${n} `);
    for (const update of updates) client.update(update);
    await client.when(() => client.acknowledged() === 50);
    expect((await entries()) - before).toBeLessThan(10);
  });

  test("one that is wrong is refused, and those before it are kept", async () => {
    const { id, links } = await place.start();
    const client = await entered(place.raw(id, links.write));
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    for (let n = 0; n < 10; n += 1) proseOf(doc, "text").insert(n, `${n}`);
    const foreign = forge([
      { client: doc.clientID, clock: 10, structs: [{ parent: "ailleurs", content: content.words("x") }] },
    ]);
    for (const update of [...updates, foreign, ...updates]) client.update(update);
    await client.when(({ closed }) => closed !== undefined);
    expect([client.closed, client.acknowledged()]).toEqual([4400, 10]);
    const reader = place.enter(id, links.read);
    await reader.when(() => reader.provider.isSynced);
    expect(proseOf(reader.doc, "text").toJSON()).toBe("0123456789");
  });
});
