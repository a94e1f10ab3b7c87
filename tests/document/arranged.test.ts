/** D27: a document that was arranged is filled in as it stood, byte for byte, without any place being looked for. */
import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { createUndo } from "../../client/editor/undo.ts";
import { LOCAL } from "../../document/listen.ts";
import { readText } from "../../document/text/read.ts";
import { Writer } from "../../document/text/writer.ts";
import { arrange, arranging, type Arranged } from "../../document/updates/arranged.ts";
import { fillArranged, filling, layingOut } from "../../document/updates/filling.ts";
import { pack, unpack } from "../../document/updates/packed.ts";
import { atOnce, inTurns } from "../../document/updates/steps.ts";
import { newSeed, Random } from "../fuzz/random.ts";

const RUNS = Number(process.env["RUNS"] ?? 9);
vi.setConfig({ testTimeout: 30_000 + RUNS * 1_000 });

const WORDS = ["une salle ouverte", "é", "mot ", "😀 ", "x", "décidé par tous, « ici »"];

/** One edit of a text, of items, of fields. */
const edit = (doc: Y.Doc, random: Random): void => {
  const text = doc.getText(random.pick(["prose:a", "prose:b", "title"]));
  const items = doc.getMap("items:list");
  const at = random.below(text.length + 1);
  const inItem = items.get(`i${random.below(20)}`);
  doc.transact((transaction) => {
    const what = random.below(14);
    if (what < 4) new Writer(transaction, text).insertText(at, random.pick(WORDS), random.pick([{}, { bold: true }]));
    else if (what < 7) new Writer(transaction, text).delete(at, random.below(12));
    else if (what === 7) new Writer(transaction, text).insertBreak(at);
    else if (what === 8) new Writer(transaction, text).format(at, random.below(9), "link", "https://example.org/é");
    else if (what === 9) items.set(`i${random.below(20)}`, new Y.Map<unknown>([["text", new Y.Text("proposition")]]));
    else if (what === 10) items.delete(`i${random.below(20)}`);
    else if (what === 11)
      doc.getMap("fields:f").set(random.pick(["date", "lieu"]), random.pick([1, "Lyon", true, null]));
    else if (inItem instanceof Y.Map) {
      const words = inItem.get("text") as Y.Text;
      new Writer(transaction, words).insertText(random.below(words.length + 1), random.pick(WORDS), {});
      inItem.set("order", random.pick(["a", "b", "c"]));
    }
  }, LOCAL);
};

const tell = (from: Y.Doc, to: Y.Doc): void => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));

/** Several who write at once, and tell each other now and then; `undoes`: they take back as well. */
const together = (random: Random, edits: number, undoes: boolean): Y.Doc => {
  const hands = Array.from({ length: 2 + random.below(5) }, (_, id) => {
    const doc = new Y.Doc();
    doc.clientID = id + 1 + random.below(2 ** 20) * 8;
    // Whoever may take something back keeps what they deleted.
    return { doc, undo: undoes ? createUndo(doc) : undefined };
  });
  for (let n = 0; n < edits; n += 1) {
    const { doc, undo } = random.pick(hands);
    if (undo) undo.captureTimeout = 0;
    if (undo && random.below(6) === 0) random.pick([() => undo.undo(), () => undo.redo()])();
    else edit(doc, random);
    if (random.below(4) === 0) tell(doc, random.pick(hands).doc);
  }
  const [{ doc }] = hands as [(typeof hands)[number]];
  for (const each of hands) tell(each.doc, doc);
  return doc;
};

const filled = (arranged: Arranged | undefined): Y.Doc => {
  const doc = new Y.Doc();
  expect(arranged && fillArranged(doc, arranged)).toBe(true);
  return doc;
};

const applied = (update: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
};

/** What a document says, and how it stands when Yjs has taken it in anew. */
const told = (doc: Y.Doc): unknown => ({
  texts: ["prose:a", "prose:b", "title"].map((name) => readText(doc.getText(name))),
  items: doc.getMap("items:list").toJSON(),
  fields: doc.getMap("fields:f").toJSON(),
  lengths: ["prose:a", "prose:b", "title"].map((name) => doc.getText(name).length),
  state: Buffer.from(Y.encodeStateAsUpdate(applied(Y.encodeStateAsUpdate(doc)))).toString("base64"),
});

test("D27 what was arranged is filled in byte for byte, and goes on like what Yjs took in", () => {
  const first = newSeed("D27 arranged");
  for (let seed = first; seed < first + RUNS; seed += 1) {
    const random = new Random(seed);
    const undoes = seed % 3 === 0;
    const doc = together(random, 250, undoes);
    const arranged = arrange(doc);
    const made = filled(arranged);
    const taken = applied(Y.encodeStateAsUpdate(doc));
    expect(Buffer.compare(arranged!.update, Y.encodeStateAsUpdate(doc)), `seed ${seed}`).toBe(0);
    if (!undoes) expect(Buffer.compare(Y.encodeStateAsUpdate(made), arranged!.update), `seed ${seed}`).toBe(0);
    expect(told(made), `seed ${seed}`).toEqual(told(taken));
    // The same hand does the same in both, and both hear the same of others.
    const other = together(new Random(seed + 1), 60, false);
    for (const each of [made, taken]) {
      const again = new Random(seed);
      each.clientID = 77;
      for (let n = 0; n < 60; n += 1) edit(each, again);
      tell(other, each);
      tell(doc, each);
      for (let n = 0; n < 60; n += 1) edit(each, again);
    }
    expect(told(made), `seed ${seed}`).toEqual(told(taken));
  }
});

test("D27 filling in looks for no place, and tells nobody", () => {
  const doc = together(new Random(5), 300, false);
  const arranged = arrange(doc)!;
  let placed = 0;
  const placing = Object.getOwnPropertyDescriptor(Y.Item.prototype, "integrate")!;
  const integrate = placing.value as Y.Item["integrate"];
  const value = function count(this: Y.Item, ...how: Parameters<Y.Item["integrate"]>): void {
    placed += 1;
    integrate.apply(this, how);
  };
  Object.defineProperty(Y.Item.prototype, "integrate", { ...placing, value });
  try {
    const made = new Y.Doc();
    for (const event of ["beforeTransaction", "update"]) made.on(event as "update", () => (placed += 1));
    expect(fillArranged(made, arranged)).toBe(true);
    expect(placed).toBe(0);
    applied(arranged.update);
    expect(placed).toBeGreaterThan(200);
  } finally {
    Object.defineProperty(Y.Item.prototype, "integrate", placing);
  }
});

test("D27 what is not as it was arranged changes nothing", () => {
  const arranged = arrange(together(new Random(7), 200, true))!;
  const { update, before } = arranged;
  const listed = [...before.keys()].filter((number) => before[number]! >= 0);
  const [one, other] = [listed[3]!, listed[9]!];
  const wrong: Arranged[] = [
    { update: update.subarray(0, update.length - 1), before },
    { update: Uint8Array.of(...update, 0), before },
    { update, before: before.subarray(1) },
    // A ring, two behind one, somewhere else, and nowhere.
    { update, before: before.with(one, one) },
    { update, before: before.with(one, before[other]!) },
    { update, before: before.with(one, before.length) },
    { update, before: before.with(one, -1) },
    // What our documents never hold: a list.
    (() => {
      const doc = new Y.Doc();
      doc.getMap("meta").set("list", new Y.Array());
      return arrange(doc)!;
    })(),
  ];
  for (const [number, each] of wrong.entries()) {
    const doc = new Y.Doc();
    expect(fillArranged(doc, each), `number ${number}`).toBe(false);
    expect([doc.store.clients.size, doc.share.size]).toEqual([0, 0]);
  }
  const used = new Y.Doc();
  used.getText("title").insert(0, "a");
  expect(fillArranged(used, arranged)).toBe(false);
});

test("D27 it is filled in where roots were asked for already, of the kinds they have", () => {
  const doc = together(new Random(9), 200, false);
  const arranged = arrange(doc)!;
  const made = new Y.Doc();
  const [title, items] = [made.getText("title"), made.getMap("items:list")];
  expect(fillArranged(made, arranged)).toBe(true);
  expect([made.getText("title"), made.getMap("items:list")]).toEqual([title, items]);
  expect(told(made)).toEqual(told(applied(arranged.update)));
  const foreign = new Y.Doc();
  foreign.getMap("title");
  expect(fillArranged(foreign, arranged)).toBe(false);
  expect([foreign.store.clients.size, foreign.share.size]).toEqual([0, 1]);
});

test("D27 packed it is the same afterwards, and what was not packed is nothing or fills in nothing", () => {
  const doc = together(new Random(13), 150, true);
  const packed = pack(arrange(doc)!);
  expect(unpack(packed)).toEqual(arrange(doc));
  for (let length = 0; length < packed.length; length += 1) {
    const made = new Y.Doc();
    const part = unpack(packed.subarray(0, length));
    expect(part !== undefined && fillArranged(made, part), `${length} bytes`).toBe(false);
    expect(made.store.clients.size).toBe(0);
  }
  expect(unpack(new TextEncoder().encode("<!doctype html><title>Connexion</title>"))?.before.length ?? 0).toBeLessThan(
    99,
  );
});

test("D27 a sign that some programs begin a text with is one of its characters", () => {
  const doc = new Y.Doc();
  // As a file saved by a Windows editor begins, pasted.
  doc.getText("title").insert(0, "\uFEFFUne place");
  doc.getText("title").insert(1, "« ");
  const made = filled(arrange(doc));
  expect([...Y.encodeStateVector(made)]).toEqual([...Y.encodeStateVector(doc)]);
  expect(made.getText("title").toString()).toBe(doc.getText("title").toString());
});

test("D27 what would stand in itself is not filled in", () => {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = 5;
  const items = doc.getMap("items:list");
  items.set("i1", new Y.Map<unknown>([["text", new Y.Text("ab")]]));
  items.delete("i1");
  const { update, before } = arrange(doc)!;
  let refused = 0;
  for (const at of update.keys()) {
    for (let other = 0; other < 256; other += 1) {
      const made = new Y.Doc();
      if (fillArranged(made, { update: update.with(at, other), before })) continue;
      refused += 1;
      expect([made.store.clients.size, made.share.size], `byte ${at} is ${other}`).toEqual([0, 0]);
    }
  }
  expect(refused).toBeGreaterThan(1_000);
});

test("D27 whichever byte is another one, nothing is thrown, and nothing is filled in by halves", () => {
  const doc = together(new Random(11), 12, true);
  const { update, before } = arrange(doc)!;
  for (const at of update.keys()) {
    for (const other of [0, 0x7f, 0xff]) {
      const made = new Y.Doc();
      if (!fillArranged(made, { update: update.with(at, other), before }))
        expect([made.store.clients.size, made.share.size], `byte ${at} is ${other}`).toEqual([0, 0]);
    }
  }
});

test("D27 it is arranged in portions, and not at all while something waits for what never came", () => {
  const doc = new Y.Doc();
  for (let n = 0; n < 2500; n += 1) doc.getText("prose:a").insert(n % 7, "ab");
  let pauses = 0;
  const steps = arranging(doc);
  while (!steps.next().done) pauses += 1;
  expect(pauses).toBeGreaterThanOrEqual(2);
  const updates: Uint8Array[] = [];
  const writer = new Y.Doc();
  writer.on("update", (update: Uint8Array) => updates.push(update));
  for (let n = 0; n < 3; n += 1) writer.getText("title").insert(n, "a");
  const waiting = applied(updates[0]!);
  Y.applyUpdate(waiting, updates[2]!);
  expect(arrange(waiting)).toBe(undefined);
});

test("D27 it is read a little at a time, of which no document sees anything; what was written in one meanwhile stays as it is", async () => {
  const doc = together(new Random(11), 3_000, false);
  const arranged = arrange(doc)!;
  const made = new Y.Doc();
  const used = new Y.Doc();
  let pauses = 0;
  const laid = await inTurns(layingOut(arranged), 0, () => {
    pauses += 1;
    expect(made.store.clients.size + made.share.size).toBe(0);
    if (pauses === 2) used.getText("prose:a").insert(0, "déjà là");
    return Promise.resolve();
  });
  expect(pauses).toBeGreaterThan(10);
  expect(laid && atOnce(filling(used, laid))).toBe(false);
  expect(used.getText("prose:a").toJSON()).toBe("déjà là");
  expect(laid && atOnce(filling(made, laid))).toBe(true);
  expect(told(made)).toEqual(told(applied(arranged.update)));
});
