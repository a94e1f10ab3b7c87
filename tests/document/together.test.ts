/** D5: many hands at once, on every place where something can be created: nobody's addition erases another's. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { addField, setField } from "../../document/edit/fields.ts";
import { addTerm } from "../../document/edit/glossary.ts";
import { addGroup, addItem, moveItem, removeItem, restoreItem } from "../../document/edit/items.ts";
import { addPerson, movePerson } from "../../document/edit/people.ts";
import { rank } from "../../document/edit/ranking.ts";
import { addPhase } from "../../document/edit/runsheet.ts";
import { addSection, moveSection } from "../../document/edit/sections.ts";
import { proseOf, sectionsOf } from "../../document/layout.ts";
import { read } from "../../document/read.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import { proseFromPlain } from "../../minutes/plain.ts";
import { writeProse } from "../../document/text/write.ts";
import type { Minutes } from "../../minutes/value.ts";
import { sampleTemplate } from "./sample.ts";

const AT = "2026-01-01T00:00:00.000Z";
const minutesOf = (doc: Y.Doc): Minutes => read(doc, { id: "w", state: "live" });

/** Devices that all hold the same first update. */
function devices(count: number): Y.Doc[] {
  const update = create(sampleTemplate());
  return Array.from({ length: count }, () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    return doc;
  });
}

/** Everybody gets what everybody has. */
function exchange(docs: readonly Y.Doc[]): void {
  const all = Y.mergeUpdates(docs.map((doc) => Y.encodeStateAsUpdate(doc)));
  for (const doc of docs) Y.applyUpdate(doc, all);
}

const headings = ({ sections }: Minutes): string[] => sections.map(({ heading }) => heading);

describe("at once", () => {
  test("D5 C08 twenty devices open a new workshop together, some had written before: the template stands once", () => {
    const docs = devices(20);
    for (const [i, doc] of docs.entries()) if (i % 3 === 0) proseOf(doc, "prose").insert(0, `<${i}>`);
    exchange(docs);
    const [first, ...others] = docs.map(minutesOf);
    if (first === undefined) throw new Error("no minutes");
    for (const other of others) expect(other).toEqual(first);
    expect(headings(first)).toEqual(sampleTemplate().sections.map(({ heading }) => heading));
    for (let i = 0; i < 20; i += 3) expect(JSON.stringify(first).split(`<${i}>`)).toHaveLength(2);
  });

  test("D5 C09 ten devices create everything that can be created, at once: every entry is there", () => {
    const docs = devices(10);
    for (const [i, doc] of docs.entries()) {
      addItem(doc, "items", { text: `item-${i}.`, at: AT });
      addGroup(doc, "items", { text: `group-${i}.` });
      addPerson(doc, "people", { name: `person-${i}.` });
      setField(doc, "fields", addField(doc, "fields", { label: `field-${i}.`, type: "line" }), `value-${i}.`);
      addPhase(doc, "runsheet", { label: `phase-${i}.`, minutes: 1 });
      // The same word, each with what they take it for (D26).
      addTerm(doc, { term: "CLE", meaning: `term-${i}.` });
      addItem(doc, addSection(doc, { kind: "items", heading: `section-${i}.` }), { text: `inside-${i}.`, at: AT });
      const prose = addSection(doc, { kind: "prose", heading: "" });
      writeProse(proseOf(doc, prose), proseFromPlain(`prose-${i}.`));
    }
    exchange(docs);
    const [json, ...others] = docs.map((doc) => JSON.stringify(minutesOf(doc)));
    for (const other of others) expect(other).toBe(json);
    const nouns = ["item", "group", "person", "field", "value", "phase", "section", "inside", "prose", "term"];
    const expected = nouns.flatMap((noun) => docs.map((_, i) => `${noun}-${i}.`));
    expect(expected.filter((word) => !json?.includes(word))).toEqual([]);
  });

  test("D5 what two people put at one place at once stands there in some order, and between them there is room", () => {
    const [a, b] = devices(2);
    if (!a || !b) throw new Error("two devices");
    addItem(a, "items", { text: "a", at: AT });
    addItem(b, "items", { text: "b", at: AT });
    exchange([a, b]);
    // What has no place yet may stand anywhere among those of the same moment: the first of the two is looked up before.
    const first = topOf(a);
    const between = addItem(a, "items", { text: "between", at: AT });
    moveItem(a, "items", between, { after: first });
    const section = minutesOf(a).sections.find(({ kind }) => kind === "items");
    expect(section?.kind === "items" && section.items.map(({ text }) => text)[1]).toBe("between");
  });

  test("D9 numbers are the server's: lines captured at once by many get each one of their own", () => {
    const docs = devices(8);
    for (const [i, doc] of docs.entries())
      for (const n of [1, 2, 3]) addItem(doc, "items", { text: `${i}.${n}`, at: AT });
    exchange(docs);
    const [server] = docs;
    if (!server) throw new Error("a device");
    stampNumbers(server);
    exchange(docs);
    for (const doc of docs) expect(stampNumbers(doc)).toBe(false);
    const section = minutesOf(server).sections.find(({ kind }) => kind === "items");
    const numbers = section?.kind === "items" ? section.items.map(({ number }) => number) : [];
    expect(numbers.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  });

  test("D5 S03 whatever several people do, in whatever order it arrives, they read the same, and nothing they added is gone", () => {
    const deed = fc.record({
      who: fc.nat(3),
      what: fc.constantFrom("item", "person", "section", "move", "rank", "remove", "restore", "exchange"),
      which: fc.nat(30),
      where: fc.nat(30),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const docs = devices(4);
        const added: string[] = [];
        for (const { who, what, which, where } of deeds) {
          const doc = docs[who] ?? new Y.Doc();
          const words = `<${added.length}>`;
          if (what === "item") added.push(addItem(doc, "items", { text: words, at: AT }));
          if (what === "person") added.push(addPerson(doc, "people", { name: words }));
          if (what === "section") added.push(addSection(doc, { kind: "prose", heading: words }));
          const id = added[which % Math.max(1, added.length)] ?? "";
          const next = added[where % Math.max(1, added.length)] ?? "";
          if (what === "move") {
            moveItem(doc, "items", id, { before: next });
            movePerson(doc, "people", id, { after: next });
            moveSection(doc, id, { after: next });
          }
          if (what === "rank") rank(doc, "ranking", id);
          if (what === "remove") removeItem(doc, "items", id);
          if (what === "restore") restoreItem(doc, "items", id);
          if (what === "exchange") exchange([doc, docs[which % 4] ?? doc]);
        }
        exchange(docs);
        const [doc] = docs;
        if (!doc) throw new Error("a device");
        for (const other of docs) expect(parseMinutes(minutesOf(other))).toEqual(minutesOf(doc));
        for (const id of added) restoreItem(doc, "items", id);
        const json = JSON.stringify(minutesOf(doc));
        expect(added.map((_, i) => `<${i}>`).filter((words) => !json.includes(words))).toEqual([]);
        expect(sectionsOf(doc).size).toBeGreaterThanOrEqual(7);
      }),
      { numRuns: 60 },
    );
  });
});

function topOf(doc: Y.Doc): string {
  const section = minutesOf(doc).sections.find(({ kind }) => kind === "items");
  return (section?.kind === "items" && section.items[0]?.id) || "";
}
