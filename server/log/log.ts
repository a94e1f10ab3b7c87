/** The log: every update of every document, on disk before anybody is told; and the minutes read from it. */
import type { Minutes } from "../../minutes/value.ts";
import type { Store } from "../store/store.ts";
import type { Writing } from "../store/driver.ts";

export interface Entry {
  document: string;
  /** Who wrote it; absent: the server itself. */
  visitor?: string;
  update: Uint8Array;
}

/** What rebuilds a document: apply `state`, then `updates` in order. */
export interface Loaded {
  state?: Uint8Array;
  updates: Uint8Array[];
  /** Sequence number of the last entry. */
  head: number;
  /** Changes only when the log itself was rebased: a client of another epoch must never merge. */
  epoch: string;
}

export interface Log {
  /** Resolves with the entry's number once it would survive the loss of power. Throws Refusal `not-saving`, `unknown-workshop`. */
  append(entry: Entry): Promise<number>;
  /** Throws Refusal `unknown-workshop`, `damaged` (never an empty document instead), `unavailable`. */
  load(document: string): Promise<Loaded>;
  /** The minutes as the log has them, cached by its head. Shared: do not change them. Throws as `load` does. */
  minutes(document: string): Promise<Minutes>;
  /** Writes a snapshot when entries came since the last one; keeps every entry. Call when a document is let go of. */
  compact(document: string): Promise<void>;
  /** Whether the disk takes entries at the moment. */
  readonly writing: Writing;
  /** Calls back on every change of `writing`. Returns what stops it. */
  onWriting(listener: (writing: Writing) => void): () => void;
}

export const openLog = (_store: Store): Log => {
  throw new Error("not yet");
};
