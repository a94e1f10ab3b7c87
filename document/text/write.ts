/** The five writes a rich text knows: insert words, insert a break, format, delete, set a break's attributes. */
import type * as Y from "yjs";
import { MARKS, type Marks, type Prose } from "../../minutes/value.ts";
import {
  ATTRIBUTE_KEYS,
  DEFAULTS,
  NO_MARKS,
  readMark,
  sameMarks,
  withMark,
  type Attributes,
  type MarkKey,
} from "./attributes.ts";
import {
  contentOf,
  forgetMarkers,
  isBreak,
  isLive,
  liveLength,
  nextItem,
  firstItem,
  placeBreak,
  placeFormat,
  placeWords,
  previousItem,
  removeItem,
  setEntry,
  splitItem,
  type Item,
} from "./internals.ts";
import { positionsOf, type Positions } from "./positions.ts";

/** Words as they may be stored: well-formed (P8), without NUL, and on one line, since a newline would be a break. */
export const storable = (words: string): string =>
  // oxlint-disable-next-line no-control-regex -- NUL is what no database keeps
  words.toWellFormed().replaceAll("\0", "\uFFFD").replaceAll(/[\n\r]/gu, " ");

/** Writes to one text within one transaction. Indexes count characters (UTF-16) and breaks alike. */
export class Writer {
  readonly #transaction: Y.Transaction;
  readonly #text: Y.Text;
  readonly #positions: Positions;

  constructor(transaction: Y.Transaction, text: Y.Text) {
    this.#transaction = transaction;
    this.#text = text;
    this.#positions = positionsOf(text);
    forgetMarkers(text);
  }

  get length(): number {
    return this.#text.length;
  }

  /** Inserts words carrying exactly `marks`, whatever stands around them. */
  insertText(index: number, words: string, marks: Marks = NO_MARKS): void {
    const stored = storable(words);
    if (stored === "") return;
    const spot = this.#gap(index).toSorted((a, b) => distance(a.marks, marks) - distance(b.marks, marks))[0] as Spot;
    let left = spot.left;
    for (const key of differing(spot.marks, marks)) left = this.#format(left, key, marks[key] ?? null);
    left = this.#placed(placeWords(this.#transaction, this.#text, left, stored));
    for (const key of differing(spot.marks, marks)) left = this.#format(left, key, spot.marks[key] ?? null);
  }

  /** Inserts a break. Marks in effect end before it and begin again after it (P2). */
  insertBreak(index: number, attributes: Attributes = DEFAULTS): void {
    const spot = this.#gap(index).toSorted((a, b) => distance(a.marks, NO_MARKS) - distance(b.marks, NO_MARKS))[0] as Spot;
    let left = spot.left;
    for (const key of differing(spot.marks, NO_MARKS)) left = this.#format(left, key, null);
    const item = placeBreak(this.#transaction, this.#text, left);
    left = this.#placed(item);
    for (const key of ATTRIBUTE_KEYS) if (attributes[key] !== DEFAULTS[key]) setEntry(item, key, attributes[key]);
    for (const key of differing(spot.marks, NO_MARKS)) left = this.#format(left, key, spot.marks[key] ?? null);
  }

  /** Sets a mark on a range, or takes it off with null; line by line, for marks end at every break. */
  format(index: number, length: number, key: MarkKey, value: true | string | null): void {
    const wanted = value === null ? null : readMark(key, value);
    const to = Math.min(this.#outward(index + length, 1), this.length);
    let rest = to - this.#outward(index, -1);
    if (rest <= 0) return;
    let left = this.#cut(to - rest);
    let meant = this.#marksAfter(left)[key] ?? null;
    let open = false;
    // What others meant is followed in `meant`; what the text says is `wanted` from the first unit to the last.
    while (rest > 0) {
      const item: Item | null = left === null ? firstItem(this.#text) : nextItem(left);
      if (item === null) break;
      if (isLive(item)) {
        const content = contentOf(item);
        const length = liveLength(item);
        if (content.is === "format" && content.key === key) {
          removeItem(this.#transaction, item);
          this.#positions.touch(item);
          if (!open) this.#before(item);
          meant = content.value;
        } else if (content.is === "break") {
          if (open && meant !== wanted) left = this.#format(left, key, meant);
          meant = null;
          open = false;
          rest -= 1;
        } else if (length > 0) {
          const newline = content.is === "words" ? content.words.indexOf("\n") : -1;
          const part = newline === -1 ? length : newline === 0 ? 1 : newline;
          const words = Math.min(part, rest);
          if (words < length) {
            this.#positions.touch(splitItem(this.#transaction, item, words));
          }
          if (newline === 0) {
            if (open && meant !== wanted) left = this.#format(left, key, meant);
            meant = null;
            open = false;
          } else if (!open) {
            const before = this.#marksAfter(left)[key] ?? null;
            if (before !== wanted) this.#format(left, key, wanted);
            open = true;
          }
          rest -= words;
        }
      }
      left = item;
    }
    if (open && meant !== wanted && !this.#saysNext(left, key)) this.#format(left, key, meant);
  }
}
