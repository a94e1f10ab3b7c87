/** Which lines of a document are others than those of another one. Lines never change: one that has changed is another. */
import type { Node } from "@tiptap/pm/model";

/** From which line on two documents differ, and behind which line of each they are the same again. */
export interface Changed {
  from: number;
  to: number;
  newTo: number;
}

const compare = ({ children: old }: Node, { children: now }: Node): Changed => {
  const least = Math.min(old.length, now.length);
  let from = 0;
  while (from < least && old[from] === now[from]) from += 1;
  let to = old.length;
  let newTo = now.length;
  while (to > from && newTo > from && old[to - 1] === now[newTo - 1]) {
    to -= 1;
    newTo -= 1;
  }
  return { from, to, newTo };
};

/** What was asked last of a document: at each key several ask the same. */
const known = new WeakMap<Node, { before: WeakRef<Node>; changed: Changed }>();

/** Compares the lines themselves and looks into none of them. */
export const changedLines = (before: Node, after: Node): Changed => {
  const last = known.get(after);
  if (last?.before.deref() === before) return last.changed;
  const changed = compare(before, after);
  known.set(after, { before: new WeakRef(before), changed });
  return changed;
};
