/** Whatever somebody writes into what a restoring has hidden brings it back: they did not know, or they want it. */
import type * as Y from "yjs";
import { edit, entryOf } from "./edit/transaction.ts";
import { sectionsOf } from "./layout.ts";
import { rootedIn, writerOf } from "./text/internals.ts";

/**
 * Yjs client ids below this one are given for a restoring alone. Where it and somebody else set the same entry at the same
 * moment, Yjs keeps the one with the higher id, which so is theirs; and what a restoring has hidden is told by them.
 */
export const RESTORERS = 2 ** 14;

/** What says that something is hidden: an entry of a record (an item, a person, a section), or of `meta`. */
export interface Hidden {
  root: string;
  /** Absent: the root itself. */
  id?: string;
  key: string;
}

const OWNED = /^(prose|items|fields|people):(.+)$/su;
/** A field, a phase or a term lives as a group of keys in a map that holds more. */
const DEFINED = /^((?:field|phase|term):.+):[^:]+$/su;

/** What a restoring has hidden and this transaction has written into. It is for what others wrote, not for a restoring. */
export const writtenInto = (transaction: Y.Transaction): Hidden[] => {
  const { doc } = transaction;
  const found = new Map<string, Hidden>();
  const look = (hidden: Hidden): void => {
    if (isHidden(doc, hidden)) found.set(JSON.stringify(hidden), hidden);
  };
  // All of them before any is looked into: a root that is asked for as a map becomes another one.
  const changed = [...transaction.changed].map(([type, keys]) => ({ rooted: rootedIn(doc, type), keys }));
  for (const { rooted, keys } of changed) {
    if (!rooted) continue;
    const { root, id } = rooted;
    const [, kind, section] = OWNED.exec(root) ?? [];
    const isRecord = kind === "items" || kind === "people" || root === "sections";
    if (isRecord && id !== undefined) look({ root, id, key: "removed" });
    if (section !== undefined) look({ root: "sections", id: section, key: "removed" });
    for (const key of keys) {
      if (key === null) continue;
      if (kind === "fields" && section !== undefined)
        look({ root: "sections", id: section, key: `field:${key}:removed` });
      const definition =
        root === "meta" || (root === "sections" && id !== undefined) ? DEFINED.exec(key)?.[1] : undefined;
      if (definition !== undefined) look({ ...rooted, key: `${definition}:removed` });
    }
  }
  return [...found.values()];
};

/** Shows those again that are still hidden so. */
export const showAgain = (doc: Y.Doc, hidden: readonly Hidden[], origin?: unknown): void => {
  edit(doc, origin, () => {
    for (const each of hidden) if (isHidden(doc, each)) holderOf(doc, each)?.set(each.key, false);
  });
};

const holderOf = (doc: Y.Doc, { root, id }: Hidden): Y.Map<unknown> | undefined =>
  id === undefined ? doc.getMap(root) : entryOf(root === "sections" ? sectionsOf(doc) : doc.getMap(root), id);

const isHidden = (doc: Y.Doc, hidden: Hidden): boolean => {
  const holder = holderOf(doc, hidden);
  return holder?.get(hidden.key) === true && (writerOf(holder, hidden.key) ?? RESTORERS) < RESTORERS;
};
