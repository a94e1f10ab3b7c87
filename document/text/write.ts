/** Fills an empty text: with prose, or with plain words on one line. */
import type * as Y from "yjs";
import type { Prose } from "../../minutes/value.ts";
import { DEFAULTS, NO_MARKS } from "./attributes.ts";
import { Writer } from "./writer.ts";

/**
 * Writes prose into an empty text that already stands in a document. Every block ends with a break, so that a
 * last, empty one can be told from none (P13); nothing at all for prose without blocks.
 */
export const writeProse = (text: Y.Text, prose: Prose): void =>
  within(text, (writer) => {
    let index = 0;
    for (const { kind, level, indent, checked, spans } of prose) {
      for (const span of spans) {
        writer.insertText(index, span.text, span.marks ?? NO_MARKS);
        index += span.text.length;
      }
      writer.insertBreak(index, {
        kind,
        level: level ?? DEFAULTS.level,
        indent: indent ?? DEFAULTS.indent,
        checked: checked ?? DEFAULTS.checked,
      });
      index += 1;
    }
  });

/** Replaces all there is by plain words without a break: a title, a label. Newlines become spaces. */
export const setPlain = (text: Y.Text, words: string): void =>
  within(text, (writer) => {
    writer.delete(0, text.length);
    writer.insertText(0, words);
  });

const within = (text: Y.Text, write: (writer: Writer) => void): void => {
  if (!text.doc) throw new Error("The text must stand in a document before it is written to.");
  text.doc.transact((transaction) => write(new Writer(transaction, text)));
};
