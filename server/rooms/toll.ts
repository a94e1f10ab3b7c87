/** What a link may make everybody look through, over time: each update within its limit, a thousand of them are not. */
import { Refusal } from "../../document/refusal.ts";
import { Purse, type Rate } from "../access/purse.ts";

/** Steps as `Sequence` counts them; a hundredth of a second's work for each second. */
const STEPS: Rate = { burst: 2_000_000, perSecond: 40_000 };
/** People who meet at one place, also after a day without a network, cause fewer: they never pay. */
const FREE = 1_000;
/** Beyond it, whoever paid longest ago is forgotten: their purse has filled up since. */
const REMEMBERED = 1_000;

export class Toll {
  readonly #purses = new Map<string, Purse>();

  /** Throws Refusal `too-many-tries` where a link has nothing left to pay `steps` with. */
  take(link: string, steps: number): void {
    if (steps <= FREE) return;
    const now = performance.now();
    const purse = this.#purses.get(link) ?? new Purse(STEPS, now);
    this.#purses.delete(link);
    this.#purses.set(link, purse);
    const [oldest] = this.#purses.keys();
    if (this.#purses.size > REMEMBERED && oldest !== undefined) this.#purses.delete(oldest);
    if (purse.wait(steps, now) > 0) throw new Refusal("too-many-tries");
    purse.pay(steps);
  }
}
