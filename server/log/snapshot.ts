/** The bytes of a snapshot, read back before anybody relies on them. */
import * as Y from "yjs";
import { rebuild, type Loaded } from "./rebuild.ts";

/** All of a document as one update, and what it holds: what it knows, and what it knows to be deleted. */
const taken = (loaded: Loaded): { bytes: Uint8Array; held: Y.Snapshot } => {
  const doc = rebuild(loaded);
  try {
    return { bytes: Y.encodeStateAsUpdate(doc), held: Y.snapshot(doc) };
  } finally {
    doc.destroy();
  }
};

/**
 * Everything a document knows, as one update.
 * Through a Y.Doc, never through mergeUpdates: merging keeps every deleted character, a document forgets them.
 * Throws Refusal `unavailable` where its entries are not updates.
 */
export const snapshotOf = (loaded: Loaded): Uint8Array => {
  // One after the other: two large documents at the same time are the most memory this server ever uses.
  const { bytes, held } = taken(loaded);
  const again = taken({ ...loaded, state: bytes, updates: [] });
  if (!Y.equalSnapshots(held, again.held))
    throw new Error("A snapshot does not read back as what it was taken of; it was not kept.");
  return bytes;
};
