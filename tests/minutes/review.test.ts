/** M18: what is still open before a workshop is closed. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { proseFromPlain } from "../../minutes/plain.ts";
import { review } from "../../minutes/review.ts";
import type { Item, Minutes, Prose, Section } from "../../minutes/value.ts";
import { minutes as anyMinutes } from "./arbitrary.ts";

const minutesOf = (sections: Section[], title = "Comment ouvrir la mairie ?"): Minutes => ({
  id: "atelier",
  title,
  language: "fr",
  state: "live",
  sections,
});

const prose = (body: string | Prose): Section => ({
  id: "discussion",
  kind: "prose",
  heading: "Discussion",
  body: typeof body === "string" ? proseFromPlain(body) : body,
});

const item = (number: number, text: string): Item => ({ id: `i${number}`, number, text, body: proseFromPlain(text) });

const items = (list: Item[]): Section => ({
  id: "problemes",
  kind: "items",
  heading: "Problèmes",
  marker: "number",
  actions: false,
  grouped: false,
  groups: [],
  items: list,
});

/** The points of one section, without what all of them share. */
const points = (...sections: Section[]): object[] =>
  review(minutesOf(sections)).map(({ section: _section, where: _where, ...rest }) => rest);

test("M18 finished minutes leave nothing to look at", () => {
  expect(
    review(
      minutesOf([
        prose("Tout est dit. Voir https://ville.fr/mairie, ou mairie@ville.fr."),
        items([item(1, "Ouvrir le samedi"), item(2, "Aller vers les gens")]),
        { id: "avis", kind: "notice", heading: "", text: "" },
      ]),
    ),
  ).toEqual([]);
});

test("M18 a missing title, empty sections and empty values are told where they are", () => {
  const fields: Section = {
    id: "format",
    kind: "fields",
    heading: "Format",
    fields: [
      { id: "date", label: "Date", type: "date", value: "" },
      { id: "lieu", label: "Lieu", type: "place", value: "Salle des fêtes" },
      { id: "duree", label: "Durée", type: "duration", value: " " },
      { id: "sans", label: "", type: "line", value: "perdu" },
    ],
  };
  expect(review(minutesOf([prose(""), fields], " "))).toEqual([
    { kind: "title", where: "" },
    { kind: "section", section: "discussion", where: "Discussion" },
    { kind: "value", section: "format", row: "date", where: "Date" },
    { kind: "value", section: "format", row: "duree", where: "Durée" },
    { kind: "label", section: "format", row: "sans", where: "Format", words: "perdu" },
  ]);
});

test("M18 words that break off are told by their end", () => {
  expect(points(prose("Une phrase entière.\nIl faudrait aussi...\nEt puis…"))).toEqual([
    { kind: "trailing", words: "Il faudrait aussi..." },
    { kind: "trailing", words: "Et puis…" },
  ]);
  const [long] = review(minutesOf([prose(`${"mot ".repeat(100)}la fin...`)]));
  expect(long?.words).toMatch(/^….{40,}la fin\.\.\.$/);
});

test("M18 empty numbered slots keep their number; a ranking asks for no more than there is to choose from", () => {
  expect(points(items([item(1, "un"), item(2, " "), item(3, "trois")]))).toEqual([
    { kind: "slot", row: "i2", words: "2" },
  ]);
  const ranking = (size: number): Section => ({
    id: "choix",
    kind: "ranking",
    heading: "Choisissez",
    source: "problemes",
    size,
    ranked: [{ id: "i1", number: 1, text: "un", body: proseFromPlain("un") }],
    overflow: [],
  });
  const source = items([item(1, "un"), item(2, "deux")]);
  expect(points(source, ranking(6))).toEqual([{ kind: "slots", count: 1 }]);
  expect(points(source, ranking(1))).toEqual([]);
});

test.each([
  ["http://", true],
  ["https://intranet", true],
  ["https://www.mairie", true],
  ["https://example.org/a", true],
  ["https://localhost:3000/r/abc", true],
  ["javascript:alert(1)", true],
  ["https://ville.fr@ailleurs.fr", true],
  ["mailto:nadia", true],
  ["https://ville.fr", false],
  ["https://www.ville.fr/a?b=c", false],
  ["mailto:nadia@ville.fr?subject=bonjour", false],
  ["https://192.168.1.4/notes", false],
])("M18 whether %s leads nowhere: %s", (link, nowhere) => {
  const body: Prose = [{ kind: "paragraph", spans: [{ text: "ici", marks: { link } }] }];
  expect(points(prose(body))).toEqual(nowhere ? [{ kind: "address", words: "ici" }] : []);
});

test("M18 any minutes can be reviewed, and every point names a place that is there", () => {
  fc.assert(
    fc.property(anyMinutes, (minutes) => {
      for (const { section, kind } of review(minutes)) {
        expect(kind === "title" || minutes.sections.some(({ id }) => id === section)).toBe(true);
      }
    }),
  );
});
