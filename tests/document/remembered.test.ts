/** X5: texts that are remembered read as if they were read anew, whatever was done to them by whom. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { itemOf, itemTextOf } from "../../document/layout.ts";
import { read } from "../../document/read.ts";
import { DEFAULTS } from "../../document/text/attributes.ts";
import { readText } from "../../document/text/read.ts";
import { readOnce, rememberTexts } from "../../document/text/remembered.ts";
import { writeProse } from "../../document/text/write.ts";
import { Writer } from "../../document/text/writer.ts";
import { BLOCK_KINDS, type Prose } from "../../minutes/value.ts";
import { Random } from "../fuzz/random.ts";

const RUNS = Number(process.env["RUNS"] ?? 25);
const SEED = Number(process.env["SEED"] ?? 1);

const prose = (...words: string[]): Prose =>
  words.map((one) => ({ kind: "paragraph", spans: one === "" ? [] : [{ text: one }] }));

const remembered = (start: Prose): Y.Text => {
  const doc = new Y.Doc();
  rememberTexts(doc);
  const text = doc.getText("prose:text");
  here.add(text);
  writeProse(text, start);
  return text;
};

const here = new WeakSet<Y.Text>();
const isHere = (text: Y.Text): boolean => here.has(text);

const MOVES: readonly ((text: Y.Text, random: Random) => void)[] = [
  (text, random) => text.insert(random.below(text.length + 1), random.pick(["a", "mot ", "é😀", "x\ny", "\n"])),
  (text, random) => {
    const at = random.below(text.length + 1);
    text.delete(at, Math.min(text.length - at, random.below(12)));
  },
  (text, random) => text.insertEmbed(random.below(text.length + 1), new Y.Map([["kind", random.pick(BLOCK_KINDS)]])),
  (text, random) => text.insertEmbed(random.below(text.length + 1), { foreign: true }),
  (text, random) => {
    const at = random.below(text.length + 1);
    const length = Math.min(text.length - at, random.below(9));
    if (length === 0) return;
    const bold = random.pick<true | null>([true, null]);
    // X2: here only a writer formats. Yjs cuts a character in two even where it then has nothing to write (P8).
    if (!isHere(text)) text.format(at, length, { bold });
    else text.doc?.transact((transaction) => new Writer(transaction, text).format(at, length, "bold", bold));
  },
  (text, random) => {
    const breaks = (text.toDelta() as { insert: unknown }[]).flatMap(({ insert }) =>
      insert instanceof Y.Map ? [insert] : [],
    );
    if (breaks.length > 0) random.pick(breaks).set("kind", random.pick(BLOCK_KINDS));
  },
  (text, random) =>
    text.doc?.transact((transaction) => {
      const writer = new Writer(transaction, text);
      for (let n = 0; n < 3; n += 1) writer.insertBreak(random.below(text.length + 1), DEFAULTS);
      if (text.length > 4) writer.delete(random.below(text.length - 3), 3);
    }),
];

test("X5 read again it says what reading anew says, after any edits by several hands, undone or not", () => {
  for (let seed = SEED; seed < SEED + RUNS; seed += 1) {
    const random = new Random(seed);
    const stranger = new Y.Doc().getText("prose:text");
    const texts = [remembered(prose("un", "deux", "", "trois")), remembered([]), stranger] as const;
    for (const text of texts) Y.applyUpdate(text.doc!, Y.encodeStateAsUpdate(texts[0].doc!));
    const undo = new Y.UndoManager(texts[0], { captureTimeout: 0 });
    for (let edit = 0; edit < 60; edit += 1) {
      const text = random.pick(texts);
      if (text === texts[0] && random.chance(0.1)) undo.undo();
      else if (random.chance(0.2)) {
        text.doc?.transact(() => random.pick(MOVES)(text, random));
      } else random.pick(MOVES)(text, random);
      if (random.chance(0.3)) {
        const [one, other] = [random.pick(texts), random.pick(texts)];
        Y.applyUpdate(one.doc!, Y.encodeStateAsUpdate(other.doc!, Y.encodeStateVector(one.doc!)));
        Y.applyUpdate(other.doc!, Y.encodeStateAsUpdate(one.doc!, Y.encodeStateVector(other.doc!)));
      }
      for (const each of texts) expect(readOnce(each), `seed ${seed}, edit ${edit}`).toEqual(readText(each));
    }
  }
});

test("X5 gives the very same value until the text changes, and the very same blocks for the lines that did not", () => {
  const text = remembered(prose("un", "deux", "trois"));
  const before = readOnce(text);
  expect(readOnce(text)).toBe(before);
  text.insert(4, "x");
  const after = readOnce(text);
  expect(after).toEqual(prose("un", "dxeux", "trois"));
  expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([true, false, true]);
  expect(before).toEqual(prose("un", "deux", "trois"));
});

test("X5 within a transaction, and in observers that write themselves, what stands there now is read", () => {
  const text = remembered(prose("un", "deux"));
  const doc = text.doc!;
  readOnce(text);
  const seen: [string, Prose, Prose][] = [];
  const look = (where: string): void => void seen.push([where, readOnce(text), readText(text)]);
  let written = false;
  text.observe(() => {
    look("an observer");
    if (written) return;
    written = true;
    text.insert(0, "second ");
    look("an observer that has just written");
  });
  doc.on("afterTransaction", () => look("after a transaction"));
  doc.transact(() => {
    text.insert(0, "premier ");
    look("a transaction");
  });
  look("afterwards");
  expect(seen.length).toBeGreaterThan(5);
  for (const [where, once, anew] of seen) expect([where, once]).toEqual([where, anew]);
});

test("X5 a text of another document, or of none, is simply read", () => {
  const text = new Y.Doc().getText("prose:text");
  writeProse(text, prose("un"));
  expect(readOnce(text)).toEqual(prose("un"));
  expect(readOnce(text)).not.toBe(readOnce(text));
});

/** A document with a list of so many items, remembered, and how often it was asked whether one of them is hidden. */
const listed = (items: number) => {
  const doc = new Y.Doc();
  rememberTexts(doc);
  doc.getMap("sections").set("list", new Y.Map([["kind", "items"]]));
  const ids = Array.from({ length: items }, (_, n) =>
    addItem(doc, "list", { text: `Piste ${n + 1}`, at: "2026-01-01T09:00:00.000Z" }),
  );
  return { doc, ids };
};

const readAll = (doc: Y.Doc) => read(doc, { id: "w", state: "open" });

test("L11 of 300 items the one that was written in is read again, and no other", () => {
  const { doc, ids } = listed(300);
  readAll(doc);
  let asked: string[] = [];
  for (const id of ids) {
    const entry = itemOf(doc, "list", id)!;
    const get = entry.get.bind(entry);
    entry.get = (key) => {
      if (key === "removed") asked.push(id);
      return get(key);
    };
  }
  readAll(doc);
  expect(asked).toEqual([]);
  itemTextOf(doc, "list", ids[7]!)?.insert(0, "x");
  readAll(doc);
  expect(asked).toEqual([ids[7]]);
  asked = [];
  itemOf(doc, "list", ids[9]!)?.set("removed", true);
  expect(readAll(doc).sections[0]).toMatchObject({ items: { length: 299 } });
  expect(asked).toEqual([ids[9]]);
});

test("X5 remembered records read as if they were read anew, also within a transaction", () => {
  const random = new Random(SEED);
  const { doc, ids } = listed(12);
  const others = new Y.Doc();
  const change = (there: Y.Doc): void => {
    const id = random.pick(ids);
    const entry = itemOf(there, "list", id);
    const key = random.pick(["removed", "owner", "group", "status", "author", "order", "corrected", "von Hand"]);
    if (random.below(3) === 0) itemTextOf(there, "list", id)?.insert(0, random.pick(["mot ", "\n", "😀"]));
    else if (random.below(9) === 0) there.getMap("items:list").delete(id);
    else entry?.set(key, random.pick<unknown>([true, "done", "a1", "2026-01-01T00:00:00Z", new Y.Text("loin")]));
  };
  for (let run = 0; run < RUNS * 8; run += 1) {
    Y.applyUpdate(others, Y.encodeStateAsUpdate(doc));
    if (run % 2 === 0) change(doc);
    else {
      change(others);
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(others));
    }
    const anew = (): Y.Doc => {
      const fresh = new Y.Doc();
      Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
      return fresh;
    };
    doc.transact(() => {
      change(doc);
      expect(readAll(doc), `SEED=${SEED} run ${run}`).toEqual(readAll(anew()));
    });
    expect(readAll(doc), `SEED=${SEED} run ${run}`).toEqual(readAll(anew()));
  }
});
