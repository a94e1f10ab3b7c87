/** The five writes a rich text knows: insert words, insert a break, format, delete, set a break's attributes. */
import type * as Y from "yjs";
import type { Marks } from "../../minutes/value.ts";
import { ATTRIBUTE_KEYS, DEFAULTS, NO_MARKS, readMark, type Attributes, type MarkKey } from "./attributes.ts";
import { differing, marksAfter, nearest, spotsAfter, type Spot } from "./gaps.ts";
import {
  contentOf,
  firstItem,
  forgetMarkers,
  isLive,
  liveLength,
  nextItem,
  placeBreak,
  placeFormat,
  placeWords,
  removeItem,
  setEntry,
  splitItem,
  type Item,
} from "./internals.ts";
import { positionsOf, type Positions } from "./positions.ts";
import { isBreakAt, unitAt } from "./units.ts";

/** Words as they may be stored: well-formed (P8), without NUL, and on one line, since a newline would be a break. */
export const storable = (words: string): string =>
  words
    .toWellFormed()
    .replaceAll("\0", "\uFFFD")
    .replaceAll(/[\n\r]/gu, " ");

/** Writes to one text within one transaction. Indexes count characters (UTF-16) and breaks alike. */
export class Writer {
  readonly #transaction: Y.Transaction;
  readonly #text: Y.Text;
  readonly #positions: Positions;

  /** `text` must already stand in the transaction's document. */
  constructor(transaction: Y.Transaction, text: Y.Text) {
    this.#transaction = transaction;
    this.#text = text;
    this.#positions = positionsOf(text);
    forgetMarkers(text);
  }

  /** Inserts words carrying exactly `marks`, whatever stands around them. */
  insertText(index: number, words: string, marks: Marks = NO_MARKS): void {
    const stored = storable(words);
    if (stored === "") return;
    this.#wrapped(nearest(this.#spots(index), marks), marks, (left) =>
      this.#placed(placeWords(this.#transaction, this.#text, left, stored)),
    );
  }

  /** Inserts a break. Marks in effect end before it and begin again after it (P2). */
  insertBreak(index: number, attributes: Attributes = DEFAULTS): void {
    this.#wrapped(nearest(this.#spots(index), NO_MARKS), NO_MARKS, (left) => {
      const item = this.#placed(placeBreak(this.#transaction, this.#text, left));
      for (const key of ATTRIBUTE_KEYS) if (attributes[key] !== DEFAULTS[key]) setEntry(item, key, attributes[key]);
      return item;
    });
  }

  /** Sets a mark on a range, or takes it off with null; line by line, for marks end at every break. */
  format(index: number, length: number, key: MarkKey, value: true | string | null): void {
    const wanted = value === null ? null : readMark(key, value);
    const to = this.#whole(Math.min(index + length, this.#text.length), 1);
    let from = this.#whole(index, -1);
    for (let at = from; at <= to; at += 1) {
      if (at < to && !isBreakAt(this.#text, at)) {
        at = Math.min(to, this.#endOfWords(at)) - 1;
        continue;
      }
      if (at > from) this.#formatRun(from, at - from, key, wanted);
      from = at + 1;
    }
  }

  /** Deletes a range. What followed it on its line keeps its marks, also when a break goes (P2). */
  delete(index: number, length: number): void {
    const from = this.#whole(index, -1);
    let rest = this.#whole(Math.min(index + length, this.#text.length), 1) - from;
    if (rest <= 0) return;
    const left = this.#cut(from);
    const end = this.#cut(from + rest);
    const marks = marksAfter(end);
    let item = this.#after(left);
    for (; item !== null && rest > 0; item = nextItem(item)) {
      const units = liveLength(item);
      if (units === 0) continue;
      rest -= units;
      removeItem(this.#transaction, item);
      this.#positions.touch(item);
    }
    const now = marksAfter(end);
    let last = end;
    for (const key of differing(now, marks)) last = this.#mark(last, key, marks[key] ?? null);
  }

  /** Sets entries of the break at `index`; a bare newline there becomes a break of ours. Elsewhere: nothing. */
  setBreak(index: number, attributes: Partial<Attributes>): void {
    const item = unitAt(this.#text, index)?.item;
    const content = item && contentOf(item);
    if (!item || !isBreakAt(this.#text, index)) return;
    if (content?.is !== "break") {
      this.insertBreak(index, { ...DEFAULTS, ...attributes });
      this.delete(index + 1, 1);
      return;
    }
    for (const key of ATTRIBUTE_KEYS) {
      const value = attributes[key];
      if (value === undefined || value === content.attributes[key]) continue;
      setEntry(item, key, value === DEFAULTS[key] ? undefined : value);
    }
  }

  #formatRun(index: number, length: number, key: MarkKey, wanted: true | string | null): void {
    this.#cut(index + length);
    let left = this.#cut(index);
    const before = marksAfter(left)[key] ?? null;
    let meant = before;
    let rest = length;
    let begun = false;
    for (let item = this.#after(left); item !== null && rest > 0; left = item, item = nextItem(item)) {
      const units = liveLength(item);
      const content = contentOf(item);
      if (units > 0 && !begun) {
        begun = true;
        if (before !== wanted) this.#mark(left, key, wanted);
      } else if (isLive(item) && content.is === "format" && content.key === key) {
        // Markers inside the range are overruled; the one after it stays, whoever needs it (a lost end leaks).
        meant = content.value;
        removeItem(this.#transaction, item);
        this.#positions.touch(item);
      }
      rest -= units;
    }
    if (meant !== wanted && !saysNext(left, key)) this.#mark(left, key, meant);
  }

  /** Places something at a spot so that `marks` hold there and nowhere else. */
  #wrapped(spot: Spot, marks: Marks, place: (left: Item | null) => Item): void {
    const keys = differing(spot.marks, marks);
    let left = spot.left;
    for (const key of keys) left = this.#mark(left, key, marks[key] ?? null);
    left = place(left);
    for (const key of keys) left = this.#mark(left, key, spot.marks[key] ?? null);
  }

  #mark(left: Item | null, key: MarkKey, value: true | string | null): Item {
    return this.#placed(placeFormat(this.#transaction, this.#text, left, key, value));
  }

  #placed(item: Item): Item {
    this.#positions.touch(item);
    return item;
  }

  #after(left: Item | null): Item | null {
    return left === null ? firstItem(this.#text) : nextItem(left);
  }

  #spots(index: number): Spot[] {
    return spotsAfter(this.#cut(this.#whole(index, -1)), firstItem(this.#text));
  }

  /** Makes an item end at `index` and gives it: the one that holds the unit before. */
  #cut(index: number): Item | null {
    const { left, inside } = this.#positions.find(index);
    if (inside) this.#positions.touch(splitItem(this.#transaction, inside.item, inside.offset));
    return left;
  }

  /** Where the words at `index` end: at the next newline or with their item. */
  #endOfWords(index: number): number {
    const unit = unitAt(this.#text, index);
    if (!unit) return index + 1;
    const content = contentOf(unit.item);
    const newline = content.is === "words" ? content.words.indexOf("\n", unit.offset) : -1;
    return index - unit.offset + (newline === -1 ? unit.item.length : newline);
  }

  /** P8: an index inside a surrogate pair moves out of it, one way or the other. */
  #whole(index: number, way: 1 | -1): number {
    const { inside } = this.#positions.find(index);
    if (!inside) return index;
    const content = contentOf(inside.item);
    if (content.is !== "words") return index;
    const cuts = /[\uD800-\uDBFF]/u.test(content.words.charAt(inside.offset - 1));
    return cuts && /[\uDC00-\uDFFF]/u.test(content.words.charAt(inside.offset)) ? index + way : index;
  }
}

/** Whether the next thing said about a mark stands before the next unit; then it need not be said twice. */
const saysNext = (left: Item | null, key: MarkKey): boolean => {
  for (let item = left && nextItem(left); item !== null && liveLength(item) === 0; item = nextItem(item)) {
    const content = contentOf(item);
    if (isLive(item) && content.is === "format" && content.key === key) return true;
  }
  return false;
};
