/** J2, J3: which section a screen shows, and what in it is new. */
import { describe, expect, test } from "vitest";
import {
  newestRow,
  sectionOfGroup,
  sectionToShow,
  whereWritten,
  writtenBetween,
} from "../../client/projector/choice.ts";
import type { Item, Minutes, Section } from "../../minutes/value.ts";

const prose = (id: string, ...lines: string[]): Section => ({
  id,
  heading: id,
  kind: "prose",
  body: lines.map((text) => ({ kind: "paragraph", spans: text === "" ? [] : [{ text }] })),
});
const item = (id: string, text: string, at = "2026-01-01T10:00:00Z"): Item => ({
  id,
  number: 1,
  text,
  body: [{ kind: "paragraph", spans: [{ text }] }],
  at,
});
const list = (id: string, ...items: Item[]): Section => ({
  id,
  heading: id,
  kind: "items",
  marker: "number",
  actions: false,
  grouped: false,
  groups: [],
  items,
});
const ranking = (...ids: string[]): Section => ({
  id: "rang",
  heading: "rang",
  kind: "ranking",
  source: "a",
  size: 3,
  ranked: ids.map((id) => ({ id, number: 1, text: id, body: [] })),
  overflow: [],
});
const minutes = (...sections: Section[]): Minutes => ({ id: "m", title: "", language: "fr", state: "live", sections });

describe("J3 what was written", () => {
  test.each([
    ["an item", minutes(list("a", item("1", "un"))), minutes(list("a", item("1", "un"), item("2", "d"))), "a", "2"],
    ["a letter in an item", minutes(list("a", item("1", "un"))), minutes(list("a", item("1", "une"))), "a", "1"],
    ["a line of prose", minutes(prose("p", "un", "")), minutes(prose("p", "un", "deux")), "p", "1"],
    ["a place in a ranking", minutes(ranking("1")), minutes(ranking("1", "2")), "rang", "2"],
  ])("%s", (_what, before, after, section, row) => {
    expect(writtenBetween(before, after)).toEqual({ section, row });
  });

  test("something that went away names the section alone; nothing is nothing; a ranking that repeats an item is not meant", () => {
    const two = minutes(list("a", item("1", "un"), item("2", "deux")), ranking("1"));
    expect(writtenBetween(two, minutes(list("a", item("1", "un")), ranking("1")))).toEqual({ section: "a" });
    expect(writtenBetween(two, structuredClone(two))).toBeUndefined();
    expect(writtenBetween(two, minutes(list("a", item("1", "autre"), item("2", "deux")), ranking("1")))).toEqual({
      section: "a",
      row: "1",
    });
  });

  test("J3 C49 only what is another value is looked into: a key costs no more in long minutes than in short ones", () => {
    const [written, still] = [item("1", "un"), item("2", "deux")];
    const looked: string[] = [];
    // Both would say so if they were put into words.
    for (const body of [still.body, written.body])
      Object.assign(body, { toJSON: () => void looked.push(body === still.body ? "still" : "written") });
    const lines = [{ kind: "paragraph" as const, spans: [] }];
    Object.assign(lines[0]!, { toJSON: () => void looked.push("line") });
    const text = (): Section => ({ id: "p", heading: "p", kind: "prose", body: [...lines] });
    const before = minutes(text(), list("a", written, still));
    const after = minutes(text(), list("a", item("1", "un"), still));
    expect(writtenBetween(before, after)).toEqual({ section: "a", row: "1" });
    expect(looked).toEqual(["written"]);
  });

  test("before that, the item captured last", () => {
    const late = item("2", "deux", "2026-01-01T11:00:00Z");
    expect(newestRow(list("a", item("1", "un"), late, item("3", "trois")))).toBe("2");
    expect(newestRow(prose("p", "un"))).toBeUndefined();
  });
});

describe("J2 which section", () => {
  const all = minutes(prose("p", "un"), list("a", item("1", "un")), list("b"));

  test("chosen here, else by the facilitator, else where people write, else the last list with something in it", () => {
    expect(sectionToShow(all, ["b", "p", "a"])?.id).toBe("b");
    expect(sectionToShow(all, [undefined, "p", "a"])?.id).toBe("p");
    expect(sectionToShow(all, [undefined, null, "b"])?.id).toBe("b");
    expect(sectionToShow(all, ["gone", "gone too", undefined])?.id).toBe("a");
    expect(sectionToShow(minutes(list("b")), [])?.id).toBe("b");
    expect(sectionToShow(minutes(), [])).toBeUndefined();
  });

  test("a group's screen shows what that group wrote; everything once the groups are back together", () => {
    const groups = ["A", "B"].map((letter) => ({ id: letter, letter, text: "", body: [] }));
    const split = {
      ...list("a", { ...item("1", "un"), group: "A" }, { ...item("2", "deux"), group: "B" }),
      groups,
    } as Section;
    const idsOf = (section: Section): string[] => (section.kind === "items" ? section.items.map(({ id }) => id) : []);
    expect(idsOf(sectionOfGroup(split, { section: "a", group: "B" }))).toEqual(["2"]);
    expect(idsOf(sectionOfGroup(split, { section: "a", group: "gone" }))).toEqual(["1", "2"]);
    expect(idsOf(sectionOfGroup(split, { section: "b", group: "B" }))).toEqual(["1", "2"]);
  });

  test("two groups that write in two sections do not make the screen jump to and fro", () => {
    const first = whereWritten(undefined, { section: "a" }, 0);
    expect(first).toEqual({ section: "a", at: 0 });
    expect(whereWritten(first, { section: "b" }, 1000)).toEqual(first);
    expect(whereWritten(first, { section: "a" }, 3000)).toEqual({ section: "a", at: 3000 });
    expect(whereWritten(first, { section: "b" }, 5000)).toEqual({ section: "b", at: 5000 });
  });
});
