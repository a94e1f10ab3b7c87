/** Whatever somebody writes into what a restoring has hidden brings it back: they did not know, or they want it. */
import type * as Y from "yjs";
import { edit, entryOf, hide } from "./edit/transaction.ts";
import { sectionsOf } from "./layout.ts";
import { rootedIn, writerOf } from "./text/internals.ts";

/**
 * Yjs client ids below this one are given for a restoring alone. Where it and somebody else set the same entry at the same
 * moment, Yjs keeps the one with the higher id, which so is theirs; and what a restoring has hidden is told by them.
 */
export const RESTORERS = 2 ** 14;

/** A record of a root: an item, a person, a section. */
export interface Hidden {
  root: string;
  id: string;
}

const OWNED = /^(?:prose|items|fields|people):(.+)$/su;

/** What a restoring has hidden and this transaction has written into. It is for what others wrote, not for a restoring. */
export const writtenInto = (transaction: Y.Transaction): Hidden[] => {
  const { doc } = transaction;
  const found = new Map<string, Hidden>();
  const look = (root: string, id: string | undefined): void => {
    if (id === undefined || !isHidden(doc, { root, id })) return;
    found.set(`${root} ${id}`, { root, id });
  };
  // All of them before any is looked into: a root that is asked for as a map becomes another one.
  for (const rooted of [...transaction.changed.keys()].map((type) => rootedIn(doc, type))) {
    if (!rooted) continue;
    const { root, id } = rooted;
    if (root.startsWith("items:") || root.startsWith("people:") || root === "sections") look(root, id);
    look("sections", OWNED.exec(root)?.[1]);
  }
  return [...found.values()];
};

/** Shows those again that are still hidden so. */
export const showAgain = (doc: Y.Doc, hidden: readonly Hidden[], origin?: unknown): void => {
  edit(doc, origin, () => {
    for (const each of hidden) if (isHidden(doc, each)) hide(entryOf(doc.getMap(each.root), each.id), false);
  });
};

const isHidden = (doc: Y.Doc, { root, id }: Hidden): boolean => {
  const entry = root === "sections" ? entryOf(sectionsOf(doc), id) : entryOf(doc.getMap(root), id);
  return entry?.get("removed") === true && (writerOf(entry, "removed") ?? RESTORERS) < RESTORERS;
};
