/** M40: what the minutes said beside what they say: every word of both is there once, told as kept, gone or new. */
import { expect, test } from "vitest";
import { compareMinutes, type Passage } from "../../minutes/formats/compared.ts";
import { text } from "../../minutes/formats/text.ts";
import { proseFromPlain } from "../../minutes/plain.ts";
import type { Minutes, Section } from "../../minutes/value.ts";

const prose = (id: string, words: string): Section => ({
  id,
  kind: "prose",
  heading: `Section ${id}`,
  body: proseFromPlain(words),
});
const minutes = (title: string, ...sections: Section[]): Minutes => ({
  id: "x",
  title,
  language: "fr",
  state: "open",
  sections,
});
const item = (number: number, words: string) => ({
  id: `i${number}`,
  number,
  text: words,
  body: proseFromPlain(words),
});
const list = (...items: ReturnType<typeof item>[]): Section => ({
  id: "list",
  kind: "items",
  heading: "Liste",
  marker: "number",
  actions: false,
  grouped: false,
  groups: [],
  items,
});
const said = (passages: readonly Passage[]): string =>
  passages
    .map(({ text: words, since }) => (since === "kept" ? words : `${since === "gone" ? "-" : "+"}[${words}]`))
    .join("");

test("M40 lines that went, came, and changed; sections that came stand at the end", () => {
  const past = minutes(
    "Le marché",
    prose("a", "Un\nDeux mots\nTrois"),
    list(item(1, "Un banc"), item(2, "Une place")),
    prose("b", "Parti"),
  );
  const now = minutes(
    "Le grand marché",
    prose("n", "Nouvelle"),
    prose("a", "Un\nDeux grands mots\nQuatre"),
    list(item(1, "Un banc")),
  );
  const { title, sections, gone, added } = compareMinutes(past, now);
  expect(said(title)).toBe("Le +[grand ]marché");
  expect(sections.map(({ id, since, heading, lines }) => [id, since, said(heading), lines.map(said)])).toEqual([
    ["a", "kept", "Section a", ["Un", "Deux +[grands ]mots", "-[Trois]+[Quatre]"]],
    ["list", "kept", "Liste", ["1. Un banc", "-[2. Une place]"]],
    ["b", "gone", "-[Section b]", ["-[Parti]"]],
    ["n", "new", "+[Section n]", ["+[Nouvelle]"]],
  ]);
  expect([gone, added]).toEqual([4, 5]);
});

test("M40 the same minutes differ in nothing", () => {
  const same = minutes("Le marché", prose("a", "Un\n\nDeux"), list(item(1, "Un banc")));
  const { sections, gone, added } = compareMinutes(same, same);
  expect([gone, added]).toEqual([0, 0]);
  for (const { lines } of sections) for (const line of lines) expect(text(same)).toContain(said(line));
});
