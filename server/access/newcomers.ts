/** How many may come into a workshop for the first time, and how often each comes again: more than a hall does, not without end. */
import { Refusal } from "../../document/refusal.ts";
import { Purse, type Rate } from "./purse.ts";

/** Each stays in the list that everybody is told, and a name among the participants of the minutes. */
const FIRST: Rate = { burst: 2_000, perSecond: 1 };
/** Each is given the minutes and the list, and a Yjs client id that stays. */
const AGAIN: Rate = { burst: 200, perSecond: 1 };
/** Beyond it, whoever was used longest ago is forgotten. */
const REMEMBERED = 10_000;

export class Newcomers {
  readonly #first: Rate;
  readonly #again: Rate;
  readonly #purses = new Map<string, Purse>();

  constructor({ first = FIRST, again = AGAIN } = {}) {
    this.#first = first;
    this.#again = again;
  }

  /**
   * One more comes. `through`: the link they share with others; for the code, and the links it gives to each, the workshop.
   * Throws Refusal `too-many-tries`; whoever has been there before, and whoever has another link, comes in all the same.
   */
  take(through: string): void {
    this.#pay(through, this.#first);
  }

  /** One who is known comes again, whatever link they come through. Throws Refusal `too-many-tries`. */
  takeAgain(workshop: string, visitor: string): void {
    this.#pay(`${workshop} ${visitor}`, this.#again);
  }

  #pay(whose: string, rate: Rate): void {
    const now = performance.now();
    const purse = this.#purses.get(whose) ?? new Purse(rate, now);
    this.#purses.delete(whose);
    this.#purses.set(whose, purse);
    const [oldest] = this.#purses.keys();
    if (this.#purses.size > REMEMBERED && oldest !== undefined) this.#purses.delete(oldest);
    if (purse.wait(1, now) > 0) throw new Refusal("too-many-tries");
    purse.pay(1);
  }
}
