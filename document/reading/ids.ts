/** Ids as a value may carry them: a foreign hand may have chosen none, or one of a megabyte. */

const LONGEST = 200;

/** The ids of one list of a value: unique, and short enough to be parsed again. */
export class Ids {
  readonly #given = new Map<string, string>();
  #odd = 0;

  /** The id itself wherever possible; the same answer for the same id. */
  of(id: string): string {
    const given = this.#given.get(id);
    if (given !== undefined) return given;
    const shown = usable(id) ? id : this.fresh();
    this.#given.set(id, shown);
    return shown;
  }

  /** An id for what has none. */
  fresh(): string {
    this.#odd += 1;
    return `~${this.#odd}`;
  }
}

/** Whether a value can carry this id as it is. Those we hand out for others begin with "~". */
export const usable = (id: string): boolean => id !== "" && id.length <= LONGEST && !/^~\d+$/.test(id);
