/** How large each document has become, and when that has to be said: a document must stay openable on a phone. */

import type { Size } from "../../document/signal.ts";

interface Limits {
  near: number;
  full: number;
}

/** Some six hundred printed pages of heavily rewritten text; a phone takes seconds to open them. */
const LIMITS: Limits = { near: 6 * 1024 * 1024, full: 8 * 1024 * 1024 };
/** So much may have been written and deleted again before it is looked at. */
const UNSURE = 256 * 1024;
const MOST_REMEMBERED = 10_000;

export class Sizes {
  readonly #limits: Limits;
  /** Never less than the bytes of a snapshot: what was deleted since the last one still counts. */
  readonly #bytes = new Map<string, number>();
  /** What each was when it was last looked at. */
  readonly #settled = new Map<string, number>();
  readonly #listeners = new Set<(document: string, size: Size) => void>();

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
  }

  /** What is known of a document that is open. */
  of(document: string): Size {
    const bytes = this.#bytes.get(document) ?? 0;
    return bytes >= this.#limits.full ? "full" : bytes >= this.#limits.near ? "near" : "ample";
  }

  /** How many bytes it is taken for; 0 while nothing is known of it. */
  bytes(document: string): number {
    return this.#bytes.get(document) ?? 0;
  }

  /** So many bytes more; true where a look at what they really make is due, for what was deleted counts here. */
  grow(document: string, bytes: number): boolean {
    const now = this.bytes(document) + bytes;
    this.#set(document, now);
    return this.of(document) !== "ample" && now - (this.#settled.get(document) ?? 0) > UNSURE;
  }

  /** It has been looked at. */
  settle(document: string, bytes: number): void {
    this.#settled.set(document, bytes);
    this.#set(document, bytes);
  }

  /** Calls back when a document comes into another size. `listener` must not throw. Returns what stops it. */
  onChange(listener: (document: string, size: Size) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(document: string, bytes: number): void {
    const before = this.of(document);
    this.#bytes.delete(document);
    this.#bytes.set(document, bytes);
    const [oldest] = this.#bytes.keys();
    if (this.#bytes.size > MOST_REMEMBERED && oldest !== undefined) {
      this.#bytes.delete(oldest);
      this.#settled.delete(oldest);
    }
    const after = this.of(document);
    if (after !== before) for (const listener of this.#listeners) listener(document, after);
  }
}
