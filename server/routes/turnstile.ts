/** One after the other: what many want at the same moment is done a little in each turn of the event loop. */

export class Turnstile {
  /** First whoever has passed in this turn. */
  readonly #row: (() => void)[] = [];

  /** Calls back once it is their turn; at once where nobody has passed in this one. */
  pass(enter: () => void): void {
    this.#row.push(enter);
    if (this.#row.length === 1) this.#next();
  }

  #next(): void {
    setImmediate(() => {
      this.#row.shift();
      if (this.#row.length > 0) this.#next();
    });
    this.#row[0]?.();
  }
}
