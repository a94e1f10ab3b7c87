/** What every format has to keep, whatever was written. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArticleNode } from "../../minutes/formats/article.ts";
import { compose } from "../../minutes/formats/compose.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { html, htmlDocument } from "../../minutes/formats/html.ts";
import { json } from "../../minutes/formats/json.ts";
import { markdown } from "../../minutes/formats/markdown.ts";
import { text } from "../../minutes/formats/text.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import { blockText, plainText } from "../../minutes/plain.ts";
import { proseFromLines } from "../../minutes/prose-lines.ts";
import type { Minutes, Prose } from "../../minutes/value.ts";
import { minutes } from "./arbitrary.ts";
import { markdownStarts, markdownText, shownText, tagsOf } from "./reading.ts";

const RUNS = { numRuns: 400 };

/** Every body that is to be read: slots below the line are not. */
const bodiesOf = ({ sections }: Minutes): Prose[] =>
  sections.flatMap((section) => {
    if (section.kind === "prose") return [section.body];
    if (section.kind === "items") return [...section.groups, ...section.items].map((one) => one.body);
    return section.kind === "ranking" ? section.ranked.slice(0, section.size).map((one) => one.body) : [];
  });

const wordsOf = (prose: Prose): string[] =>
  prose.flatMap((block) => block.spans.flatMap((span) => span.text.match(/[\p{L}\p{N}]+/gu) ?? []));

const nodesOf = (value: Minutes): ArticleNode[] => {
  const within = (node: ArticleNode): ArticleNode[] =>
    node.type === "list" ? [node, ...node.entries.flatMap((entry) => entry.content.flatMap(within))] : [node];
  return compose(value).sections.flatMap((section) => section.content.flatMap(within));
};

/** Boxes and spaces are the format's own. */
const squash = (words: string): string => words.replace(/[\s☑☐]+/gu, "");
const said = (node: ArticleNode): string => {
  if (node.type === "facts") return node.facts.map((fact) => joined([...fact.label, ...fact.spans])).join("");
  if (node.type !== "list") return joined(node.spans);
  return node.entries.map((entry) => entry.content.map(said).join("")).join("");
};
const joined = (spans: readonly { text: string }[]): string => spans.map((span) => span.text).join("");

describe("any minutes", () => {
  test("M10 every word of every body reaches every format", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        const outputs = [shownText(html(value)), markdownText(markdown(value)), text(value), json(value)];
        const words = new Set(bodiesOf(value).flatMap(wordsOf));
        expect([...words].filter((word) => !outputs.every((output) => output.includes(word)))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("M11 HTML is well-formed, of known elements only, and links lead to http, https or mailto", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        const links = tagsOf(html(value)).flatMap((tag) => tag.attributes.get("href") ?? []);
        expect(links.filter((link) => !/^(?:https?:\/\/|mailto:)/u.test(link))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("M11 headings go down one level at a time, under one first heading", () => {
    const headed = minutes.filter(({ sections }) => sections.every(({ heading }) => heading.trim() !== ""));
    fc.assert(
      fc.property(headed, (value) => {
        const levels = tagsOf(html(value)).flatMap(({ name, closes }) =>
          /^h\d$/u.test(name) && !closes ? [Number(name[1])] : [],
        );
        expect(levels.filter((level) => level === 1)).toEqual([1]);
        expect(levels.filter((level, index) => level - (levels[index - 1] ?? 0) > 1)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("M11 what is shown is what the article says, word for word and in order", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        const { subtitle, title, sections } = compose(value);
        const all = [joined(subtitle), joined(title)];
        for (const section of sections) all.push(joined(section.heading), ...section.content.map(said));
        expect(squash(shownText(html(value)))).toBe(squash(all.join("")));
      }),
      RUNS,
    );
  });

  test("M12 in Markdown nothing people wrote begins a heading or a list entry", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        const nodes = nodesOf(value);
        const headings = nodes.filter((node) => node.type === "heading").length;
        const titles = 1 + compose(value).sections.filter((section) => section.heading.length > 0).length;
        const entries = nodes.reduce((sum, node) => {
          if (node.type === "facts") return sum + node.facts.length;
          return node.type === "list" ? sum + node.entries.length : sum;
        }, 0);
        expect(markdownStarts(markdown(value))).toEqual({ headings: headings + titles, entries });
      }),
      RUNS,
    );
  });

  test("M12 a plain line of Markdown reads back as it was written", () => {
    fc.assert(
      fc.property(minutes, (any) => {
        // What a word means may stand behind it, in the middle of a line (M34).
        const value = { ...any, glossary: [] };
        const shown = markdownText(markdown({ ...value, language: "en" }));
        const plain = bodiesOf(value)
          .flat()
          .filter((block) => !block.spans.some((span) => span.marks));
        const written = plain.map((block) => blockText(block).trim()).filter((line) => !/[\p{Cc}\p{Cs}]/u.test(line));
        expect(written.filter((line) => !shown.includes(line))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("M13 guidance stays behind", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        const read = [...FORMATS].filter(([extension]) => extension !== "json");
        expect(read.filter(([, format]) => format.render(value).includes("GUIDANCE"))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("M1 JSON is the value", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        expect(parseMinutes(JSON.parse(json(value)))).toEqual(value);
      }),
      RUNS,
    );
  });
});

test("the .html export stands alone, in the language of the document", () => {
  const value: Minutes = { id: "m", title: "<b> & co ?", language: "fr", state: "open", sections: [] };
  const page = htmlDocument(value);
  expect(page).toContain('<html lang="fr">');
  expect(page).toContain("<title>&lt;b&gt; &amp; co\u00A0?</title>");
  expect(page).not.toMatch(/<script|<style|<link|src=/u);
});

test("M11 heading levels people skipped are closed up", () => {
  const body = proseFromLines("### a\n# b\n### c\n## d\n# e");
  const value: Minutes = {
    id: "m",
    title: "T",
    language: "en",
    state: "open",
    sections: [{ id: "s", kind: "prose", heading: "H", body }],
  };
  expect(html(value).match(/<h\d>./gu)).toEqual(["<h1>T", "<h2>H", "<h3>a", "<h3>b", "<h4>c", "<h4>d", "<h3>e"]);
});

test.each([" ", "*", "#", "?", ")", "`", "_", "!", "&", "«", "http://", "a@a.", "1. "])(
  "M10 a body of 60,000 times %j is exported like any other",
  (piece) => {
    const words = `mot ${piece.repeat(60_000)} fin`;
    const spans = [{ text: words }, { text: words, marks: { bold: true as const } }];
    const code = [{ text: words, marks: { code: true as const, strike: true as const } }];
    const body: Prose = [
      { kind: "paragraph", spans },
      { kind: "bullet", spans: code },
    ];
    const items = [{ id: "i", number: 1, text: plainText(body), body }];
    const value: Minutes = {
      id: "m",
      title: words,
      language: "fr",
      state: "open",
      sections: [
        { id: "s", kind: "prose", heading: words, body },
        { id: "l", kind: "items", heading: words, marker: "number", actions: false, grouped: false, groups: [], items },
      ],
    };
    for (const format of FORMATS.values())
      expect(format.render(value).match(/fin/gu)?.length).toBeGreaterThanOrEqual(5);
  },
);
