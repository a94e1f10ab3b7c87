/** The bytes of a snapshot, read back before anybody relies on them. */
import * as Y from "yjs";
import { rebuild, type Loaded } from "./rebuild.ts";

/** Whether two states hold the same: what each knows, and what it knows to be deleted. */
const same = (a: Y.Doc, b: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));

/**
 * Everything a document knows, as one update.
 * Through a Y.Doc, never through mergeUpdates: merging keeps every deleted character, a document forgets them.
 * Throws Refusal `unavailable` where its entries are not updates.
 */
export const snapshotOf = (loaded: Loaded): Uint8Array => {
  const doc = rebuild(loaded);
  const bytes = Y.encodeStateAsUpdate(doc);
  const again = rebuild({ ...loaded, state: bytes, updates: [] });
  try {
    if (!same(doc, again)) throw new Error("A snapshot does not read back as what it was taken of; it was not kept.");
    return bytes;
  } finally {
    doc.destroy();
    again.destroy();
  }
};
