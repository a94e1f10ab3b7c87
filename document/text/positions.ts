/** Where things stand in a long text: chunk lengths kept per text, so that finding a place walks a chunk, not the text. */
import type * as Y from "yjs";
import { listen } from "../listen.ts";
import {
  busyWith,
  changedItems,
  firstItem,
  isMerged,
  liveLength,
  nextItem,
  previousItem,
  type Item,
} from "./internals.ts";

/** Between two items (`inside` undefined: right after `left`), or within one. */
export interface Place {
  left: Item | null;
  inside?: { item: Item; offset: number };
}

/** A stretch of items up to the next chunk's first. The first chunk has none: it begins wherever the text does. */
interface Chunk {
  first: Item | null;
  length: number;
}

const CHUNK = 256;
/** Above this, counting everything again is cheaper than following the changes. */
const FOLLOWED = 1000;

/** The cache of one text. It is never trusted beyond what the text itself confirms: the sum must be its length. */
export class Positions {
  readonly #text: Y.Text;
  #chunks: Chunk[] = [];
  #byFirst = new Map<Item, Chunk>();
  readonly #touched = new Set<Chunk>();
  #known = false;
  /** The transaction in which all first items of chunks stood in the text: Yjs merges items when it is over, not before. */
  #pruned: Y.Transaction | null = null;

  constructor(text: Y.Text) {
    this.#text = text;
    listen(text, "change", (_event: Y.YTextEvent, transaction: Y.Transaction) => this.#follow(transaction));
  }

  /** The place of unit `index`: right after the unit before it, so left of any markers that stand between. */
  find(index: number): Place {
    if (index <= 0) return { left: null };
    this.#settle();
    let rest = index;
    let chunk: Chunk | undefined;
    for (chunk of this.#chunks) {
      if (rest <= chunk.length) break;
      rest -= chunk.length;
    }
    let last: Item | null = null;
    for (let item = this.#start(chunk); item !== null; item = nextItem(item)) {
      const length = liveLength(item);
      if (length > rest) return { left: item, inside: { item, offset: rest } };
      rest -= length;
      last = item;
      if (rest === 0 && length > 0) break;
    }
    return { left: last };
  }

  /** How many units stand before an item. */
  indexOf(item: Item): number {
    this.#settle();
    let index = 0;
    let before = item;
    for (;;) {
      const chunk = this.#byFirst.get(before);
      if (chunk) return index + this.#before(chunk);
      const left = previousItem(before);
      if (left === null) return index;
      before = left;
      index += liveLength(before);
    }
  }

  /** Counts everything again at the next question. */
  forget(): void {
    this.#known = false;
  }

  /** Told of every item placed, cut or removed by our own hand, before the transaction ends. */
  touch(item: Item): void {
    if (!this.#known) return;
    this.#prune();
    this.#touched.add(this.#chunkOf(item));
  }

  #follow(transaction: Y.Transaction): void {
    if (!this.#known) return;
    const changed = changedItems(this.#text, transaction, FOLLOWED);
    if (!changed) this.forget();
    else for (const item of changed) this.touch(item);
  }

  #start(chunk: Chunk | undefined): Item | null {
    return chunk?.first ?? firstItem(this.#text);
  }

  #before(chunk: Chunk): number {
    let sum = 0;
    for (const other of this.#chunks) {
      if (other === chunk) break;
      sum += other.length;
    }
    return sum;
  }

  #chunkOf(item: Item): Chunk {
    for (let at: Item | null = item; at !== null; at = previousItem(at)) {
      const chunk = this.#byFirst.get(at);
      if (chunk) return chunk;
    }
    return this.#chunks[0] as Chunk;
  }

  /** A chunk whose first item Yjs has merged away belongs to the chunk before it. */
  #prune(): void {
    const busy = this.#text.doc && busyWith(this.#text.doc);
    if (busy && busy === this.#pruned) return;
    this.#pruned = busy;
    for (let i = this.#chunks.length - 1; i > 0; i -= 1) {
      const chunk = this.#chunks[i] as Chunk;
      const first = chunk.first as Item;
      if (!isMerged(first)) continue;
      const before = this.#chunks[i - 1] as Chunk;
      before.length += chunk.length;
      this.#byFirst.delete(first);
      this.#chunks.splice(i, 1);
      if (this.#touched.delete(chunk)) this.#touched.add(before);
    }
  }

  #settle(): void {
    if (this.#known) {
      this.#prune();
      for (const chunk of this.#touched) this.#count(chunk);
      this.#touched.clear();
      let sum = 0;
      for (const chunk of this.#chunks) sum += chunk.length;
      if (sum === this.#text.length) return;
    }
    this.#byFirst.clear();
    this.#touched.clear();
    this.#chunks = [{ first: null, length: 0 }];
    this.#count(this.#chunks[0] as Chunk);
    this.#known = true;
  }

  /** Counts one chunk by walking it, and cuts it where it has grown too long. */
  #count(counted: Chunk): void {
    let chunk = counted;
    let at = this.#chunks.indexOf(counted);
    const end = this.#chunks[at + 1]?.first ?? null;
    const grown: Chunk[] = [];
    let steps = 0;
    chunk.length = 0;
    for (let item = this.#start(chunk); item !== end && item !== null; item = nextItem(item)) {
      if (steps >= 2 * CHUNK || (steps >= CHUNK && end === null)) {
        chunk = { first: item, length: 0 };
        grown.push(chunk);
        this.#byFirst.set(item, chunk);
        steps = 0;
      }
      chunk.length += liveLength(item);
      steps += 1;
    }
    if (grown.length > 0) this.#chunks.splice((at += 1), 0, ...grown);
  }
}

const caches = new WeakMap<Y.Text, Positions>();

/** The one cache of a text, made on first use. */
export const positionsOf = (text: Y.Text): Positions => {
  let positions = caches.get(text);
  if (!positions) caches.set(text, (positions = new Positions(text)));
  return positions;
};
