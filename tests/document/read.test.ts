/** D1 to D3: reading is total and silent, and drops no word. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import { addItem } from "../../document/edit/items.ts";
import { addSection, removeSection } from "../../document/edit/sections.ts";
import { itemsOf, proseOf, sectionsOf } from "../../document/layout.ts";
import { listen } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import type { Minutes } from "../../minutes/value.ts";
import { hostileDeeds, together } from "./hostile.ts";
import { sampleTemplate } from "./sample.ts";

const CONTEXT = { id: "w", state: "live" } as const;

/** Reads twice, making sure that reading is all that happens. */
function readSilently(doc: Y.Doc): Minutes {
  let updates = 0;
  listen(doc, "update", () => (updates += 1));
  const before = Y.encodeStateAsUpdate(doc);
  const minutes = read(doc, CONTEXT);
  expect(read(doc, CONTEXT)).toEqual(minutes);
  expect(updates).toBe(0);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  return minutes;
}

describe("any bytes", () => {
  test("D1 D2 D3 whatever stands in any root reads as minutes, silently, with every word", () => {
    fc.assert(
      fc.property(hostileDeeds, (deeds) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, together(deeds));
        const json = JSON.stringify(readSilently(doc));
        expect(parseMinutes(JSON.parse(json))).toEqual(JSON.parse(json));
        expect(deeds.flatMap(({ words }) => words).filter((word) => !json.includes(word))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("D1 damaged bytes leave a document that still reads", () => {
    fc.assert(
      fc.property(
        hostileDeeds,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        (deeds, damage) => {
          const update = together(deeds);
          for (const [at, byte] of damage) if (update.length > 0) update[at % update.length] = byte;
          const doc = new Y.Doc();
          try {
            Y.applyUpdate(doc, update);
          } catch {
            // Half of it may be in the document now.
          }
          const json: unknown = JSON.parse(JSON.stringify(read(doc, CONTEXT)));
          expect(parseMinutes(json)).toEqual(json);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("D1 a root that this very program made another type reads all the same", () => {
    const doc = new Y.Doc();
    doc.getArray("sections").insert(0, ["first"]);
    doc.getMap("title").set("k", "second");
    doc.getXmlFragment("prose:a").insert(0, [new Y.XmlText("third")]);
    const json = JSON.stringify(readSilently(doc));
    for (const word of ["first", "second", "third"]) expect(json).toContain(word);
  });

  test("D1 values nested a thousand deep read without overflowing", () => {
    let deep: unknown = "bottom";
    for (let i = 0; i < 1000; i += 1) deep = [deep];
    const doc = new Y.Doc();
    itemsOf(doc, "a").set("x", deep);
    let map = new Y.Map<unknown>();
    sectionsOf(doc).set("nest", map);
    for (let i = 0; i < 2000; i += 1) {
      const next = new Y.Map<unknown>();
      map.set("in", next);
      map = next;
    }
    map.set("in", "lowest");
    expect(JSON.stringify(readSilently(doc))).toMatch(/bottom.*lowest|lowest.*bottom/);
  });

  test("D1 names of a prototype are ordinary keys", () => {
    const doc = new Y.Doc();
    for (const key of ["__proto__", "constructor", "toString"]) addItemUnder(doc, key);
    sectionsOf(doc).set("i", new Y.Map<unknown>([["kind", "items"]]));
    const [section] = readSilently(doc).sections;
    expect(section?.kind === "items" && section.items.map(({ id }) => id).toSorted()).toEqual(
      ["__proto__", "constructor", "toString"].toSorted(),
    );
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

const addItemUnder = (doc: Y.Doc, key: string): void =>
  void itemsOf(doc, "i").set(key, new Y.Map<unknown>([["text", key]]));

describe("foreign forms", () => {
  test("D3 items whose text is a string, entries that are no maps, and groups that are not there", () => {
    const doc = new Y.Doc();
    sectionsOf(doc).set("i", new Y.Map<unknown>([["kind", "items"]]));
    const items = itemsOf(doc, "i");
    items.set(
      "a",
      new Y.Map<unknown>([
        ["text", "a string"],
        ["order", "a0"],
        ["group", "nowhere"],
      ]),
    );
    items.set("b", "no map at all");
    items.set("c", new Y.Text("a text"));
    items.set("d", { text: "an object" });
    const [section] = readSilently(doc).sections;
    if (section?.kind !== "items") throw new Error("not read as items");
    expect(section.items.map(({ text }) => text)).toEqual(["a string", "no map at all", "a text", "an object"]);
    expect(section.items.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(section.items[0]?.group).toBeUndefined();
  });

  test("D3 a kind of a newer layout shows its prose, its items, its people and its own texts", () => {
    const doc = new Y.Doc();
    const poll = new Y.Map<unknown>([
      ["kind", "poll"],
      ["heading", "Poll"],
      ["question", "Which one?"],
    ]);
    sectionsOf(doc).set("p", poll);
    proseOf(doc, "p").insert(0, "introduction");
    addItem(doc, "p", { text: "first choice", at: "2026-01-01T00:00:00.000Z" });
    const [section] = readSilently(doc).sections;
    expect(section).toMatchObject({ id: "p", kind: "prose", heading: "Poll" });
    for (const words of ["Which one?", "introduction", "first choice"])
      expect(JSON.stringify(section)).toContain(words);
  });

  test("D3 prose of a section that is not there is shown; of a removed section it is not", () => {
    const doc = newDocument(sampleTemplate());
    proseOf(doc, "nowhere").insert(0, "orphan");
    const gone = addSection(doc, { kind: "prose", heading: "Gone" });
    proseOf(doc, gone).insert(0, "hidden");
    removeSection(doc, gone);
    const json = JSON.stringify(readSilently(doc));
    expect(json).toContain("orphan");
    expect(json).not.toContain("hidden");
  });

  test("D3 an author is the visitor's name, else what was written, cut to 80 characters; an id is nobody", () => {
    const doc = newDocument(sampleTemplate());
    for (const [index, author] of ["v1", "x".repeat(100), "06nAwtPEYOYBGOhKB"].entries())
      addItem(doc, "items", { text: String(index), author, at: `2026-01-01T00:00:0${index}.000Z` });
    const section = read(doc, { ...CONTEXT, names: new Map([["v1", "Nadia"]]) }).sections.find(
      ({ id }) => id === "items",
    );
    expect(section?.kind === "items" && section.items.map(({ author }) => author)).toEqual([
      "Nadia",
      "x".repeat(80),
      undefined,
    ]);
  });
});
