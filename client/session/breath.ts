/** Lets a page breathe: what others do is taken in and drawn in a part of its time only, however slow it is and however much they do. */

/** Nothing waits longer than this for it. */
const LONGEST_MS = 250;

export class Breath {
  readonly #rest: number;
  #until = 0;

  /** `rest`: how many times as long as something took, with the frame that showed it, nothing more is taken in. */
  constructor(rest: number) {
    this.#rest = rest;
  }

  /** Whether more may be taken in at once. */
  get rested(): boolean {
    return performance.now() >= this.#until;
  }

  /** Calls `run` once, later, when it has rested. Gives what calls it off. */
  after(run: () => void): () => void {
    const latest = performance.now() + LONGEST_MS;
    const look = (): void => {
      const left = Math.min(this.#until, latest) - performance.now();
      if (left <= 0) run();
      else timer = setTimeout(look, left);
    };
    let timer = setTimeout(look);
    return () => clearTimeout(timer);
  }

  /** Takes something in, and rests from it. */
  spend(take: () => void): void {
    const begun = performance.now();
    take();
    const spent = performance.now() - begun;
    this.#restFrom(spent);
    if (typeof document === "undefined") return;
    // A page that nobody sees draws nothing, and its clocks may come a minute late: it takes everything at once.
    if (document.visibilityState === "hidden") {
      this.#until = 0;
      return;
    }
    requestAnimationFrame(() => {
      const frame = performance.now();
      setTimeout(() => this.#restFrom(spent + performance.now() - frame));
    });
  }

  #restFrom(spent: number): void {
    this.#until = performance.now() + this.#rest * spent;
  }
}
