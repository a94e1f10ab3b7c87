/** Answers of the disk that need not be asked for again: this process alone writes it, so it knows when they change. */

/** Of those asked for last; whatever else is asked for again. */
const MOST = 5_000;

interface Answer<T> {
  /** The workshop it is about. */
  about: string;
  answer: T;
}

export class Remembered<T> {
  readonly #answers = new Map<string, Answer<T>>();
  /** Counts changes of whatever workshop. */
  #changes = 0;

  /** What is remembered under `key`, or what `ask` finds; undefined is not remembered. Throws what `ask` throws. */
  async get(key: string, ask: () => Promise<Answer<T> | undefined>): Promise<T | undefined> {
    const known = this.#answers.get(key);
    if (known) return known.answer;
    const before = this.#changes;
    const found = await ask();
    // What the disk said before a change may arrive after it.
    if (found && before === this.#changes) this.#keep(key, found);
    return found?.answer;
  }

  /** Runs what changes a workshop on disk; once it is there, or was tried, everything of the workshop is asked for again. */
  async changing<R>(workshop: string, change: () => Promise<R>): Promise<R> {
    try {
      return await change();
    } finally {
      this.forget(workshop);
    }
  }

  forget(workshop: string): void {
    this.#changes += 1;
    for (const [key, answer] of this.#answers) if (answer.about === workshop) this.#answers.delete(key);
  }

  #keep(key: string, answer: Answer<T>): void {
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
  }
}
