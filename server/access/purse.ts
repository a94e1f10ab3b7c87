/** What somebody may spend of anything: so much at once, so much over time; by a clock that nobody sets. */

export interface Rate {
  /** What may come at once. */
  burst: number;
  perSecond: number;
}

/** What somebody may spend, filling up again. */
export class Purse {
  readonly #rate: Rate;
  #left: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#left = rate.burst;
    this.#at = now;
  }

  /** Milliseconds until `cost` can be paid; 0: now. A cost beyond the burst waits for a full purse. */
  wait(cost: number, now: number): number {
    const { burst, perSecond } = this.#rate;
    this.#left = Math.min(burst, this.#left + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
    return Math.max(0, Math.ceil(((Math.min(cost, burst) - this.#left) * 1000) / perSecond));
  }

  pay(cost: number): void {
    this.#left -= cost;
  }
}
