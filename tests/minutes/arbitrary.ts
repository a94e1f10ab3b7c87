/** Random minutes for fast-check: every kind of section, words that look like markup, any indents. */
import * as fc from "fast-check";
import { plainText } from "../../minutes/plain.ts";
import { letter } from "../../minutes/number.ts";
import {
  ACTION_STATUSES,
  BLOCK_KINDS,
  FIELD_TYPES,
  LANGUAGES,
  MARKERS,
  STATES,
  type Block,
  type Minutes,
  type Prose,
  type Section,
} from "../../minutes/value.ts";

/** Pieces that mean something to HTML, Markdown, URLs or French spacing, between ordinary words. */
const pieces = fc.constantFrom(
  "mot",
  "œuvre",
  "été",
  "«",
  "»",
  "?",
  ":",
  "1.",
  "12)",
  "-",
  "+",
  "#",
  "##",
  ">",
  "*",
  "**",
  "_",
  "a_b_c",
  "~~",
  "`",
  "``",
  "[x]",
  "[a](b)",
  "![i](j)",
  "<b>",
  "</article>",
  "<!--",
  "&amp;",
  "&",
  '"',
  "'",
  "\\",
  "\\*",
  "---",
  "===",
  "|",
  "A)",
  "https://exemple.org/a_b?c=d&copy=1#e",
  "www.exemple.org",
  "a_b@exemple.org",
  "!",
  "🙂",
  "مرحبا",
);

export const words = fc
  .array(fc.oneof(pieces, pieces, fc.string({ maxLength: 6 })), { maxLength: 6 })
  .chain((parts) => fc.constantFrom(" ", "", " ").map((glue) => parts.join(glue)));

const marks = fc.record(
  {
    bold: fc.constant(true as const),
    italic: fc.constant(true as const),
    strike: fc.constant(true as const),
    code: fc.constant(true as const),
    link: fc.constantFrom("https://exemple.org/?a=1&copy=(2)", "mailto:a@exemple.org"),
  },
  { requiredKeys: [] },
);

const block: fc.Arbitrary<Block> = fc.record(
  {
    kind: fc.constantFrom(...BLOCK_KINDS),
    level: fc.integer({ min: 1, max: 3 }),
    indent: fc.integer({ min: 0, max: 8 }),
    checked: fc.boolean(),
    spans: fc.array(fc.record({ text: words, marks }, { requiredKeys: ["text"] }), { maxLength: 4 }),
  },
  { requiredKeys: ["kind", "spans"] },
);

export const prose: fc.Arbitrary<Prose> = fc.array(block, { maxLength: 8 });

const withText = <Rest extends object>(rest: fc.Arbitrary<Rest>) =>
  fc.tuple(rest, prose).map(([one, body]) => ({ ...one, body, text: plainText(body) }));

const count = fc.integer({ min: 1, max: 40 });
const optional = { requiredKeys: [] as [] };

/** Ids by position: unique, and the same ones `group` and `from` refer to. */
const identified = <One extends object>(of: fc.Arbitrary<One>, name: string, maxLength = 4) =>
  fc.array(of, { maxLength }).map((all) => all.map((one, index) => ({ id: `${name}-${index}`, ...one })));

const item = fc
  .tuple(
    fc.record({ number: count }),
    fc.record(
      {
        author: words,
        dictatedBy: words,
        at: fc.constant("2017-02-28T10:42:00.000Z"),
        group: fc.constantFrom("group-0", "group-1", "lost"),
        owner: words,
        due: fc.constantFrom("2017-02-28", "bientôt"),
        status: fc.constantFrom(...ACTION_STATUSES),
        from: fc.array(fc.constantFrom("item-0", "item-1", "lost"), { maxLength: 2 }),
      },
      optional,
    ),
  )
  .map(([one, more]) => ({ ...one, ...more }));

const base = fc
  .tuple(fc.record({ heading: words }), fc.record({ guidance: fc.constant("GUIDANCE") }, optional))
  .map(([one, more]) => ({ id: "", ...one, ...more }));

const sectionOf = <Body extends object>(body: fc.Arbitrary<Body>) =>
  fc.tuple(base, body).map(([one, more]) => ({ ...one, ...more }));

const person = fc
  .tuple(fc.record({ name: words }), fc.record({ organisation: words, sector: words, role: words }, optional))
  .map(([one, more]) => ({ ...one, ...more }));

const phase = fc
  .tuple(fc.record({ label: words, minutes: count }), fc.record({ groups: count }, optional))
  .map(([one, more]) => ({ ...one, ...more }));

const groups = identified(withText(fc.constant({})), "group", 2).map((all) =>
  all.map((one, index) => ({ ...one, letter: letter(index + 1) })),
);

const section: fc.Arbitrary<Section> = fc.oneof(
  sectionOf(fc.record({ kind: fc.constant("prose" as const), body: prose })),
  sectionOf(
    fc.record({
      kind: fc.constant("fields" as const),
      fields: identified(fc.record({ label: words, type: fc.constantFrom(...FIELD_TYPES), value: words }), "field"),
    }),
  ),
  sectionOf(
    fc.record({
      kind: fc.constant("people" as const),
      sectors: fc.uniqueArray(words, { maxLength: 3 }),
      people: identified(person, "person"),
    }),
  ),
  sectionOf(
    fc.record({
      kind: fc.constant("items" as const),
      marker: fc.constantFrom(...MARKERS),
      actions: fc.boolean(),
      grouped: fc.boolean(),
      groups,
      items: identified(withText(item), "item"),
    }),
  ),
  sectionOf(
    fc.record({
      kind: fc.constant("ranking" as const),
      source: fc.constant("section-1"),
      size: fc.integer({ min: 1, max: 6 }),
      ranked: identified(withText(fc.record({ number: count })), "item"),
      overflow: identified(withText(fc.record({ number: count })), "below"),
    }),
  ),
  sectionOf(
    fc
      .tuple(
        fc.record({ kind: fc.constant("runsheet" as const), phases: identified(phase, "phase") }),
        fc.record({ closing: fc.integer({ min: 0, max: 1440 }) }, optional),
      )
      .map(([one, more]) => ({ ...one, ...more })),
  ),
  sectionOf(fc.record({ kind: fc.constant("notice" as const), text: words })),
);

const glossary = identified(fc.record({ term: words, meaning: words }), "term");

export const minutes: fc.Arbitrary<Minutes> = fc
  .tuple(
    fc.record({
      title: words,
      language: fc.constantFrom(...LANGUAGES),
      state: fc.constantFrom(...STATES),
      sections: fc
        .array(section, { maxLength: 4 })
        .map((all) => all.map((one, index) => ({ ...one, id: `section-${index}` }))),
    }),
    fc.record({ subtitle: words, mandate: words, glossary }, optional),
  )
  .map(([one, more]) => ({ id: "m", ...one, ...more }));
