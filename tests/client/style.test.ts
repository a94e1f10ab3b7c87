/** The tokens: every pair that meets on a screen meets WCAG AA, in light, in dark, and in dark by choice. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("client/style/tokens.css", "utf8");
const blocks = [...css.matchAll(/(:root[^{]*)\{([^{}]*)\}/g)].map((match) => ({
  selector: match[1]!.trim(),
  body: match[2]!,
}));

const coloursOf = (selector: string): Map<string, string> => {
  const body = blocks.find((block) => block.selector === selector)?.body ?? "";
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
};

const light = coloursOf(":root");
const dark = coloursOf(`:root:not([data-theme="light"])`);

const luminance = (colour: string): number => {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

const contrast = (one: string, other: string): number => {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
};

const AUTHORS = Array.from({ length: 12 }, (_, index) => `author-${index}`);
const GROUNDS = ["desk", "paper", "accent-soft", "new"];

/** What is written on what. */
const PAIRS: [string, string][] = [
  ...["ink", "soft", "accent", "attention"].flatMap((ink) => GROUNDS.map((ground): [string, string] => [ink, ground])),
  ...["desk", "paper", "live-soft"].map((ground): [string, string] => ["live", ground]),
  ["ink", "live-soft"],
  ["ink", "line"],
  ["on-accent", "accent"],
  ...AUTHORS.flatMap((author): [string, string][] => [
    [author, "paper"],
    [author, "new"],
    ["on-accent", author],
  ]),
];

describe.each([
  ["light", light],
  ["dark", dark],
])("C21 %s", (_, colours) => {
  test.each(PAIRS)("%s on %s meets AA for text", (ink, ground) => {
    expect(contrast(colours.get(ink)!, colours.get(ground)!)).toBeGreaterThanOrEqual(4.5);
  });

  test("the edge of a control can be told from what it stands on", () => {
    for (const ground of ["paper", "desk"]) {
      expect(contrast(colours.get("edge")!, colours.get(ground)!)).toBeGreaterThanOrEqual(3);
    }
  });
});

test("C21 light and dark have the same roles, and dark by choice is dark by system", () => {
  expect([...dark.keys()]).toEqual([...light.keys()]);
  expect(coloursOf(`:root[data-theme="dark"]`)).toEqual(dark);
});
