/** Answers to those who synchronise: one encoding for everybody who asks the same of the same document. */
import * as Y from "yjs";
import { Purse, type Rate } from "../access/purse.ts";
import { SYNC } from "./frames.ts";
import { syncFrame } from "./tick.ts";

/** Different questions that are remembered until the document changes. */
const MOST_ANSWERS = 16;
/** Larger answers are copied for each who asks, rather than kept a second time. */
const MOST_FRAMED = 1024 * 1024;
/** The state vector of whoever knows nothing. */
export const NOTHING = Uint8Array.of(0);
/**
 * Structs that are walked through for answers which nobody has asked for before: a hundred thousand take some thirty
 * milliseconds, and what is deleted is looked for in all of them, an eighth of the work.
 */
const STRUCTS: Rate = { burst: 500_000, perSecond: 100_000 };
const DELETED = 8;
/** Within a millisecond. */
const FREE = 3_000;

const keyOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("latin1");

export class Joining {
  readonly #doc: Y.Doc;
  /** Good until the document changes. */
  readonly #answers = new Map<string, Uint8Array>();
  /** The same in a frame, by address; a large document is not even copied twice. */
  readonly #frames = new Map<string, Uint8Array>();
  #vector: Uint8Array | undefined;
  readonly #purse = new Purse(STRUCTS, performance.now());

  /** `stored`: the bytes the document was just made of; where there is nothing else, they are an answer as they stand. */
  constructor(doc: Y.Doc, stored?: { state?: Uint8Array; updates: readonly Uint8Array[] }) {
    this.#doc = doc;
    if (stored?.state && stored.updates.length === 0) this.#answers.set(keyOf(NOTHING), stored.state);
  }

  /** The document is another than before. */
  changed(): void {
    // At each key: clearing what is empty makes it anew.
    if (this.#answers.size > 0) this.#answers.clear();
    if (this.#frames.size > 0) this.#frames.clear();
    this.#vector = undefined;
  }

  /** What the document knows. */
  vector(): Uint8Array {
    return (this.#vector ??= Y.encodeStateVector(this.#doc));
  }

  /**
   * The same question as all others ask it: whoever says to know what nobody wrote, or more than there is, is told the same as
   * whoever does not. Throws what Yjs throws where it is none.
   */
  asked(vector: Uint8Array): Uint8Array {
    const known = Y.decodeStateVector(vector);
    const common = new Map<number, number>();
    for (const client of this.#doc.store.clients.keys()) {
      const clock = Math.min(known.get(client) ?? 0, Y.getState(this.#doc.store, client));
      if (clock > 0) common.set(client, clock);
    }
    return Y.encodeStateVector(common);
  }

  /** Whether it may be answered at once; what takes long is paid for by everybody in the room together. */
  affords(vector: Uint8Array): boolean {
    if (this.knows(vector)) return true;
    const structs = this.#structsFor(vector);
    if (structs <= FREE) return true;
    if (this.#purse.wait(structs, performance.now()) > 0) return false;
    this.#purse.pay(structs);
    return true;
  }

  #structsFor(vector: Uint8Array): number {
    const known = Y.decodeStateVector(vector);
    let [lacking, all] = [0, 0];
    for (const [client, structs] of this.#doc.store.clients) {
      const clock = known.get(client) ?? 0;
      all += structs.length;
      if (clock === 0) lacking += structs.length;
      else if (clock < Y.getState(this.#doc.store, client)) lacking += structs.length - Y.findIndexSS(structs, clock);
    }
    return lacking + all / DELETED;
  }

  /** Whether an answer is at hand. */
  knows(vector: Uint8Array): boolean {
    return this.#answers.has(keyOf(vector));
  }

  /** The frame with `answer`, for those who are addressed like this. */
  frame(address: string, vector: Uint8Array): Uint8Array {
    const key = `${address}\n${keyOf(vector)}`;
    const frame = this.#frames.get(key) ?? syncFrame(address, SYNC.step2, this.answer(vector));
    if (this.#frames.size < MOST_ANSWERS && frame.length < MOST_FRAMED) this.#frames.set(key, frame);
    return frame;
  }

  /** What whoever knows `vector` lacks. Throws what Yjs throws where it is none. */
  answer(vector: Uint8Array): Uint8Array {
    const key = keyOf(vector);
    const answer = this.#answers.get(key) ?? Y.encodeStateAsUpdate(this.#doc, vector);
    if (this.#answers.size < MOST_ANSWERS) this.#answers.set(key, answer);
    return answer;
  }
}
