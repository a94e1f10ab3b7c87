/** Unknown JSON read as minutes. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParseError, parseMinutes } from "../../minutes/parse.ts";
import { minutes } from "./arbitrary.ts";

const MINUTES = {
  id: "m",
  title: "Titre",
  language: "fr",
  state: "open",
  sections: [
    { id: "a", kind: "prose", heading: "A", body: [{ kind: "paragraph", spans: [{ text: "mot" }] }] },
    {
      id: "b",
      kind: "items",
      heading: "B",
      marker: "number",
      actions: false,
      grouped: false,
      groups: [],
      items: [{ id: "i", number: 1, text: "mot", body: [] }],
    },
  ],
};

const WRITTEN = JSON.stringify(MINUTES);

/** The minutes above with one piece of their JSON replaced. */
const changed = (from: string, to: string): unknown => {
  if (!WRITTEN.includes(from)) throw new Error(`there is no ${from} to change`);
  return JSON.parse(WRITTEN.replace(from, to));
};

const pathOf = (input: unknown): string => {
  try {
    parseMinutes(input);
  } catch (error) {
    if (error instanceof ParseError) return error.path;
    throw error;
  }
  return "no mistake found";
};

describe("parseMinutes", () => {
  test("M1 gives back what JSON wrote", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        expect(parseMinutes(JSON.parse(JSON.stringify(value)))).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["", null],
    ["", "minutes"],
    ["title", changed('"Titre"', "3")],
    ["language", changed('"fr"', '"de"')],
    ["sections", changed('"sections":[', '"sections":null,"was":[')],
    ["sections[0].kind", changed('"prose"', '"table"')],
    ["sections[0].body[0].kind", changed('"paragraph"', '"video"')],
    ["sections[0].body[0].indent", changed('"spans"', '"indent":9,"spans"')],
    ["sections[1].items[0].text", changed('"number":1,"text":"mot"', '"number":1,"text":null')],
    ["sections[0].body[0].spans[0].marks.link", changed('"mot"', '"mot","marks":{"link":"javascript:alert(1)"}')],
  ])("M1 names the path of a mistake: %s", (path, input) => {
    expect(pathOf(input)).toBe(path);
  });

  test("M1 refuses two sections or two items of one id", () => {
    expect(pathOf(changed('"id":"b"', '"id":"a"'))).toBe("sections");
    const item = '{"id":"i","number":1,"text":"mot","body":[]}';
    expect(pathOf(changed(item, `${item},${item}`))).toBe("sections[1].items");
  });

  test("M2 leaves unknown keys out and reaches no prototype", () => {
    const input = changed('{"id":"m"', '{"future":1,"__proto__":{"polluted":true},"constructor":1,"id":"m"');
    const parsed = parseMinutes(input);
    expect(parsed).toEqual(MINUTES);
    expect(Object.keys(parsed)).not.toContain("future");
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
  });
});
