/** Tells a room the same kind of news once in a while: the first at once, of those that follow only the last. */

/** Short enough to seem live; long enough that a whole room arriving together is told in a few words. */
const INTERVAL_MS = 1000;

export class Calm<News> {
  readonly #tell: (workshop: string, news: News) => void;
  /** The workshops told within the interval, and what they are to be told after it. */
  readonly #told = new Map<string, News | undefined>();

  constructor(tell: (workshop: string, news: News) => void) {
    this.#tell = tell;
  }

  /** `news` says everything there is to say: what is passed over was said by what comes after it. */
  say(workshop: string, news: News): void {
    if (this.#told.has(workshop)) {
      this.#told.set(workshop, news);
      return;
    }
    this.#told.set(workshop, undefined);
    this.#tell(workshop, news);
    const later = (): void => {
      const last = this.#told.get(workshop);
      this.#told.delete(workshop);
      if (last !== undefined) this.say(workshop, last);
    };
    setTimeout(later, INTERVAL_MS).unref();
  }
}
