/** A list split in groups and brought back: nobody's words lost, twins merged with both authors, all of it taken back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import { duplicate } from "../../document/duplicate.ts";
import { gatherGroups, splitSection, ungather } from "../../document/edit/groups.ts";
import { addItem, removeItem, setItem } from "../../document/edit/items.ts";
import { castBallot, setPick } from "../../document/edit/picks.ts";
import { addSection } from "../../document/edit/sections.ts";
import { read } from "../../document/read.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { provenanceOf } from "../../minutes/provenance.ts";
import type { ItemsSection, Minutes } from "../../minutes/value.ts";
import { sampleTemplate } from "./sample.ts";

const NAMES = new Map([
  ["c", "Céline"],
  ["b", "Brice"],
  ["n", "Nadia"],
]);
const minutesOf = (doc: Y.Doc): Minutes => read(doc, { id: "w", state: "live", names: NAMES });
const items = (doc: Y.Doc, id = "items"): ItemsSection =>
  minutesOf(doc).sections.find((section): section is ItemsSection => section.id === id)!;

let time = 0;
const say = (doc: Y.Doc, text: string, author: string, group?: string): string => {
  time += 1_000;
  const at = new Date(time).toISOString();
  return addItem(doc, "items", { text, author, at, ...(group === undefined ? {} : { group }) });
};

const split = (count: number): { doc: Y.Doc; groups: string[] } => {
  const doc = newDocument(sampleTemplate());
  splitSection(doc, "items", count);
  return { doc, groups: items(doc).groups.map(({ id }) => id) };
};

describe("D25 groups", () => {
  test("D25 a section is split in as many groups as wanted; those that were there stay", () => {
    const { doc } = split(4);
    expect(items(doc)).toMatchObject({ split: true });
    expect(items(doc).groups.map(({ letter, text }) => `${letter} ${text}`)).toEqual([
      "A Former",
      "B Ouvrir",
      "C ",
      "D ",
    ]);
    splitSection(doc, "items", 2);
    expect(items(doc).groups).toHaveLength(4);
  });

  test("D25 brought back in one update: group and author kept, empty ones dropped, twins merged with both authors, undone", () => {
    const { doc, groups } = split(3);
    const [a, b] = groups;
    const first = say(doc, "Un banc", "c", a);
    const alone = say(doc, "Une fontaine", "n", b);
    const twin = say(doc, "  un banc. ", "b", b);
    const blank = say(doc, "  ", "n", b);
    stampNumbers(doc);
    setItem(doc, "items", first, "from", [alone]);
    setItem(doc, "items", twin, "from", ["x1"]);
    setItem(doc, "items", twin, "owner", "Nadia");
    const before = minutesOf(doc);
    let updates = 0;
    doc.on("update", () => (updates += 1));
    const done = gatherGroups(doc, "items");
    expect(updates).toBe(1);
    expect(done).toMatchObject({ groups: 1, blank: 1, same: 1 });
    const section = items(doc);
    expect(section.split).toBeUndefined();
    expect(section.groups.map(({ letter }) => letter)).toEqual(["A", "B"]);
    expect(section.items.map(({ id, number, author, group }) => [id, number, author, group])).toEqual([
      [first, 1, "Céline", a],
      [alone, 2, "Nadia", b],
    ]);
    expect(section.items[0]).toMatchObject({
      merged: [{ id: twin, number: 3, author: "Brice", group: b }],
      from: [alone, "x1"],
      owner: "Nadia",
    });
    ungather(doc, "items", done);
    expect(minutesOf(doc)).toEqual(before);
    expect(before.sections.flatMap((each) => (each.kind === "items" ? each.items : []))).toHaveLength(4);
    expect(items(doc).items.some(({ id }) => id === blank)).toBe(true);
  });

  test("D25 three who said the same are one, also when one of them was merged before; a proposal finds what it was made from", () => {
    const { doc, groups } = split(2);
    const first = say(doc, "Un banc", "c", groups[0]);
    const second = say(doc, "UN BANC", "b", groups[1]);
    gatherGroups(doc, "items");
    splitSection(doc, "items", 2);
    const third = say(doc, "un banc", "n", groups[1]);
    gatherGroups(doc, "items");
    expect(items(doc).items[0]?.merged?.map(({ id, author }) => [id, author])).toEqual([
      [second, "Brice"],
      [third, "Nadia"],
    ]);
    const synthesis = addSection(doc, { kind: "items", heading: "Synthèse", marker: "number" });
    const proposal = addItem(doc, synthesis, { text: "S’asseoir", at: new Date(time).toISOString() });
    setItem(doc, synthesis, proposal, "from", [third, first]);
    const value = minutesOf(doc);
    expect(provenanceOf(items(doc, synthesis).items[0]!, value)).toBe("d’après 1");
    // A copy keeps where things come from across its sections, and names everybody who said it.
    const copy = new Y.Doc();
    Y.applyUpdate(copy, duplicate(value, { text: true }));
    const copied = minutesOf(copy);
    const [original, taken] = copied.sections.filter((each): each is ItemsSection => each.kind === "items");
    expect(original?.items[0]?.author).toBe("Céline, Brice, Nadia");
    expect(taken && provenanceOf(taken.items[0]!, copied)).toBe("d’après 1");
  });

  test("D25 the picks of twins are counted once for each visitor, and given back when both were picked", () => {
    const { doc, groups } = split(2);
    const first = say(doc, "Un banc", "c", groups[0]);
    const twin = say(doc, "un banc", "b", groups[1]);
    const other = say(doc, "Une fontaine", "n", groups[1]);
    setPick(doc, "items", { open: true, size: 2 });
    const cast = (visitor: string, item: string): unknown =>
      castBallot(doc, { section: "items", item, visitor, picked: true });
    for (const [visitor, item] of [
      ["c", first],
      ["c", twin],
      ["b", twin],
    ] as const)
      cast(visitor, item);
    const done = gatherGroups(doc, "items");
    expect(items(doc).items.map(({ votes }) => votes)).toEqual([2, 0]);
    expect(cast("c", other)).toEqual({ picked: [first, other], left: 0 });
    ungather(doc, "items", done);
    expect(items(doc).items.map(({ votes }) => votes)).toEqual([1, 1, 1]);
  });

  test("D25 two who bring them together at once have done it once; what somebody changed since is not taken back", () => {
    const { doc, groups } = split(3);
    for (const [index, group] of groups.entries()) {
      say(doc, "Un banc", "c", group);
      say(doc, `Point ${index}`, "n", group);
    }
    const far = new Y.Doc();
    Y.applyUpdate(far, Y.encodeStateAsUpdate(doc));
    const [one] = [gatherGroups(doc, "items"), gatherGroups(far, "items")];
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(far));
    Y.applyUpdate(far, Y.encodeStateAsUpdate(doc));
    expect(minutesOf(doc)).toEqual(minutesOf(far));
    expect(items(doc).items).toHaveLength(4);
    const kept = items(doc).items[0]!;
    setItem(doc, "items", kept.id, "from", ["z"]);
    removeItem(doc, "items", kept.id);
    ungather(doc, "items", one);
    expect(items(doc).items.some(({ id }) => id === kept.id)).toBe(false);
    expect(items(doc).items).toHaveLength(5);
  });

  test("D25 whatever is said in whichever groups, bringing together loses no words and no author, and all of it is taken back", () => {
    const said = fc.record({
      text: fc.constantFrom(
        "Un banc",
        "un banc.",
        "UN  BANC",
        "Une fontaine",
        "une fontaine ",
        "",
        " ",
        "L’eau",
        "l'eau",
      ),
      author: fc.constantFrom("c", "b", "n"),
      group: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), (all) => {
        const { doc, groups } = split(3);
        // The fourth place is no group at all.
        for (const { text, author, group } of all) say(doc, text, author, groups[group]);
        stampNumbers(doc);
        const before = minutesOf(doc);
        const words = (text: string): string =>
          text.trim().toLowerCase().replaceAll(/\s+/g, " ").replace(/\.$/, "").replace("’", "'");
        const done = gatherGroups(doc, "items");
        const after = items(doc).items;
        const wanted = new Map<string, Set<string>>();
        for (const { text, author } of all)
          if (text.trim() !== "")
            wanted.set(words(text), (wanted.get(words(text)) ?? new Set()).add(NAMES.get(author)!));
        expect(
          new Map(
            after.map((item) => [
              words(item.text),
              new Set([item.author, ...(item.merged ?? []).map(({ author }) => author)]),
            ]),
          ),
        ).toEqual(wanted);
        expect(after).toHaveLength(wanted.size);
        ungather(doc, "items", done);
        expect(minutesOf(doc)).toEqual(before);
        doc.destroy();
      }),
      { numRuns: 60 },
    );
  });
});
