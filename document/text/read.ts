/** Reads a rich text, whatever bytes made it: blocks of spans. Never throws, never writes. */
import type * as Y from "yjs";
import type { Block, Marks, Prose, Span } from "../../minutes/value.ts";
import { DEFAULTS, NO_MARKS, sameMarks, withMark, type Attributes } from "./attributes.ts";
import { contentOf, firstItem, isLive, nextItem } from "./internals.ts";

/** One line as it stands in the document. `open`: it ends with the text, not with a break. */
export interface Line {
  attributes: Attributes;
  spans: { text: string; marks: Marks }[];
  open: boolean;
}

/** What a foreign embed reads as: one inert character per unit, so that indexes stay 1:1. */
const INERT = "\uFFFC";

/** The lines of a text, at least one. An empty text is one open, empty paragraph. */
export const readLines = (text: Y.Text): Line[] => {
  const lines: Line[] = [];
  let spans: Line["spans"] = [];
  let marks = NO_MARKS;
  const say = (words: string): void => {
    if (words === "") return;
    const last = spans.at(-1);
    if (last && sameMarks(last.marks, marks)) last.text += words;
    else spans.push({ text: words, marks });
  };
  const end = (attributes: Attributes, open: boolean): void => {
    // P8: only whole spans are judged, so that what Yjs splits or merges inside one changes nothing.
    for (const span of spans) span.text = span.text.toWellFormed();
    lines.push({ attributes, spans, open });
    spans = [];
    marks = NO_MARKS;
  };
  for (let item = firstItem(text); item !== null; item = nextItem(item)) {
    if (!isLive(item)) continue;
    const content = contentOf(item);
    if (content.is === "words") {
      const pieces = content.words.split("\n");
      for (const [i, piece] of pieces.entries()) {
        if (i > 0) end(DEFAULTS, false);
        say(piece);
      }
    } else if (content.is === "break") end(content.attributes, false);
    else if (content.is === "format") marks = withMark(marks, content.key, content.value);
    else if (content.is === "other") say(INERT.repeat(item.length));
  }
  if (spans.length > 0 || lines.length === 0) end(DEFAULTS, true);
  return lines;
};

/** The value of a rich text; an empty one is one empty paragraph. Total: any bytes read as some prose. */
export const readText = (text: Y.Text): Prose => readLines(text).map(blockOf);

/** A block as a value says only what its kind can say. */
const blockOf = ({ attributes: { kind, level, indent, checked }, spans }: Line): Block => {
  const block: Block = { kind, spans: spans.map(spanOf) };
  if (kind === "heading" && level !== DEFAULTS.level) block.level = level;
  if (indent !== DEFAULTS.indent) block.indent = indent;
  if (kind === "task" && checked) block.checked = true;
  return block;
};

const spanOf = ({ text, marks }: { text: string; marks: Marks }): Span =>
  sameMarks(marks, NO_MARKS) ? { text } : { text, marks };
