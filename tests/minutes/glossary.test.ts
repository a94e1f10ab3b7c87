/** M34 M35: what a word means is told where it is said first and at the end; what nobody explained is found. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose } from "../../minutes/formats/compose.ts";
import { html } from "../../minutes/formats/html.ts";
import { json } from "../../minutes/formats/json.ts";
import { markdown } from "../../minutes/formats/markdown.ts";
import { text } from "../../minutes/formats/text.ts";
import { explained, lexicon, unexplained } from "../../minutes/glossary.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import { proseFromPlain } from "../../minutes/plain.ts";
import type { Minutes, Section, Term } from "../../minutes/value.ts";
import { minutes as anyMinutes } from "./arbitrary.ts";

const term = (word: string, meaning: string, id = word): Term => ({ id, term: word, meaning });
const DREAL = term("DREAL", "direction régionale de l’environnement");
const PAT = term("PAT", "projet alimentaire territorial");

const prose = (id: string, words: string, heading = id): Section => ({
  id,
  kind: "prose",
  heading,
  body: proseFromPlain(words),
});
const minutesOf = (sections: Section[], glossary: Term[] = [DREAL, PAT]): Minutes => ({
  id: "m",
  title: "La DREAL et nous",
  language: "fr",
  state: "open",
  sections,
  glossary,
});
const seen = (output: string): string => output.replaceAll("\u00A0", "~");

describe("explained", () => {
  const value = minutesOf([
    prose("avis", "Avis de la DREAL : la DREAL attend.\nLa DREAL encore.", "Ce que dit la DREAL"),
    prose("suite", "La DREAL et les PATs (avis du PAT)"),
  ]);

  test("M34 Markdown: behind the word where it is said first, and all of them at the end", () => {
    expect(seen(markdown(value))).toMatchInlineSnapshot(`
      "# La DREAL et nous

      ## Ce que dit la DREAL

      Avis de la DREAL (direction régionale de l’environnement)~: la DREAL attend.

      La DREAL encore.

      ## suite

      La DREAL et les PATs (avis du PAT)

      ## Glossaire

      - **DREAL**~: direction régionale de l’environnement
      - **PAT**~: projet alimentaire territorial
      "
    `);
  });

  test("M34 text says the same, JSON holds the value as it is", () => {
    expect(
      seen(text(value))
        .split("\n")
        .slice(-2 - 3),
    ).toMatchInlineSnapshot(`
      [
        "---------",
        "",
        "DREAL~: direction régionale de l’environnement",
        "PAT~: projet alimentaire territorial",
        "",
      ]
    `);
    expect(parseMinutes(JSON.parse(json(value)))).toEqual(value);
  });

  test("M34 HTML: marked once in each section, told once; title and headings word for word", () => {
    const page = html(value);
    expect(page).toContain("<h1>La DREAL et nous</h1>");
    expect(page).toContain("<h2>Ce que dit la DREAL</h2>");
    expect(page.match(/<abbr.*?<\/abbr>/gu)).toEqual([
      "<abbr>DREAL</abbr>",
      '<abbr title="direction régionale de l’environnement">DREAL</abbr>',
      "<abbr>PATs</abbr>",
    ]);
    expect(page.match(/\(direction/gu)).toHaveLength(1);
    expect(page).toContain("<h2>Glossaire</h2>\n<dl>\n<div><dt><dfn>DREAL</dfn></dt><dd>direction");
  });

  test("M34 what somebody has explained in brackets is not explained again, nor in another pair of brackets", () => {
    const people: Section = {
      id: "gens",
      kind: "people",
      heading: "Participants",
      sectors: [],
      people: [{ id: "a", name: "Nadia", organisation: "DREAL" }],
    };
    const page = html(minutesOf([people, prose("a", "Le PAT (projet de territoire) et la DREAL")]));
    expect(page).toContain('Nadia (<abbr title="direction régionale de l’environnement">DREAL</abbr>)');
    expect(page).toContain("<abbr>PAT</abbr> (projet de territoire)");
    expect(page).toContain("la <abbr>DREAL</abbr> (direction");
  });

  test("M11 M34 a meaning is escaped as every word is, and links in it lead where links may", () => {
    const page = html(minutesOf([prose("a", "Le PAT")], [term("PAT", '"><script>alert(1)</script> javascript:x')]));
    expect(page).not.toContain("<script");
    const later = minutesOf([prose("a", "Le PAT"), prose("b", "Le PAT")], [term("PAT", '" onload="x')]);
    expect(html(later)).toContain('<abbr title="&quot; onload=&quot;x">PAT</abbr>');
  });

  test("M34 of two meanings the first stands in the text, both stand in the list; the same one stands there once", () => {
    const glossary = [
      term("PAT", "projet alimentaire", "a"),
      term("PAT", "Projet alimentaire.", "b"),
      term("PAT", "patrimoine", "c"),
    ];
    expect(explained(minutesOf([], glossary)).map(({ id }) => id)).toEqual(["a", "c"]);
    const page = markdown(minutesOf([prose("a", "Le PAT")], glossary));
    expect(page).toContain("Le PAT (projet alimentaire)");
    expect(page.match(/patrimoine/gu)).toHaveLength(1);
  });

  test("M34 without a meaning nothing is told, and an empty glossary leaves no trace", () => {
    const bare = minutesOf(value.sections, [term("DREAL", " "), term("", "perdu")]);
    const { glossary: _, ...without } = value;
    expect(html(bare)).toBe(html(without));
  });

  test("M34 half of a word that is bold is not the word", () => {
    const spans = [
      { text: "mot", marks: { bold: true as const } },
      { text: "0 et le " },
      { text: "mot" },
      { text: "s" },
    ];
    const page = html(
      minutesOf(
        [{ id: "a", kind: "prose", heading: "", body: [{ kind: "paragraph", spans }] }],
        [term("mot", "un mot")],
      ),
    );
    expect(page).toContain("<p><strong>mot</strong>0 et le mots</p>");
  });

  test("M34 code and links stay as they are", () => {
    const spans = [
      { text: "PAT", marks: { code: true as const } },
      { text: "PAT", marks: { link: "https://exemple.fr" } },
      { text: " https://exemple.fr/PAT" },
    ];
    const page = html(minutesOf([{ id: "a", kind: "prose", heading: "", body: [{ kind: "paragraph", spans }] }]));
    expect(page).not.toMatch(/<abbr\b/u);
  });

  test("M34 whatever was written, the words are the same but for what is told", () => {
    const glossary = [term("mot", "un mot"), term("œuvre", "une œuvre"), term("a_b", "x"), term("amp", "&amp;")];
    const words = (all: Minutes): string[] => text(all).match(/[\p{L}\p{N}]+/gu) ?? [];
    fc.assert(
      fc.property(anyMinutes, (any) => {
        const { glossary: _, ...bare } = any;
        const told = new Set(words({ ...any, glossary }));
        expect(words(bare).filter((word) => !told.has(word))).toEqual([]);
        expect(compose({ ...any, glossary }).sections).toHaveLength(any.sections.length + 1);
        html({ ...any, glossary });
        markdown({ ...any, glossary });
      }),
      { numRuns: 100 },
    );
  });
});

describe("found", () => {
  const find = (words: string, ...terms: string[]): string[] =>
    lexicon(terms.map((each) => term(each, "x")))(words).map(({ from, to }) => words.slice(from, to));

  test.each([
    ["l’ADEME, l'ADEME et (ADEME)", ["ADEME"], ["ADEME", "ADEME", "ADEME"]],
    ["les ONGs et une ONG, pas les ONGUENTS", ["ONG"], ["ONGs", "ONG"]],
    ["un pat, un Pat et un PAT", ["PAT"], ["PAT"]],
    ["Maïeutique et maïeutique", ["maïeutique"], ["Maïeutique", "maïeutique"]],
    ["le PAT régional et le PAT", ["PAT", "PAT régional"], ["PAT régional", "PAT"]],
    ["la R&D, le CO2 et l’AC-TION", ["R&D", "CO2", "AC-TION"], ["R&D", "CO2", "AC-TION"]],
    ["ÉNA et ENA", ["ÉNA"], ["ÉNA"]],
    ["__proto__ et constructor", ["__proto__", "constructor"], ["constructor"]],
  ])("M34 in “%s”", (words, terms, expected) => {
    expect(find(words, ...terms)).toEqual(expected);
  });

  test("M35 acronyms without an entry are told once each, where they stand first", () => {
    const value = minutesOf(
      [
        prose("a", "La CLE, le CO2 et la R&D. La CLE et le PAT au XXI siècle, OK ?\nLE TITRE EN CAPITALES"),
        {
          id: "b",
          kind: "people",
          heading: "Gens",
          sectors: [],
          people: [{ id: "p", name: "Nadia MARTIN", organisation: "ADEME" }],
        },
        {
          id: "c",
          kind: "items",
          heading: "Idées",
          marker: "number",
          actions: false,
          grouped: false,
          groups: [],
          items: [
            {
              id: "i",
              number: 1,
              text: "",
              body: proseFromPlain("Les ONGs, https://exemple.fr/ABC, EXTRAORDINAIREMENT"),
            },
          ],
        },
      ],
      [term("PAT", "")],
    );
    expect(unexplained(value)).toEqual([
      { word: "CLE", section: "a", where: "a" },
      { word: "CO2", section: "a", where: "a" },
      { word: "R&D", section: "a", where: "a" },
      { word: "ADEME", section: "b", where: "Gens", row: "p" },
      { word: "ONG", section: "c", where: "Idées", row: "i" },
    ]);
  });

  test("M35 any minutes can be looked through", () => {
    fc.assert(
      fc.property(anyMinutes, (any) => {
        for (const { section } of unexplained(any)) expect(any.sections.some(({ id }) => id === section)).toBe(true);
      }),
    );
  });
});
