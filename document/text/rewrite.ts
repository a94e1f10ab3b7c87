/** Makes a text say what it said once, with as few writes as can be: what stays the same is not touched. */
import type * as Y from "yjs";
import { changesBetween, type Change } from "../../minutes/difference.ts";
import { ATTRIBUTE_KEYS, MARK_KEYS, sameAttributes, type Attributes, type MarkKey } from "./attributes.ts";
import { blockOf, readLines, type Line } from "./read.ts";
import { storable, Writer } from "./writer.ts";

/** Units of a text as a string: one for each character, a newline for each break. */
const unitsOf = (lines: readonly Line[]): string =>
  lines.map(({ spans, open }) => spans.map(({ text }) => text).join("") + (open ? "" : "\n")).join("");

/** As it would be written: a foreign hand may have left signs that are not, and they would be written for ever. */
const asWritten = (lines: readonly Line[]): Line[] =>
  lines.map((line) => ({ ...line, spans: line.spans.map((span) => ({ ...span, text: storable(span.text) })) }));

/** A line, where it begins, and where its words end. */
interface Placed {
  line: Line;
  start: number;
  end: number;
}

const placed = (lines: readonly Line[]): Placed[] => {
  let start = 0;
  return lines.map((line) => {
    const from = start;
    const end = from + line.spans.reduce((sum, { text }) => sum + text.length, 0);
    start = end + 1;
    return { line, start: from, end };
  });
};

const isSaid = (lines: readonly Line[], wanted: readonly Line[]): boolean =>
  JSON.stringify(lines.map(blockOf)) === JSON.stringify(wanted.map(blockOf));

/**
 * Writes into `text` what is missing of `past` and takes away what it does not have; words and breaks that stand in both
 * stay the very same, so that whoever writes in them at the same moment writes on. Nothing where it says that already.
 * Call it inside a transaction.
 */
export const rewrite = (transaction: Y.Transaction, text: Y.Text, past: readonly Line[]): void => {
  const [before, lines] = [asWritten(readLines(text)), asWritten(past)];
  if (isSaid(before, lines)) return;
  const writer = new Writer(transaction, text);
  const wanted = placed(lines);
  // From the end, so that the places before it stay what they are.
  for (const change of changesBetween(unitsOf(before), unitsOf(lines)).toReversed()) {
    if (change.removed > 0) writer.delete(change.at, change.removed);
    if (change.added !== "") insert(writer, wanted, change);
  }
  dress(writer, placed(readLines(text)), wanted);
};

/** Writes what `change` adds, as it stands in `wanted`. */
const insert = (writer: Writer, wanted: readonly Placed[], { at, from, added }: Change): void => {
  const to = from + added.length;
  const shift = at - from;
  for (const { line, start, end } of wanted) {
    if (end < from || start >= to) continue;
    let index = start;
    for (const { text, marks } of line.spans) {
      const begin = Math.max(index, from);
      writer.insertText(begin + shift, text.slice(begin - index, Math.max(0, to - index)), marks);
      index += text.length;
    }
    if (!line.open && end >= from && end < to) writer.insertBreak(end + shift, line.attributes);
  }
};

/** Gives words and breaks that stood already the marks and the kind they had. */
const dress = (writer: Writer, lines: readonly Placed[], wanted: readonly Placed[]): void => {
  for (const [i, { line, start, end }] of lines.entries()) {
    const goal = wanted[i]?.line;
    if (!goal) return;
    if (!sameAttributes(line.attributes, goal.attributes))
      writer.setBreak(end, changed(line.attributes, goal.attributes));
    for (const key of MARK_KEYS) {
      for (const { from, length, value } of runsOf(line, goal, key)) writer.format(start + from, length, key, value);
    }
  }
};

const changed = (attributes: Attributes, wanted: Attributes): Partial<Attributes> =>
  Object.fromEntries(ATTRIBUTE_KEYS.filter((key) => attributes[key] !== wanted[key]).map((key) => [key, wanted[key]]));

interface Run {
  from: number;
  length: number;
  value: true | string | null;
}

/** Where a mark is not what it should be, and what it should be there; the words of both lines are the same. */
const runsOf = (line: Line, goal: Line, key: MarkKey): Run[] => {
  const [is, shall] = [valuesOf(line, key), valuesOf(goal, key)];
  const runs: Run[] = [];
  for (const [from, value] of shall.entries()) {
    if (is[from] === value) continue;
    const last = runs.at(-1);
    if (last && last.value === value && last.from + last.length === from) last.length += 1;
    else runs.push({ from, length: 1, value });
  }
  return runs;
};

/** One value for each character. */
const valuesOf = ({ spans }: Line, key: MarkKey): (true | string | null)[] =>
  spans.flatMap(({ text, marks }) => Array.from({ length: text.length }, () => marks[key] ?? null));
