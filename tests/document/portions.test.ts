/** L09: a large update in portions makes the same document, byte for byte, and nothing in between waits for what comes later. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { portionsOf } from "../../document/updates/portions.ts";
import { newSeed, Random } from "../fuzz/random.ts";

/** Several who write, delete and nest in one another's words, now and then telling each other. */
const together = (random: Random, edits: number): Y.Doc => {
  const docs = Array.from({ length: 2 + random.below(6) }, (_, id) => {
    const doc = new Y.Doc();
    doc.clientID = id + 1 + random.below(2 ** 20) * 8;
    return doc;
  });
  const tell = (from: Y.Doc, to: Y.Doc): void =>
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
  for (let i = 0; i < edits; i += 1) {
    const doc = random.pick(docs);
    const text = doc.getText("prose:text");
    const list = doc.getMap("items:list");
    const what = random.below(10);
    const at = random.below(text.length + 1);
    if (what < 5) text.insert(at, "une salle ouverte".slice(random.below(16)));
    else if (what < 7) text.delete(at, Math.min(random.below(20), text.length - at));
    else if (what === 7) text.insertEmbed(at, new Y.Map([["kind", "paragraph"]]));
    else if (what === 8) list.set(`i${random.below(30)}`, new Y.Map<unknown>([["text", new Y.Text("proposition")]]));
    else list.delete(`i${random.below(30)}`);
    if (random.below(4) === 0) tell(doc, random.pick(docs));
  }
  for (const doc of docs) tell(doc, docs[0]!);
  return docs[0]!;
};

const madeOf = (updates: readonly Uint8Array[]): { state: Uint8Array; waited: number } => {
  const doc = new Y.Doc();
  let waited = 0;
  for (const each of updates) {
    Y.applyUpdate(doc, each);
    waited += Number(doc.store.pendingStructs !== null) + Number(doc.store.pendingDs !== null);
  }
  return { state: Y.encodeStateAsUpdate(doc), waited };
};

test("L09 portions of any size make the same document, and none waits for another", () => {
  let cut = 0;
  const first = newSeed("L09 portions");
  for (let seed = first; seed < first + 12; seed += 1) {
    const random = new Random(seed);
    const state = Y.encodeStateAsUpdate(together(random, 400));
    const { state: whole } = madeOf([state]);
    for (const most of [1, 7, 100]) {
      const portions = portionsOf(state, most);
      cut += portions.length;
      const { state: made, waited } = madeOf(portions);
      expect(waited, `seed ${seed}, ${most} at once`).toBe(0);
      expect(Buffer.compare(made, whole), `seed ${seed}, ${most} at once`).toBe(0);
    }
  }
  expect(cut).toBeGreaterThan(1000);
});

test("L09 what came since is cut as well, and builds on what was there", () => {
  const seed = newSeed("L09 portions of what came since");
  const random = new Random(seed);
  const doc = together(random, 200);
  const before = Y.encodeStateAsUpdate(doc);
  const vector = Y.encodeStateVector(doc);
  const text = doc.getText("prose:text");
  for (let i = 0; i < 300; i += 1) text.insert(random.below(text.length + 1), "ajout");
  text.delete(0, 40);
  const since = Y.encodeStateAsUpdate(doc, vector);
  const { state, waited } = madeOf([before, ...portionsOf(since, 20)]);
  expect(waited).toBe(0);
  expect(Buffer.compare(state, madeOf([before, since]).state), `seed ${seed}`).toBe(0);
});

test("L09 what is small, or has a hole, stays in one piece", () => {
  const doc = together(new Random(3), 100);
  const state = Y.encodeStateAsUpdate(doc);
  expect(portionsOf(state)).toEqual([state]);
  const writer = new Y.Doc();
  const updates: Uint8Array[] = [];
  writer.on("update", (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < 50; i += 1) writer.getText("prose:text").insert(i % 3, "mot");
  const holed = Y.mergeUpdates(updates.filter((_, i) => i !== 20));
  expect(portionsOf(holed, 5)).toEqual([holed]);
});
