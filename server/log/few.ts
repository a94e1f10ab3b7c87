/** A few at a time for each document: what is read into memory whole, and then waits for its turn to be made into something. */
import { Refusal } from "../../document/refusal.ts";

/** One is read from the disk while another is made. */
const AT_ONCE = 2;
/** Who comes after so many waits for nothing: by then they have hung up. */
const MOST_WAITING = 64;

export class Few {
  /** How many are in hand, by document; none that has none. */
  readonly #inHand = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();
  #waitingInAll = 0;

  /** Does `act` when fewer than two of that document are in hand. Throws what `act` throws, and Refusal `busy`. */
  async run<T>(document: string, act: () => Promise<T>): Promise<T> {
    const inHand = this.#inHand.get(document) ?? 0;
    if (inHand < AT_ONCE) this.#inHand.set(document, inHand + 1);
    else await this.#turn(document);
    try {
      return await act();
    } finally {
      this.#done(document);
    }
  }

  #turn(document: string): Promise<void> {
    if (this.#waitingInAll >= MOST_WAITING) throw new Refusal("busy");
    this.#waitingInAll += 1;
    return new Promise((resolve) => {
      this.#waiting.set(document, [...(this.#waiting.get(document) ?? []), resolve]);
    });
  }

  /** Whoever waits takes the place of what is done. */
  #done(document: string): void {
    const [next, ...others] = this.#waiting.get(document) ?? [];
    if (others.length > 0) this.#waiting.set(document, others);
    else this.#waiting.delete(document);
    if (next) {
      this.#waitingInAll -= 1;
      next();
      return;
    }
    const left = (this.#inHand.get(document) ?? 1) - 1;
    if (left > 0) this.#inHand.set(document, left);
    else this.#inHand.delete(document);
  }
}
