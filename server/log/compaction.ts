/** Snapshots: what makes a long log quick to open. Entries stay, as history and as what a bad snapshot is rebuilt from. */
import * as Y from "yjs";
import { addSnapshot } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { load, rebuild } from "./rebuild.ts";

/** Whether two states hold the same: what each knows, and what it knows to be deleted. */
const same = (a: Y.Doc, b: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));

/**
 * Writes a snapshot of the document at the head of its log, unless there is one.
 * Through a Y.Doc, never through mergeUpdates: merging keeps every deleted character, a document forgets them.
 * Throws as `load` does, and Refusal `not-saving`.
 */
export const compact = async (store: Store, document: string): Promise<void> => {
  const loaded = await load(store, document);
  if (loaded.updates.length === 0) return;
  const doc = rebuild(loaded);
  const bytes = Y.encodeStateAsUpdate(doc);
  const again = rebuild({ ...loaded, state: bytes, updates: [] });
  try {
    if (!same(doc, again)) throw new Error("A snapshot does not read back as what it was taken of; it was not kept.");
    await store.write(...addSnapshot(document, { at: Date.now(), seq: loaded.head, epoch: loaded.epoch, bytes }));
  } finally {
    doc.destroy();
    again.destroy();
  }
};
