/** From the rows of the log to a document: whole and in order, or refused. */
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import {
  documentRow,
  entriesAfter,
  entriesAfterLatestSnapshot,
  latestSnapshot,
  snapshotBefore,
  type EntryRow,
  type SnapshotRow,
} from "../store/entries.ts";
import type { Desk } from "../store/driver.ts";

/** What rebuilds a document: apply `state`, then `updates` in order. */
export interface Loaded {
  /** The last good snapshot; absent when there is none yet. */
  state?: Uint8Array;
  updates: Uint8Array[];
  /** Sequence number of the last entry. */
  head: number;
  /** Changes only when the log itself was re-based: a client of another epoch must never merge. */
  epoch: number;
}

/** The bytes of the entries from number `first` to `head`. Throws Refusal `unavailable` on a hole or on damage. */
export const updatesOf = (entries: readonly EntryRow[], first: number, head: number): Uint8Array[] => {
  if (entries.length !== head - first + 1) {
    throw new Refusal("unavailable", `the log holds ${entries.length} of entries ${first} to ${head}`);
  }
  return entries.map(({ seq, bytes, whole }, i) => {
    if (seq !== first + i) throw new Refusal("unavailable", `entry ${first + i} is missing`);
    if (!whole) throw new Refusal("unavailable", `entry ${seq} is not what was written`);
    return bytes;
  });
};

/** Looks for an older good snapshot; without one, every entry from the first on says the same. */
const loadBefore = async (store: Pick<Desk, "read">, document: string, before: number): Promise<Loaded> => {
  const [[snapshot]] = await store.read(snapshotBefore(document, before));
  if (snapshot && !snapshot.whole) return loadBefore(store, document, snapshot.seq);
  const from = snapshot?.seq ?? 0;
  const [[found], entries] = await store.read(documentRow(document), entriesAfter(document, from));
  if (!found) throw new Refusal("unknown-workshop");
  return assemble(snapshot, entries, found);
};

const assemble = (
  snapshot: SnapshotRow | undefined,
  entries: readonly EntryRow[],
  { head, epoch }: { head: number; epoch: number },
): Loaded => {
  // A document is born with its first entry: one without any has lost it.
  if (head === 0) throw new Refusal("unavailable", "the log is empty");
  return { state: snapshot?.bytes, updates: updatesOf(entries, (snapshot?.seq ?? 0) + 1, head), head, epoch };
};

/**
 * Everything that rebuilds `document`, read as one state.
 * Throws Refusal `unknown-workshop`; `unavailable` when it cannot be read whole: never less, never an empty document.
 */
export const load = async (store: Pick<Desk, "read">, document: string): Promise<Loaded> => {
  const [[found], [snapshot], entries] = await store.read(
    documentRow(document),
    latestSnapshot(document),
    entriesAfterLatestSnapshot(document),
  );
  if (!found) throw new Refusal("unknown-workshop");
  if (snapshot && !snapshot.whole) return loadBefore(store, document, snapshot.seq);
  return assemble(snapshot, entries, found);
};

/** The document as the log has it. Throws Refusal `unavailable` when its bytes are not updates. */
export const rebuild = (loaded: Loaded): Y.Doc => {
  const doc = new Y.Doc();
  fill(doc, loaded);
  return doc;
};

/** What a document says, as one update that tells nothing of its past; undefined where it cannot be read whole. */
export const stateOf = async (store: Pick<Desk, "read">, document: string): Promise<Uint8Array | undefined> => {
  try {
    const doc = rebuild(await load(store, document));
    const state = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return state;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

/** The same into an empty document that is already there. Throws as `rebuild` does. */
const fill = (doc: Y.Doc, { state, updates }: Loaded): void =>
  apply(doc, state === undefined ? updates : [state, ...updates]);

/** Applies updates in one transaction. Throws Refusal `unavailable` when one is none. */
export const apply = (doc: Y.Doc, updates: Iterable<Uint8Array>): void => {
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
  } catch (error) {
    throw new Refusal("unavailable", "an entry is not an update", { cause: error });
  }
};
