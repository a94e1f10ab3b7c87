/** Positions that move with the characters they stand beside, whoever edits: for carets and for undo. */
import * as Y from "yjs";
import { idOf, isLive, itemAt } from "./internals.ts";
import { positionsOf } from "./positions.ts";
import { unitAt } from "./units.ts";

/** Ties `index` to the unit on its left (-1) or on its right (1); to an end of the text where there is none. */
export const relativeAt = (text: Y.Text, index: number, side: -1 | 1): Y.RelativePosition => {
  const unit = side === -1 && index === 0 ? undefined : unitAt(text, side === -1 ? index - 1 : index);
  const type = text._item === null ? null : Y.createID(text._item.id.client, text._item.id.clock);
  const name = text._item === null ? Y.findRootTypeKey(text) : null;
  if (!unit) return new Y.RelativePosition(type, name, null, side);
  const id = idOf(unit.item, unit.offset);
  return new Y.RelativePosition(type, name, Y.createID(id.client, id.clock), side);
};

/** Where a position of this text stands now; undefined when what it was tied to is unknown here or gone. */
export const indexOf = (text: Y.Text, position: Y.RelativePosition): number | undefined => {
  if (position.item === null) return position.assoc >= 0 ? text.length : 0;
  const found = itemAt(text, position.item);
  if (!found) return undefined;
  const index = positionsOf(text).indexOf(found.item);
  return isLive(found.item) ? index + found.offset + (position.assoc >= 0 ? 0 : 1) : index;
};
