/** The bytes of a snapshot, read back before anybody relies on them. */
import * as Y from "yjs";
import { rebuild, type Loaded } from "./rebuild.ts";

/** What `take` says of a document, which is let go of behind it. */
const of = <Taken>(loaded: Loaded, take: (doc: Y.Doc) => Taken): Taken => {
  const doc = rebuild(loaded);
  try {
    return take(doc);
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
  const { bytes, held } = of(loaded, (doc) => ({ bytes: Y.encodeStateAsUpdate(doc), held: Y.snapshot(doc) }));
  // What each knows, and what it knows to be deleted.
  if (!of({ ...loaded, state: bytes, updates: [] }, (again) => Y.equalSnapshots(held, Y.snapshot(again))))
    throw new Error("A snapshot does not read back as what it was taken of; it was not kept.");
  return bytes;
};
