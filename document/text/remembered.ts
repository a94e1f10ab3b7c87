/** What was read once is not read again: what changes in a text replaces the lines it changed, and no others. */
import * as Y from "yjs";
import type { Block, Prose } from "../../minutes/value.ts";
import { listen } from "../listen.ts";
import {
  changedItems,
  changedTypes,
  firstItem,
  isBreak,
  isLatest,
  isLive,
  nextItem,
  previousItem,
  type Item,
} from "./internals.ts";
import { blockOf, readText, rowsFrom } from "./read.ts";

/** Above this, reading the whole text is cheaper than following the changes. */
const FOLLOWED = 500;
/** A line of more items than this is read only when somebody asks. */
const FAR = 5000;

/** A text as it was read: its lines, the item that ends each, and what was given for them. */
interface Reading {
  blocks: Block[];
  ends: (Item | null)[];
  /** Those of them that are items. */
  known: Set<Item | null>;
  /** Never changed once it was given away. */
  prose: Prose | undefined;
}

/** What one document's texts read as, and the records it holds. */
class Memory {
  readonly #readings = new WeakMap<Y.Text, Reading>();
  readonly #records = new WeakMap<object, unknown>();
  readonly #doc: Y.Doc;
  #seen: Y.Transaction | undefined;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    listen(doc, "beforeObserverCalls", (transaction: Y.Transaction) => this.#follow(transaction));
  }

  /** Within a transaction, or between one and what its observers write, nobody can say what has changed: then it is read. */
  read(text: Y.Text): Prose {
    if (!isLatest(this.#doc, this.#seen)) return readText(text);
    const reading = this.#readings.get(text) ?? this.#learn(text);
    return (reading.prose ??= [...reading.blocks]);
  }

  record<T>(entry: Y.Map<unknown>, make: () => T): T {
    if (!isLatest(this.#doc, this.#seen)) return make();
    if (!this.#records.has(entry)) this.#records.set(entry, make());
    return this.#records.get(entry) as T;
  }

  #learn(text: Y.Text): Reading {
    const rows = rowsFrom(firstItem(text), null, true);
    const blocks = rows.map(({ line }) => blockOf(line));
    const ends = rows.map(({ end }) => end);
    const reading: Reading = { blocks, ends, known: new Set(ends.filter((end) => end !== null)), prose: undefined };
    this.#readings.set(text, reading);
    return reading;
  }

  #follow(transaction: Y.Transaction): void {
    this.#seen = transaction;
    for (const type of changedTypes(transaction)) {
      if (type instanceof Y.Map) this.#records.delete(type);
      const reading = type instanceof Y.Text ? this.#readings.get(type) : undefined;
      if (!reading) continue;
      const text = type as Y.Text;
      const changed = changedItems(text, transaction, FOLLOWED);
      if (!changed || !replaceLines(reading, text, changed)) this.#readings.delete(text);
    }
  }
}

/** Reads the lines again that hold these items; false where that is too much to do before anybody asks. */
const replaceLines = (reading: Reading, text: Y.Text, changed: ReadonlySet<Item>): boolean => {
  const { blocks, ends } = reading;
  // As they stood before: what this transaction brought in is read with what surrounds it.
  const { known } = reading;
  const come: (Item | null)[] = [];
  const done = new Set<Item | null>();
  reading.prose = undefined;
  for (const item of changed) {
    const left = neighbour(item, previousItem, known);
    const right = isKnownEnd(item, known) ? item : neighbour(item, nextItem, known);
    if (left === undefined || right === undefined) return false;
    // Two items between the same ends are read together.
    if (done.has(right)) continue;
    done.add(right);
    const from = left === null ? 0 : ends.indexOf(left) + 1;
    const to = right === null ? ends.length : ends.indexOf(right) + 1;
    const start = left === null ? firstItem(text) : nextItem(left);
    const rows = rowsFrom(start, right, left === null && right === null);
    blocks.splice(from, to - from, ...rows.map(({ line }) => blockOf(line)));
    const gone = ends.splice(from, to - from, ...rows.map(({ end }) => end));
    for (const end of gone) if (end !== right) known.delete(end);
    come.push(...rows.map(({ end }) => end));
  }
  for (const end of come) if (end !== null) known.add(end);
  return true;
};

/** A break that stood when its text was read, and still stands. */
const isKnownEnd = (item: Item, known: ReadonlySet<Item | null>): boolean =>
  known.has(item) && isLive(item) && isBreak(item);

/** The nearest such break on one side: null where there is none, undefined where it is too far. */
const neighbour = (
  item: Item,
  next: (item: Item) => Item | null,
  known: ReadonlySet<Item | null>,
): Item | null | undefined => {
  let at = next(item);
  for (let steps = 0; at !== null && !isKnownEnd(at, known); steps += 1) {
    if (steps >= FAR) return undefined;
    at = next(at);
  }
  return at;
};

const memories = new WeakMap<Y.Doc, Memory>();

/** From now on the texts of `doc` are remembered by `readOnce`: for documents that are looked at again and again. */
export const rememberTexts = (doc: Y.Doc): void => {
  if (!memories.has(doc)) memories.set(doc, new Memory(doc));
};

/** The value of a rich text, as `readText` gives it; of a remembered document the very same one until it changes. */
export const readOnce = (text: Y.Text): Prose => (text.doc && memories.get(text.doc)?.read(text)) ?? readText(text);

/** What `make` gives for a record, the one thing that is ever made of it; of a remembered document the very same until something changes in it. */
export const recordOnce = <T>(entry: Y.Map<unknown>, make: () => T): T => {
  const memory = entry.doc && memories.get(entry.doc);
  return memory ? memory.record(entry, make) : make();
};
