/** What stands at an index of a text: which item, and whether it ends a line. */
import type * as Y from "yjs";
import { contentOf, firstItem, liveLength, nextItem, type Item } from "./internals.ts";
import { positionsOf } from "./positions.ts";

/** One unit: an item, and where in it. */
export interface Unit {
  item: Item;
  offset: number;
}

/** The unit at `index`; undefined beyond the end. */
export const unitAt = (text: Y.Text, index: number): Unit | undefined => {
  const { left, inside } = positionsOf(text).find(index);
  if (inside) return inside;
  let item = left === null ? firstItem(text) : nextItem(left);
  while (item !== null && liveLength(item) === 0) item = nextItem(item);
  return item === null ? undefined : { item, offset: 0 };
};

/** Whether the unit at `index` ends a line: a break, or a bare newline. */
export const isBreakAt = (text: Y.Text, index: number): boolean => {
  const unit = unitAt(text, index);
  if (!unit) return false;
  const content = contentOf(unit.item);
  return content.is === "break" || (content.is === "words" && content.words[unit.offset] === "\n");
};

/** Whether its last line ends with the text rather than with a break; so does the one line of an empty text. */
export const isOpen = (text: Y.Text): boolean => text.length === 0 || !isBreakAt(text, text.length - 1);
