/** Answers to those who synchronise: one encoding for everybody who asks the same of the same document. */
import * as Y from "yjs";
import { SYNC } from "./frames.ts";
import { syncFrame } from "./tick.ts";

/** Different questions that are remembered until the document changes. */
const MOST_ANSWERS = 16;
/** Larger answers are copied for each who asks, rather than kept a second time. */
const MOST_FRAMED = 1024 * 1024;
/** The state vector of whoever knows nothing. */
const NOTHING = Uint8Array.of(0);

const keyOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("latin1");

export class Joining {
  readonly #doc: Y.Doc;
  /** Good until the document changes. */
  readonly #answers = new Map<string, Uint8Array>();
  /** The same in a frame, by address; a large document is not even copied twice. */
  readonly #frames = new Map<string, Uint8Array>();
  #vector: Uint8Array | undefined;

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
