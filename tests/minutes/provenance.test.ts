/** Where items come from and where they went, what was picked, and who said the same: in the value and in every format. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FORMATS } from "../../minutes/formats/format.ts";
import { nounOf } from "../../minutes/noun.ts";
import { proseFromPlain } from "../../minutes/plain.ts";
import { destinationOf, provenanceOf } from "../../minutes/provenance.ts";
import { wordsKey } from "../../minutes/same.ts";
import { placed, rankByVotes } from "../../minutes/tally.ts";
import type { Item, ItemsSection, Language, Minutes, RankingSection } from "../../minutes/value.ts";

const item = (id: string, number: number, text: string, more: Partial<Item> = {}): Item => ({
  id,
  number,
  text,
  body: proseFromPlain(text),
  ...more,
});
const list = (id: string, heading: string, items: Item[], more: Partial<ItemsSection> = {}): ItemsSection => ({
  id,
  kind: "items",
  heading,
  marker: "number",
  actions: false,
  grouped: false,
  groups: [],
  items,
  ...more,
});
const minutes = (sections: Minutes["sections"], language: Language = "fr"): Minutes => ({
  id: "m",
  title: "Eau",
  language,
  state: "open",
  sections,
});
const render = (format: string, value: Minutes): string => FORMATS.get(format)!.render(value);
/** What a reader of any format reads: its words, without markup and line breaks. */
const wordsOf = (rendered: string): string => rendered.replaceAll(/<[^>]*>|[*_"]/g, "").replaceAll(/\s+/g, " ");

const SOLUTIONS = list("solutions", "Solutions", [
  item("s4", 4, "Un compteur par logement"),
  item("s7", 7, "Une alerte", { merged: [{ id: "s9", number: 9, author: "Brice" }] }),
  item("s11", 11, "Des volumes publiés"),
]);
const SYNTHESIS = list("synthese", "Synthèse", [
  item("p1", 1, "Partager"),
  item("p2", 2, "Rendre l’eau visible", { from: ["s11", "s4", "lost"] }),
  item("p3", 3, "Prévenir", { from: ["s9", "s4"] }),
]);
const FR = minutes([SOLUTIONS, SYNTHESIS]);

describe("provenance", () => {
  test.each(["md", "html", "txt", "csv", "json"])(
    "M31 %s says where a proposal comes from, and where a solution went",
    (format) => {
      const words = wordsOf(render(format, FR));
      expect(words).toContain("d’après 4, 11");
      expect(words).toContain("d’après 4, 7");
      expect(words).toContain("repris dans les propositions 2, 3");
      expect(words).toContain("repris dans la proposition 2");
      const english = wordsOf(render(format, { ...FR, language: "en" }));
      expect(english).toContain("from 4, 11");
      expect(english).toContain("taken up in proposals 2, 3");
      expect(english).toContain("taken up in proposal 2");
    },
  );

  test("M31 what was merged is found under the item it went into, either way", () => {
    expect(provenanceOf(SYNTHESIS.items[2]!, FR)).toBe("d’après 4, 7");
    expect(destinationOf(SOLUTIONS.items[1]!, FR)).toBe("repris dans la proposition 3");
    expect(destinationOf(SYNTHESIS.items[1]!, FR)).toBe("");
    expect(provenanceOf(SYNTHESIS.items[0]!, FR)).toBe("");
  });

  test("M31 a list of bullets is quoted, a blank item takes nothing up", () => {
    const bullets = minutes([SOLUTIONS, { ...SYNTHESIS, marker: "bullet" }]);
    expect(destinationOf(SOLUTIONS.items[2]!, bullets)).toBe("repris dans « Rendre l’eau visible »");
    const blank = minutes([SOLUTIONS, list("synthese", "Synthèse", [item("p", 1, " ", { from: ["s4"] })])]);
    expect(destinationOf(SOLUTIONS.items[0]!, blank)).toBe("");
  });

  test.each([
    ["Synthèse", "proposal"],
    ["Synthesis", "proposal"],
    ["Propositions", "proposal"],
    ["Pistes d’actions", "lead"],
    ["Problèmes et enjeux", "problem"],
    ["Autres", "point"],
    ["Synthétiseur", "point"],
  ])("M31 what stands under « %s » is a %s", (heading, noun) => {
    expect(nounOf({ heading, actions: false })).toBe(noun);
  });
});

describe("picks", () => {
  const votes = [5, 3, 3, 3, 0].map((count, index) =>
    item(`i${index}`, index + 1, `Point ${index + 1}`, { votes: count }),
  );

  test("M32 a tie shares a place; nobody falls below the line for having been captured later", () => {
    expect(placed(votes).map(({ number, place }) => [number, place])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
    const { ranked, overflow } = rankByVotes(votes, 2);
    expect([ranked.length, overflow.length]).toEqual([4, 0]);
    expect(rankByVotes(votes, 1).overflow).toHaveLength(3);
  });

  test("M32 places follow the votes, whatever they are", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), (counts, size) => {
        const items = counts.map((count, index) => item(`i${index}`, index + 1, "x", { votes: count }));
        const { ranked, overflow } = rankByVotes(items, size);
        const all = [...ranked, ...overflow];
        expect(all).toHaveLength(counts.filter((count) => count > 0).length);
        for (const each of all) {
          const better = counts.filter((count) => count > (each.votes ?? 0)).length;
          expect(each.place).toBe(better + 1);
          expect(ranked.includes(each)).toBe(better < size);
        }
      }),
    );
  });

  const ranking = (value: Omit<Partial<RankingSection>, "kind">): RankingSection => ({
    id: "priorites",
    kind: "ranking",
    heading: "Choisissez les trois points les plus importants pour votre groupe :",
    source: "problemes",
    size: 3,
    ranked: [],
    overflow: [],
    ...value,
  });
  const problems = list("problemes", "Problèmes", votes, { marker: "bullet" });

  test.each(["md", "html", "txt"])("M32 %s says what was picked, and that it ties", (format) => {
    const value = minutes([problems, ranking({ picked: true, ...rankByVotes(votes, 2) })]);
    const words = wordsOf(render(format, value));
    expect(words).toContain("5 choix");
    expect(words.match(/3 choix, ex æquo/g)).toHaveLength(3);
    expect(words).not.toContain("0 choix");
  });

  test("M13 M32 once confirmed only the slots are exported, without empty ones; a list that nothing ranks tells its own picks", () => {
    const ranked = votes.slice(0, 2).map(({ id, number, text, body }) => ({ id, number, text, body, votes: 4 }));
    const value = minutes([ranking({ ranked, overflow: [{ ...ranked[0]!, id: "below", text: "Dessous" }] })]);
    const text = render("txt", value);
    expect(text).toContain("1. Point 1\n   4 choix\n2. Point 2\n   4 choix");
    expect(text).not.toMatch(/ex æquo|3\.|Dessous/);
    expect(render("txt", minutes([problems]))).toContain("- Point 1\n  5 choix");
    expect(render("txt", minutes([problems, ranking({})]))).not.toContain("choix\n");
  });
});

describe("the same words", () => {
  test.each([
    ["Un banc", "un  banc."],
    ["L'eau", "L’EAU"],
    ["Combien ?", "combien?"],
    ["« Œuvre » commune", '"oeuvre" commune'],
    ["à faire – vite", " à\u00A0faire - vite ; "],
  ])("M33 « %s » and « %s » say the same", (one, other) => expect(wordsKey(one)).toBe(wordsKey(other)));

  test.each([
    ["Un banc", "Deux bancs"],
    ["à", "a"],
    ["Combien ?", "Combien"],
    ["3.5", "35"],
  ])("M33 « %s » and « %s » do not", (one, other) => expect(wordsKey(one)).not.toBe(wordsKey(other)));
});
