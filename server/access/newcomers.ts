/** How many may come into a workshop for the first time: far more than a hall holds, and not without end. */
import { Refusal } from "../../document/refusal.ts";
import { Purse, type Rate } from "./purse.ts";

/** Each stays in the list that everybody is told, and a name among the participants of the minutes. */
const RATE: Rate = { burst: 2_000, perSecond: 1 };
/** Beyond it, whoever was used longest ago is forgotten. */
const REMEMBERED = 1_000;

export class Newcomers {
  readonly #rate: Rate;
  readonly #purses = new Map<string, Purse>();

  constructor(rate = RATE) {
    this.#rate = rate;
  }

  /**
   * One more comes. `through`: the link they share with others; for the code, and the links it gives to each, the workshop.
   * Throws Refusal `too-many-tries`; whoever has been there before, and whoever has another link, comes in all the same.
   */
  take(through: string): void {
    const now = performance.now();
    const purse = this.#purses.get(through) ?? new Purse(this.#rate, now);
    this.#purses.delete(through);
    this.#purses.set(through, purse);
    const [oldest] = this.#purses.keys();
    if (this.#purses.size > REMEMBERED && oldest !== undefined) this.#purses.delete(oldest);
    if (purse.wait(1, now) > 0) throw new Refusal("too-many-tries");
    purse.pay(1);
  }
}
