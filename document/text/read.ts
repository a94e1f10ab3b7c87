/** Reads a rich text, whatever bytes made it: blocks of spans. Never throws, never writes. */
import type * as Y from "yjs";
import type { Block, Marks, Prose, Span } from "../../minutes/value.ts";
import { DEFAULTS, NO_MARKS, sameMarks, withMark, type Attributes } from "./attributes.ts";
import { contentOf, firstItem, isLive, nextItem, type Item } from "./internals.ts";

/** One line as it stands in the document. `open`: it ends with the text, not with a break. */
export interface Line {
  attributes: Attributes;
  spans: { text: string; marks: Marks }[];
  open: boolean;
}

/** What a foreign embed reads as: one inert character per unit, so that indexes stay 1:1. */
const INERT = "\uFFFC";

/** A line, and the item that ends it: none where a bare newline does, or the end of the text. */
interface Row {
  line: Line;
  end: Item | null;
}

/** The lines from `start` on, to the one that `last` ends, or to the end of the text; then `whole` texts have at least one. */
export const rowsFrom = (start: Item | null, last: Item | null, whole: boolean): Row[] => {
  const rows: Row[] = [];
  let spans: Line["spans"] = [];
  let marks = NO_MARKS;
  const say = (words: string): void => {
    if (words === "") return;
    const before = spans.at(-1);
    if (before && sameMarks(before.marks, marks)) before.text += words;
    else spans.push({ text: words, marks });
  };
  const end = (attributes: Attributes, by: Item | null, open: boolean): void => {
    // P8: only whole spans are judged, so that what Yjs splits or merges inside one changes nothing.
    for (const span of spans) span.text = span.text.toWellFormed();
    rows.push({ line: { attributes, spans, open }, end: by });
    spans = [];
    marks = NO_MARKS;
  };
  for (let item = start; item !== null; item = nextItem(item)) {
    if (!isLive(item)) continue;
    const content = contentOf(item);
    if (content.is === "words") {
      // Hardly any words have a newline in them, and a large text has a hundred thousand of these.
      if (!content.words.includes("\n")) say(content.words);
      else {
        for (const [i, piece] of content.words.split("\n").entries()) {
          if (i > 0) end(DEFAULTS, null, false);
          say(piece);
        }
      }
    } else if (content.is === "break") end(content.attributes, item, false);
    else if (content.is === "format") marks = withMark(marks, content.key, content.value);
    else if (content.is === "other") say(INERT.repeat(item.length));
    if (item === last) return rows;
  }
  if (spans.length > 0 || (whole && rows.length === 0)) end(DEFAULTS, null, true);
  return rows;
};

/** The lines of a text, at least one. An empty text is one open, empty paragraph. */
export const readLines = (text: Y.Text): Line[] => rowsFrom(firstItem(text), null, true).map(({ line }) => line);

/** The value of a rich text; an empty one is one empty paragraph. Total: any bytes read as some prose. */
export const readText = (text: Y.Text): Prose => readLines(text).map(blockOf);

/** A block as a value says only what its kind can say. */
export const blockOf = ({ attributes: { kind, level, indent, checked }, spans }: Line): Block => {
  const block: Block = { kind, spans: spans.map(spanOf) };
  if (kind === "heading" && level !== DEFAULTS.level) block.level = level;
  if (indent !== DEFAULTS.indent) block.indent = indent;
  if (kind === "task" && checked) block.checked = true;
  return block;
};

const spanOf = ({ text, marks }: { text: string; marks: Marks }): Span =>
  sameMarks(marks, NO_MARKS) ? { text } : { text, marks };
