/** Where items stand and where a move takes them; what a paste makes. */
import { describe, expect, test } from "vitest";
import { dropPlace, lanes, stepPlace } from "../../client/sections/lanes.ts";
import { pastedItems } from "../../client/sections/lines.ts";
import type { ItemsSection } from "../../minutes/value.ts";

const item = (id: string, group?: string): ItemsSection["items"][number] => ({
  id,
  number: 1,
  text: id,
  body: [],
  ...(group === undefined ? {} : { group }),
});
const section: ItemsSection = {
  id: "pistes",
  kind: "items",
  heading: "Pistes",
  marker: "number",
  actions: false,
  grouped: true,
  groups: ["a", "b", "c"].map((id, index) => ({ id, letter: "ABC".charAt(index), text: id, body: [] })),
  items: [item("1"), item("2", "a"), item("3"), item("4", "a"), item("5", "c"), item("6", "gone")],
};

describe("K6 moving", () => {
  test("every item stands once: without a group first, also those whose group is gone", () => {
    expect(lanes(section).map(({ group, items }) => [group?.id, items.map(({ id }) => id)])).toEqual([
      [undefined, ["1", "3", "6"]],
      ["a", ["2", "4"]],
      ["b", []],
      ["c", ["5"]],
    ]);
  });

  test.each([
    ["3", -1, { before: "1", group: "" }],
    ["1", 1, { after: "3", group: "" }],
    ["6", 1, { before: "2", group: "a" }],
    ["2", -1, { after: "6", group: "" }],
    ["4", 1, { group: "b" }],
    ["5", -1, { group: "b" }],
    ["5", 1, undefined],
    ["1", -1, undefined],
    ["nobody", 1, undefined],
  ] as const)("a step of %s by %i", (id, by, place) => {
    expect(stepPlace(section, id, by)).toEqual(place);
  });

  test.each([
    ["4", "before", { before: "4", group: "a" }],
    ["3", "after", { after: "3", group: "" }],
    ["a", "after", { before: "2", group: "a" }],
    ["a", "before", { after: "6", group: "" }],
    ["b", "after", { group: "b" }],
    ["c", "before", { group: "b" }],
    ["nobody", "after", undefined],
  ] as const)("a drop beside %s, %s it", (row, side, place) => {
    expect(dropPlace(section, row, side)).toEqual(place);
  });
});

describe("K5 pasting", () => {
  test.each([
    ["- Un\n* Deux\n• Trois", ["Un", "Deux", "Trois"]],
    ["1. Un\r\n2) Deux\r\n\r\n[x] Trois", ["Un", "Deux", "Trois"]],
    ["2017 fut une année\n3,5 millions\n-5 degrés", ["2017 fut une année", "3,5 millions", "-5 degrés"]],
    ["une seule ligne", ["une seule ligne"]],
    ["\n \n", []],
  ])("%j", (text, items) => {
    expect(pastedItems(text)).toEqual(items);
  });

  test("no line is dropped, however many", () => {
    expect(pastedItems(Array.from({ length: 1000 }, (_, n) => `ligne ${n}`).join("\n"))).toHaveLength(1000);
  });
});
