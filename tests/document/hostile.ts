/** Documents as foreign hands may leave them: any type under any root, any value under any key, every word countable. */
import * as fc from "fast-check";
import * as Y from "yjs";

/** Something to put into a document, and the words that a reader owes us for it. */
interface Spoken {
  make(): unknown;
  words: string[];
}

/** One edit by somebody on a device of their own. */
export interface Deed {
  act(doc: Y.Doc): void;
  words: string[];
  /** What a failing run prints. */
  about?: string;
}

const SECTIONS = ["s0", "s1", "s2", "s3"];
const KINDS = ["prose", "fields", "people", "items", "ranking", "runsheet", "notice", "poll", "__proto__", 7, null];
const OTHER_ROOTS = ["meta", "title", "sections", "ballots", "foo", "__proto__", "prose:", "items", "votes:s0", ""];
const OWNED = ["prose", "items", "fields", "people"];

let counter = 0;
const word = (): string => `w${(counter += 1)}x`;

const text = (words: string): Y.Text => new Y.Text(words);
const listOf = (...values: unknown[]): Y.Array<unknown> => {
  const made = new Y.Array<unknown>();
  made.insert(0, values);
  return made;
};
const element = (name: string, words: string): Y.XmlElement => {
  const made = new Y.XmlElement("p");
  made.setAttribute("title", name);
  made.insert(0, [new Y.XmlText(words)]);
  return made;
};

const FORMS: ((a: string, b: string) => unknown)[] = [
  (a, b) => `${a} ${b}`,
  (a, b) => ({ a, b: [b] }),
  (a, b) => [a, { [b]: 1, __proto__: null, deep: { b } }],
  (a, b) => text(a + b),
  (a, b) => listOf(a, text(b)),
  (a, b) =>
    new Y.Map<unknown>([
      ["k", a],
      ["__proto__", text(b)],
    ]),
  (a, b) => element(a, b),
];
const SILENT: (() => unknown)[] = [
  () => null,
  () => true,
  () => Number.NaN,
  () => -3.5,
  () => new Uint8Array([1, 2]),
  () => "",
  () => ({}),
  () => new Y.Map(),
  () => new Y.Text(),
];

/** A value in any form, with two words in it or none. */
const spoken: fc.Arbitrary<Spoken> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...FORMS).map((form) => said(form)) },
  { weight: 1, arbitrary: fc.constantFrom(...SILENT).map((make): Spoken => ({ make, words: [] })) },
);

function said(form: (a: string, b: string) => unknown): Spoken {
  const words = [word(), word()];
  return { words, make: () => form(words[0] ?? "", words[1] ?? "") };
}

/** Values for keys that hold no words: order, number, at, … in any form. */
const noise = fc.oneof(
  fc.constantFrom<unknown>(
    "a0",
    "zz",
    "",
    "A00000000000000000000000000",
    -1,
    2 ** 40,
    null,
    true,
    [],
    {},
    "2026-01-01T10:00:00Z",
  ),
  fc.string({ maxLength: 5 }),
);
const noiseOf = (...keys: string[]): fc.Arbitrary<[string, unknown][]> =>
  fc.array(fc.tuple(fc.constantFrom(...keys), noise), { maxLength: 4 });

const id = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "a:b", "~1", "x".repeat(300)),
  fc.integer({ min: 0, max: 10_000 }).map((n) => `e${n}`),
);

/** A map entry of a root: one of ours with foreign values, or any value at all. */
const record = (keys: readonly string[]): fc.Arbitrary<Deed["act"] & { words?: string[] }> =>
  fc
    .tuple(id, spoken, spoken, noiseOf("order", "at", "number", "group", "kind", "status"))
    .map(([key, first, second, others]) => {
      const unique = `${key}${word()}`;
      const act = (doc: Y.Doc): void => {
        const map = new Y.Map<unknown>(others);
        map.set(keys[0] ?? "", first.make());
        map.set("later", text(second.words.join(" ")));
        doc.getMap(keys[1] ?? "").set(unique, map);
      };
      return Object.assign(act, { words: [...first.words, ...second.words] });
    });

const deed = (act: Deed["act"] & { words?: string[] }): Deed => ({ act, words: act.words ?? [] });

const records: fc.Arbitrary<Deed> = fc
  .constantFrom(...SECTIONS, "ghost")
  .chain((section) => fc.oneof(record(["text", `items:${section}`]), record(["name", `people:${section}`])).map(deed));

const rootNames = fc.oneof(
  fc.constantFrom(...OTHER_ROOTS.filter((name) => name !== "meta" && name !== "sections" && name !== "ballots")),
  fc.tuple(fc.constantFrom(...OWNED), fc.constantFrom(...SECTIONS, "ghost")).map((parts) => parts.join(":")),
);

/** A key of a root taken for a map. Roots whose entries are not words (meta, ballots) are left out. */
const entries: fc.Arbitrary<Deed> = fc.tuple(rootNames, spoken).map(([root, value]) => {
  // In a record, a plain value under a key of no layout we know is an option of a newer one, not words.
  const isRecord = /^(items|people):/.test(root) && value.make() instanceof Y.Map;
  return {
    words: isRecord ? value.words.slice(1) : value.words,
    act: (doc) => void doc.getMap(root).set(`k${word()}`, value.make()),
  };
});

/** A sequence in a root, whichever type it should have been. */
const sequences: fc.Arbitrary<Deed> = fc
  .tuple(fc.oneof(rootNames, fc.constantFrom(...OTHER_ROOTS)), spoken, fc.constantFrom("text", "array", "xml", "embed"))
  .map(([root, value, form]): Deed => {
    const words = value.words.length > 0 ? value.words : [word()];
    if (form === "text")
      return { words, act: (doc) => doc.getText(root).insert(0, words.join("\n"), { bold: 7, poll: {} }) };
    if (form === "xml")
      return { words, act: (doc) => doc.getXmlFragment(root).insert(0, [element(words[0] ?? "", words.join(" "))]) };
    if (form === "array") {
      // A map in a text is the end of a block, whatever else it holds.
      const isBreak = /^(title$|prose:)/.test(root) && value.make() instanceof Y.Map;
      return {
        about: `array in ${root}`,
        words: isBreak ? [] : value.words,
        act: (doc) => doc.getArray(root).insert(0, [value.make()]),
      };
    }
    const made = { words };
    return { words, act: (doc) => doc.getText(root).insertEmbed(0, made, { italic: "x" }) };
  });

/** A section of any kind, with foreign options. Each id is defined once: a later definition would replace the words. */
const section = (name: string): fc.Arbitrary<Deed> =>
  fc
    .tuple(
      fc.constantFrom<unknown>(...KINDS),
      spoken,
      spoken,
      noiseOf("order", "marker", "source", "size", "grouped", "actions"),
    )
    .map(([kind, heading, guidance, options]) => ({
      words: [...heading.words, ...guidance.words],
      act: (doc) => {
        const map = new Y.Map<unknown>([...options, ["kind", kind]]);
        map.set("heading", heading.make());
        map.set("guidance", guidance.make());
        doc.getMap("sections").set(name, map);
      },
    }));

const foreignSection: fc.Arbitrary<Deed> = spoken.map((value) => ({
  words: value.words.filter(() => !(value.make() instanceof Y.Map)),
  act: (doc) => void doc.getMap("sections").set(`f${word()}`, value.make()),
}));

/** Whole documents: a few sections, many deeds, all at once on devices of their own. */
export const hostileDeeds: fc.Arbitrary<Deed[]> = fc
  .tuple(
    fc.subarray(SECTIONS).chain((names) => fc.tuple(...names.map(section))),
    fc.array(fc.oneof(records, entries, sequences, foreignSection), { maxLength: 12 }),
  )
  .map(([sections, deeds]) => [...sections, ...deeds]);

/** The update all these people make together. */
export function together(deeds: readonly Deed[]): Uint8Array {
  return Y.mergeUpdates(
    deeds.map((each) => {
      const doc = new Y.Doc();
      each.act(doc);
      return Y.encodeStateAsUpdate(doc);
    }),
  );
}
