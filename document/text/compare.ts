/** What a transaction changed in a text, found by walking the items around each change: `event.delta` writes (P3). */
import type * as Y from "yjs";
import type { Marks } from "../../minutes/value.ts";
import { DEFAULTS, NO_MARKS, sameMarks, withMark, type Attributes } from "./attributes.ts";
import {
  changedItems,
  contentOf,
  firstItem,
  isBreak,
  isLive,
  nextItem,
  previousItem,
  wasLive,
  type Item,
} from "./internals.ts";
import { positionsOf } from "./positions.ts";

/** One stretch of the walk. Kept breaks and marks say how they stand now, changed or not. */
type Stretch =
  | { did: "keep"; length: number }
  | { did: "mark"; length: number; marks: Marks }
  | { did: "keep-break"; attributes: Attributes }
  | { did: "delete"; length: number }
  | { did: "insert"; words: string; marks: Marks }
  | { did: "insert-break"; attributes: Attributes };

/** Whole lines around some changes: where they began before the transaction, and what became of them. */
export interface Region {
  from: number;
  stretches: Stretch[];
}

/** Above this, the whole text is walked. */
const FOLLOWED = 500;

/**
 * Compares a text before and after a transaction. Only while the transaction's observers run.
 * @returns the changed regions from left to right, or undefined when half a character stands at an edge (P8): then
 * only reading the whole text tells the truth.
 */
export const compare = (text: Y.Text, transaction: Y.Transaction): Region[] | undefined => {
  const changed = changedItems(text, transaction, FOLLOWED);
  if (!changed) {
    const walk = new Walk(transaction);
    walk.run(firstItem(text), undefined);
    return walk.risky ? undefined : [{ from: 0, stretches: walk.stretches }];
  }
  const positions = positionsOf(text);
  const ordered = [...changed].map((item) => ({ item, index: positions.indexOf(item) }));
  ordered.sort((a, b) => a.index - b.index);
  const regions: Region[] = [];
  let grown = 0;
  for (const { item } of ordered) {
    if (!changed.has(item)) continue;
    const anchor = anchorOf(item, transaction);
    const start = anchor === null ? 0 : positions.indexOf(anchor) + 1;
    const walk = new Walk(transaction);
    walk.run(anchor === null ? firstItem(text) : nextItem(anchor), changed);
    if (walk.risky) return undefined;
    regions.push({ from: start - grown, stretches: walk.stretches });
    grown += walk.grown;
  }
  return regions;
};

/** The nearest break to the left that was there before and still is: formats begin anew after it, in both views. */
const anchorOf = (item: Item, transaction: Y.Transaction): Item | null => {
  let at = previousItem(item);
  while (at !== null && !(isLive(at) && isBreak(at) && wasLive(at, transaction))) at = previousItem(at);
  return at;
};

class Walk {
  readonly stretches: Stretch[] = [];
  /** By how much the text is longer than before. */
  grown = 0;
  risky = false;
  readonly #transaction: Y.Transaction;
  #before = NO_MARKS;
  #after = NO_MARKS;
  /** The last unit of the words before, where another stretch may begin. */
  #edge = "";

  constructor(transaction: Y.Transaction) {
    this.#transaction = transaction;
  }

  /** Walks to the first break that stood and stands, visiting `changed`; to the end of the text without it. */
  run(start: Item | null, changed: Set<Item> | undefined): void {
    for (let item = start; item !== null; item = nextItem(item)) {
      changed?.delete(item);
      const was = wasLive(item, this.#transaction);
      const is = isLive(item);
      if (!was && !is) continue;
      const content = contentOf(item);
      if (content.is === "format") {
        if (was) this.#before = withMark(this.#before, content.key, content.value);
        if (is) this.#after = withMark(this.#after, content.key, content.value);
      } else if (content.is === "break") {
        this.#break(content.attributes, was, is);
        if (was && is && changed) return;
      } else if (content.is === "words") {
        for (const [i, piece] of content.words.split("\n").entries()) {
          if (i > 0) this.#break(DEFAULTS, was, is);
          this.#words(piece, was, is);
        }
      } else if (content.is === "other") this.#words("\uFFFC".repeat(item.length), was, is);
    }
  }

  #break(attributes: Attributes, was: boolean, is: boolean): void {
    if (was !== is) this.risky ||= splits(this.#edge, "");
    this.#edge = "";
    if (was) this.#before = NO_MARKS;
    if (is) this.#after = NO_MARKS;
    if (was && is) this.stretches.push({ did: "keep-break", attributes });
    else if (is) this.stretches.push({ did: "insert-break", attributes });
    else this.#deleted(1);
    this.grown += Number(is) - Number(was);
  }

  #words(words: string, was: boolean, is: boolean): void {
    if (words === "") return;
    const { length } = words;
    this.risky ||= splits(this.#edge, words.charAt(0));
    this.grown += (Number(is) - Number(was)) * length;
    const last = this.stretches.at(-1);
    const marks = this.#after;
    if (was && is) {
      const same = sameMarks(this.#before, marks);
      if (same && last?.did === "keep") last.length += length;
      else if (!same && last?.did === "mark" && sameMarks(last.marks, marks)) last.length += length;
      else this.stretches.push(same ? { did: "keep", length } : { did: "mark", length, marks });
    } else if (is) {
      if (last?.did === "insert" && sameMarks(last.marks, marks)) last.words += words;
      else this.stretches.push({ did: "insert", words, marks });
    } else this.#deleted(length);
    this.#edge = words.charAt(length - 1);
  }

  #deleted(length: number): void {
    const last = this.stretches.at(-1);
    if (last?.did === "delete") last.length += length;
    else this.stretches.push({ did: "delete", length });
  }
}

/** Whether half a pair, or what half a pair became, stands where two items meet. */
const splits = (left: string, right: string): boolean =>
  left !== "" && (/[\uD800-\uDBFF\uFFFD]/u.test(left) || /[\uDC00-\uDFFF\uFFFD]/u.test(right));
