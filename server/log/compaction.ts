/** Snapshots: what makes a long log quick to open. Entries stay, as history and as what a bad snapshot is rebuilt from. */
import { addSnapshot } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { load } from "./rebuild.ts";
import type { Readers } from "./readers.ts";

/**
 * Writes a snapshot of the document at the head of its log, unless there is one.
 * Resolves with its bytes; undefined where there was one. Throws as `load` does, and Refusal `not-saving`.
 */
export const compact = async (store: Store, readers: Readers, document: string): Promise<number | undefined> => {
  const loaded = await load(store, document);
  if (loaded.updates.length === 0) return undefined;
  const { head: seq, epoch } = loaded;
  const bytes = await readers.snapshot(loaded);
  await store.write(...addSnapshot(document, { at: Date.now(), seq, epoch, bytes }));
  return bytes.length;
};
