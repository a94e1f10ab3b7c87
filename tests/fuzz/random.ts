/** A small seeded generator, so that a failing run can be named. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761) >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** In [0, below). */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** How many seeds to run: more when asked for by SEEDS, from the first one on. */
export const seeds = (fewer: number): number[] =>
  Array.from({ length: Number(process.env["SEEDS"] ?? fewer) }, (_, i) => i + 1 + Number(process.env["FIRST"] ?? 0));

/** The seed of one check: that named by FIRST, or another in each run; it is printed, so that a run that fails can be had again. */
export const newSeed = (id: string): number => {
  const seed = Number(process.env["FIRST"] ?? Date.now() % 1_000_000);
  process.stdout.write(`${id} seed ${seed} (again with FIRST=${seed})\n`);
  return seed;
};
