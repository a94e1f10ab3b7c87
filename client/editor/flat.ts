/** The editor's document as one flat row of units, characters and breaks, at the very indexes the Y.Text has. */
import { Fragment, type Mark, type Node } from "@tiptap/pm/model";
import { DEFAULTS, MARK_KEYS, sameAttributes, type Attributes } from "../../document/text/attributes.ts";
import type { Line } from "../../document/text/read.ts";
import type { Marks } from "../../minutes/value.ts";
import { changedLines } from "./changed.ts";
import { attributesOf, schema } from "./schema.ts";

/** One UTF-16 unit of words with its marks, or a break with its block's attributes. */
export type Unit = { words: string; marks: readonly Mark[] } | { words?: undefined; attributes: Attributes };

const starts = new WeakMap<Node, Int32Array>();
/** The document that was measured last: most others differ from it in a line or two. */
let latest: WeakRef<Node> | undefined;

/** What `startsOf` gives; nothing is asked of lines that stand in `other` as well, which has been measured. */
const measure = (doc: Node, other: Node | undefined): Int32Array => {
  const known = (other && starts.get(other)) ?? new Int32Array(1);
  const { from, to, newTo } = other ? changedLines(other, doc) : { from: 0, to: 0, newTo: doc.childCount };
  const measured = new Int32Array(doc.childCount + 1);
  measured.set(known.subarray(0, from + 1));
  for (let line = from; line < newTo; line += 1) {
    measured[line + 1] = (measured[line] as number) + doc.child(line).content.size + 1;
  }
  const grown = (measured[newTo] as number) - (known[to] as number);
  for (let line = newTo; line < doc.childCount; line += 1) {
    measured[line + 1] = (known[line + 1 - newTo + to] as number) + grown;
  }
  return measured;
};

/** Index of the first unit of every block, and the number of units at the end. Each block ends with its break. */
const startsOf = (doc: Node): Int32Array => {
  let known = starts.get(doc);
  if (!known) {
    known = measure(doc, latest?.deref());
    starts.set(doc, known);
    latest = new WeakRef(doc);
  }
  return known;
};

/** How many units a document has; its last break counts, whether or not the Y.Text holds one. */
export const unitCount = (doc: Node): number => startsOf(doc)[doc.childCount] as number;

/** Which block the unit at `index` belongs to; the last one beyond the end. */
export const blockIndexAt = (doc: Node, index: number): number => {
  const known = startsOf(doc);
  let low = 0;
  let high = doc.childCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((known[middle] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Index of a block's first unit. */
export const blockStart = (doc: Node, block: number): number => startsOf(doc)[block] as number;

/** The position of a block node itself. */
export const blockPosition = (doc: Node, block: number): number => blockStart(doc, block) + block;

/** The text position before the unit at `index`. */
export const positionAt = (doc: Node, index: number): number => index + 1 + blockIndexAt(doc, index);

/** The index of a position: between blocks, that of the block after it. */
export const indexAt = (doc: Node, position: number): number => {
  const $position = doc.resolve(position);
  return $position.depth === 0 ? position - $position.index() : position - 1 - $position.index(0);
};

/** The units of a range. */
export const unitsBetween = (doc: Node, from: number, to: number): Unit[] => {
  const units: Unit[] = [];
  if (from >= to) return units;
  for (let i = blockIndexAt(doc, from); i < doc.childCount; i += 1) {
    const block = doc.child(i);
    let index = blockStart(doc, i);
    if (index >= to) break;
    block.forEach((node) => {
      const words = node.text ?? "";
      const end = Math.min(words.length, to - index);
      for (let at = Math.max(0, from - index); at < end; at += 1) {
        units.push({ words: words.charAt(at), marks: node.marks });
      }
      index += words.length;
    });
    if (index >= from && index < to) units.push({ attributes: attributesOf(block) });
  }
  return units;
};

/** ProseMirror marks for a value's marks. */
export const marksFor = (marks: Marks): readonly Mark[] => {
  let set: readonly Mark[] = [];
  for (const key of MARK_KEYS) {
    const value = marks[key];
    if (value !== undefined) set = schema.mark(key, key === "link" ? { href: value } : null).addToSet([...set]);
  }
  return set;
};

export const unitsOfWords = (words: string, marks: readonly Mark[]): Unit[] =>
  words.split("").map((unit) => ({ words: unit, marks }));

const sameMarkSet = (a: readonly Mark[], b: readonly Mark[]): boolean =>
  a === b || (a.length === b.length && a.every((mark, i) => mark.eq(b[i] as Mark)));

/** Whether two units are the same character or both breaks; marks and attributes are another matter. */
export const sameUnit = (a: Unit, b: Unit): boolean => a.words === b.words;

export const equalUnit = (a: Unit, b: Unit): boolean => {
  if (a.words === undefined || b.words === undefined) {
    return a.words === undefined && b.words === undefined && sameAttributes(a.attributes, b.attributes);
  }
  return a.words === b.words && sameMarkSet(a.marks, b.marks);
};

/** Units as rows of text nodes: one row per line, with the break that ends it; the last row has none. */
export const rowsOf = (units: readonly Unit[]): { content: Fragment; attributes?: Attributes }[] => {
  const rows: { content: Fragment; attributes?: Attributes }[] = [];
  let nodes: Node[] = [];
  let words = "";
  let marks: readonly Mark[] = [];
  const flush = (): void => {
    if (words !== "") nodes.push(schema.text(words, marks));
    words = "";
  };
  for (const unit of units) {
    if (unit.words === undefined) {
      flush();
      rows.push({ content: Fragment.from(nodes), attributes: unit.attributes });
      nodes = [];
      continue;
    }
    if (!sameMarkSet(unit.marks, marks)) flush();
    ({ marks } = unit);
    words += unit.words;
  }
  flush();
  rows.push({ content: Fragment.from(nodes) });
  return rows;
};

/** `chunk`: that of the line beside which it will stand, where there is one. */
export const blockOf = (content: Fragment, attributes: Attributes = DEFAULTS, chunk: readonly Mark[] = []): Node =>
  schema.node("block", { ...attributes }, content, chunk);

/** Texts of more lines are laid out in chunks of so many or a few more. */
export const LONG = 200;
const CHUNK = 50;

/** Where the first chunk and each further one begin. From the second on with a paragraph, whose place on the page no other line has a part in. */
const beginningsIn = (lines: readonly Line[]): number[] => {
  const beginnings = [0];
  for (const [place, { attributes }] of lines.entries()) {
    const length = place - beginnings.at(-1)!;
    if (length >= CHUNK && (attributes.kind === "paragraph" || length >= 2 * CHUNK)) beginnings.push(place);
  }
  return beginnings;
};

/** For each line the chunk it stands in. */
const chunksOf = (lines: readonly Line[], topOf: (line: number) => number): (readonly Mark[])[] => {
  if (lines.length <= LONG) return [];
  return beginningsIn(lines).flatMap((from, number, all) => {
    const to = all[number + 1] ?? lines.length;
    const chunk = [schema.mark("chunk", { number, height: topOf(to) - topOf(from) })];
    return Array.from({ length: to - from }, () => chunk);
  });
};

/** The document for the lines of a text. `topOf`: where each line stands on the page already, and where the text ends. */
export const documentOf = (lines: readonly Line[], topOf: (line: number) => number = () => 0): Node => {
  const chunks = chunksOf(lines, topOf);
  return schema.node(
    "doc",
    null,
    lines.map(({ attributes, spans }, place) =>
      blockOf(
        Fragment.from(spans.map(({ text, marks }) => schema.text(text, marksFor(marks)))),
        attributes,
        chunks[place],
      ),
    ),
  );
};

/** Whether two lines say the same, in whichever chunk. */
export const sameLine = (a: Node, b: Node): boolean =>
  a === b || (a.content.eq(b.content) && sameAttributes(attributesOf(a), attributesOf(b)));

/** Whether two documents say the same, however they are cut into chunks. */
export const sameLines = (a: Node, b: Node): boolean => {
  if (a.childCount !== b.childCount) return false;
  for (let line = 0; line < a.childCount; line += 1) if (!sameLine(a.child(line), b.child(line))) return false;
  return true;
};
