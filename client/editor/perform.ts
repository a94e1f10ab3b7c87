/** Performs writes on a text, and sees to its last break: added only when one is needed (P13). */
import type * as Y from "yjs";
import { DEFAULTS, sameAttributes, type Attributes } from "../../document/text/attributes.ts";
import { isOpen } from "../../document/text/units.ts";
import { storable, type Writer } from "../../document/text/writer.ts";
import { rowsOf, type Unit } from "./flat.ts";
import type { Write } from "./outgoing.ts";
import { marksOf } from "./schema.ts";

/** @returns whether the text now says what the editor shows; not so when words had to be made storable (P8). */
export const perform = (writer: Writer, text: Y.Text, write: Write): boolean => {
  switch (write.do) {
    case "delete":
      writer.delete(write.at, write.length);
      return true;
    case "format":
      writer.format(write.at, write.length, write.key, write.value);
      return true;
    case "attributes":
      if (write.at < text.length) writer.setBreak(write.at, write.attributes);
      else if (!sameAttributes(write.attributes, DEFAULTS)) writer.insertBreak(text.length, write.attributes);
      return true;
    case "insert":
      // What comes after the break that is only shown makes it a real one.
      if (write.at > text.length) writer.insertBreak(text.length);
      return insert(writer, write.at, write.units);
  }
};

const insert = (writer: Writer, at: number, units: readonly Unit[]): boolean => {
  let index = at;
  let exact = true;
  for (const { content, attributes } of rowsOf(units)) {
    content.forEach((node) => {
      const words = node.text ?? "";
      exact &&= words === storable(words);
      writer.insertText(index, words, marksOf(node));
      index += words.length;
    });
    if (attributes) {
      writer.insertBreak(index, attributes);
      index += 1;
    }
  }
  return exact;
};

/** The last line the text should have; `empty` where that is known to be so, or not known at all. */
export interface LastLine {
  attributes: Attributes;
  empty: boolean;
}

/**
 * Adds the last break where an empty last line, or one of another kind, cannot be told without it.
 * @returns whether a text of `count` units, its last break included, is what stands there.
 */
export const settleEnd = (writer: Writer, text: Y.Text, count: number, last: LastLine): boolean => {
  const open = isOpen(text);
  const needed = open ? !sameAttributes(last.attributes, DEFAULTS) : last.empty;
  if (count - text.length === 1 && needed) {
    writer.insertBreak(text.length, last.attributes);
    return true;
  }
  return count - text.length === (open ? 1 : 0);
};
