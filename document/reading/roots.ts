/** The root types of a document, asked for without trust: whoever came first may have made them something else. */
import * as Y from "yjs";
import { sequenceOf } from "../text/internals.ts";
import { wordsOf } from "./words.ts";

/** Roots as a reader meets them; remembers which were read, so that nothing is dropped in silence. */
export class Roots {
  readonly doc: Y.Doc;
  readonly #read = new Set<string>();

  constructor(doc: Y.Doc) {
    this.doc = doc;
  }

  /** Undefined where there is none, or where this program made it another type. */
  text(name: string): Y.Text | undefined {
    const type = this.#typed(name, Y.Text);
    if (!(type instanceof Y.Text)) return undefined;
    this.#read.add(name);
    return type;
  }

  /** A map that somebody else accounts for, or will. */
  peek(name: string): Y.Map<unknown> | undefined {
    const type = this.#typed(name, Y.Map);
    return type instanceof Y.Map ? type : undefined;
  }

  /** A map that also holds a sequence is left for `unread`: a foreign hand took it for a text or a list. */
  map(name: string): Y.Map<unknown> | undefined {
    const type = this.peek(name);
    if (type !== undefined && sequenceOf(type).length === 0) this.#read.add(name);
    return type;
  }

  isRead(name: string): boolean {
    return this.#read.has(name);
  }

  /** Says that a root is hidden with the section it belongs to. */
  skip(name: string): void {
    this.#read.add(name);
  }

  /** Names of the roots that hold words nobody has read, in the order of their names. */
  unread(): string[] {
    return [...this.doc.share.keys()].filter((name) => !this.#read.has(name)).toSorted();
  }

  /** The words of a root of any type; of a map that was read, those of its sequence. */
  words(name: string, onlySequence: boolean): string {
    const type = this.doc.share.get(name);
    return type === undefined ? "" : wordsOf(onlySequence ? sequenceOf(type).map(({ value }) => value) : type);
  }

  /** Asking for a root that is not there would make one; a root known only from bytes has no type yet. */
  #typed(name: string, kind: typeof Y.Text | typeof Y.Map): unknown {
    const type = this.doc.share.get(name);
    if (type === undefined || type.constructor !== Y.AbstractType) return type;
    return kind === Y.Text ? this.doc.getText(name) : this.doc.getMap(name);
  }
}
