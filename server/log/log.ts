/** The log: every update of every document, on disk before anybody is told; and the minutes read from it. */
import type * as Y from "yjs";
import type { HistoryAnswer, Version } from "../../document/history.ts";
import { Refusal } from "../../document/refusal.ts";
import type { Size } from "../../document/signal.ts";
import type { Minutes } from "../../minutes/value.ts";
import { MissingRow, type Writing } from "../store/driver.ts";
import { addEntry, documentRow, newestEntryAt } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { lastRestored } from "../store/versions.ts";
import { compact } from "./compaction.ts";
import { giveName, marksOf, nameOf, readHistory } from "./history.ts";
import { loadMoment, loadPast } from "./past.ts";
import { readContributions, type Contributions } from "./contributions.ts";
import { erase } from "./erasure.ts";
import { Few } from "./few.ts";
import { sizeOf, type Rendering } from "./desk.ts";
import { minutesReader } from "./minutes.ts";
import { Opening } from "./opening.ts";
import { Readers } from "./readers.ts";
import { load, type Loaded } from "./rebuild.ts";
import { Sizes } from "./sizes.ts";
import { Wholes } from "./wholes.ts";

interface Entry {
  document: string;
  /** Who wrote it; absent: the server itself. */
  visitor?: string;
  update: Uint8Array;
  /** It goes back to that entry: what stood before it and what it makes are kept as versions. */
  restores?: number;
}

export interface Log {
  /**
   * Resolves with the entry's number once it would survive the loss of power.
   * Throws Refusal `not-saving`, `unknown-workshop`; then the entry is not in the log.
   */
  append(entry: Entry): Promise<number>;
  /** Throws Refusal `unknown-workshop`; `unavailable`, never an empty document instead. */
  load(document: string): Promise<Loaded>;
  /** Fills an empty document with what was loaded, neither more nor less: see `Opening.fillIn`. */
  fillIn(doc: Y.Doc, document: string, loaded: Loaded): Promise<void>;
  /**
   * The minutes as the log has them. Shared: do not change them. Throws as `load` does, and Refusal `busy` when too many
   * ask for large ones.
   */
  minutes(document: string): Promise<Minutes>;
  /** What is made of them where nobody waits for it: a page, a file. Throws as `minutes` does. */
  rendered(document: string, rendering: Rendering): Promise<Uint8Array>;
  /** All of a document as it was arranged within the last seconds: see `Wholes.of`. */
  whole(document: string, epoch: number): Promise<Uint8Array>;
  /** What is made of the minutes as they stood after entry `seq`. Throws as `rendered` does, and Refusal `unknown-moment`. */
  past(document: string, seq: number, rendering: Rendering): Promise<Uint8Array>;
  /** Versions, and who wrote when; what is older than entry `before`, a page at a time. Throws Refusal `unknown-workshop`. */
  history(document: string, before?: number): Promise<HistoryAnswer>;
  /** Names the moment after entry `seq`, else the present one. Throws Refusal `unknown-moment`, `not-saving`. */
  nameVersion(document: string, version: { seq?: number; visitor: string; name: string }): Promise<Version>;
  /** What the moment after entry `seq` is called; "" where nobody has named it. */
  nameOf(document: string, seq: number): Promise<string>;
  /**
   * The update that makes the document say what it said after entry `seq`, under a client id that nobody has written with;
   * undefined where it says so already. `since`: as it stood after that entry, where it is the last restoring; then what was
   * written later stays. Throws as `past` does.
   */
  restoring(
    document: string,
    { seq, since, clientId }: { seq: number; since?: number; clientId: number },
  ): Promise<Uint8Array | undefined>;
  /** The number of its newest entry. Throws Refusal `unknown-workshop`. */
  head(document: string): Promise<number>;
  /** When its newest entry was written. Throws Refusal `unknown-workshop`. */
  changed(document: string): Promise<Date>;
  /** How much room there is left in a document that is open, as far as it is known; said again whenever that changes. */
  size(document: string): Size;
  onSize(listener: (document: string, size: Size) => void): () => void;
  /** Writes a snapshot when entries came since the last one; keeps every entry. Call when a document is let go of. */
  compact(document: string): Promise<void>;
  /** What is kept of a visitor. Throws as `load` does, and Refusal `busy`. */
  contributions(document: string, visitor: string): Promise<Contributions>;
  /**
   * Erases a visitor's name, or with EVERYBODY the whole workshop, from all that is kept. Its room must be empty and stay
   * so meanwhile. Throws as `erase` does.
   */
  erase(document: string, visitor: string): Promise<void>;
  /** Whether the disk takes entries at the moment. */
  readonly writing: Writing;
  /** What is not on disk yet: how many units, and since when the oldest waits (milliseconds). */
  readonly waiting: { units: number; since: number | undefined };
  /** How many acknowledged commits the start did not find any more: none, unless somebody touched the files. */
  readonly lost: number;
  /** Calls back after every commit with how long the disk took, in seconds, and how many units it was for. */
  onCommit(listener: (seconds: number, units: number) => void): () => void;
  /** Calls back on every change of `writing`. Returns what stops it. */
  onWriting(listener: (writing: Writing) => void): () => void;
}

/** A document that is written to all day is never let go of: so often it gets its snapshot on the way. */
const COMPACT_EVERY = 5000;

/** `report` is told of what goes wrong behind everybody's back; nothing acknowledged depends on it. */
export const openLog = (store: Store, report: (error: unknown) => void): Log => {
  const readers = new Readers();
  const minutes = minutesReader(store, readers);
  const wholes = new Wholes(minutes.rendered);
  const opening = new Opening({ wholes, readers });
  const few = new Few();
  const sizes = new Sizes();
  const snapshot = async (document: string): Promise<void> => {
    const before = sizes.bytes(document);
    const bytes = await compact(store, readers, document);
    if (bytes !== undefined) sizes.settle(document, bytes + sizes.bytes(document) - before);
  };
  /** Documents that are looked at behind everybody's back. */
  const looked = new Set<string>();
  /** Makes a snapshot for which nobody waits; none while one is being made: each would read the whole document. */
  const look = (document: string): void => {
    if (looked.has(document)) return;
    looked.add(document);
    void snapshot(document)
      .catch(report)
      .finally(() => looked.delete(document));
  };
  return {
    append: async ({ document, visitor = null, update, restores }) => {
      try {
        const at = Date.now();
        const marked = restores === undefined ? [] : await marksOf(store, { document, at, visitor, restores });
        const [[seq]] = await store.write(...addEntry(document, { at, visitor, bytes: update }), ...marked);
        // The statement is a needed one: without its row the unit has failed.
        readers.written();
        const unsure = sizes.grow(document, update.length);
        if (unsure || seq! % COMPACT_EVERY === 0) look(document);
        return seq!;
      } catch (error) {
        throw error instanceof MissingRow ? new Refusal("unknown-workshop") : error;
      }
    },
    load: async (document) => {
      const loaded = await load(store, document);
      sizes.settle(document, sizeOf(loaded));
      // What was deleted since the last snapshot counts in this, and may be most of it.
      if (sizes.of(document) !== "ample" && loaded.updates.length > 0) look(document);
      return loaded;
    },
    fillIn: (doc, document, loaded) => opening.fillIn(doc, document, loaded),
    size: (document) => sizes.of(document),
    onSize: (listener) => sizes.onChange(listener),
    minutes: minutes.minutes,
    rendered: async (document, rendering) => (await minutes.rendered(document, rendering)).rendered,
    whole: async (document, epoch) => (await wholes.of(document, epoch)).rendered,
    past: (document, seq, rendering) =>
      few.run(document, async () => {
        const { past, around } = await loadMoment(store, document, seq);
        return readers.past(past, { ...around, rendering });
      }),
    history: (document, before) => readHistory(store, document, before),
    nameOf: (document, seq) => nameOf(store, document, seq),
    nameVersion: (document, version) => giveName(store, document, version),
    restoring: async (document, { seq, since, clientId }) => {
      const [[last]] = await store.read(lastRestored(document));
      // Taken back twice from the same entry, what it took away would stand there twice.
      const from = since !== undefined && since === last ? loadPast(store, document, since) : load(store, document);
      const [present, past] = await Promise.all([from, loadPast(store, document, seq)]);
      return readers.restoring(present, past, clientId);
    },
    contributions: (document, visitor) =>
      few.run(document, () =>
        readContributions(store, (...asked) => readers.contributions(...asked), document, visitor),
      ),
    erase: async (document, visitor) => {
      minutes.forget(document);
      await erase(store, document, visitor, Date.now());
      minutes.forget(document);
    },
    head: async (document) => {
      const [[row]] = await store.read(documentRow(document));
      if (!row) throw new Refusal("unknown-workshop");
      return row.head;
    },
    changed: async (document) => {
      const [[at]] = await store.read(newestEntryAt(document));
      if (at === undefined) throw new Refusal("unknown-workshop");
      return new Date(at);
    },
    compact: snapshot,
    get writing() {
      return store.state;
    },
    lost: store.loss?.commits ?? 0,
    get waiting() {
      return { units: store.waiting, since: store.waitingSince };
    },
    onCommit: (listener) => store.onCommit(listener),
    onWriting: (listener) => store.onState(listener),
  };
};
