/** The seam under the one SQL implementation: what a database has to offer, and nothing about what is kept in it. */

export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;

/** One SQL statement with `?` places, and how each of its rows becomes a `T`. */
export interface Statement<T = unknown> {
  sql: string;
  values: readonly Value[];
  row: (row: Row) => T;
  /** The unit fails with `MissingRow` unless this statement gives at least one row. */
  needed?: true;
}

/** Rows for each statement of a unit, in its order. */
export type Results<S extends readonly Statement[]> = {
  -readonly [K in keyof S]: S[K] extends Statement<infer T> ? T[] : never;
};

/** Whether the disk takes what it is given. `reason` is for the log of the server, never for people. */
export type Writing = { writing: true } | { writing: false; since: number; reason: string };

/** What is missing of what was acknowledged. */
export interface Loss {
  commits: number;
  /** A sentence for the host. */
  says: string;
}

export interface Driver {
  /**
   * Runs the statements as one unit: all of them or none. Resolves when they would survive the loss of power;
   * every unit that waits shares one commit. Throws Refusal `not-saving` when the disk did not take it,
   * MissingRow and ConflictingRow when the rows did not allow it: then only this unit is undone.
   */
  write<const S extends readonly Statement[]>(...statements: S): Promise<Results<S>>;
  /** Runs the statements on one consistent state, which holds every unit already resolved. Throws Refusal `unavailable`. */
  read<const S extends readonly Statement[]>(...statements: S): Promise<Results<S>>;
  /**
   * Leaves nothing of what was deleted in the write-ahead log. False while another process looks at an older state, such
   * as a backup: then it is to be asked again. Throws Refusal `not-saving`.
   */
  forget(): Promise<boolean>;
  readonly state: Writing;
  /** Calls back on every change of `state` from now on. Returns what stops it. */
  onState(listener: (state: Writing) => void): () => void;
  /** Commits what waits, then lets go of the data. */
  close(): Promise<void>;
  /** What the start found to be missing of what was acknowledged; undefined when nothing is. */
  readonly loss: Loss | undefined;
  /** How many commits were made since the start: what the tests of group commit and the metrics count. */
  readonly commits: number;
  /** How many units wait for a commit. */
  readonly waiting: number;
  /** Since when, in milliseconds, the oldest unit waits that is not on disk yet; undefined when all are. */
  readonly waitingSince: number | undefined;
  /** Calls back after every commit with how long the disk took, in seconds, and how many units it was for. */
  onCommit(listener: (seconds: number, units: number) => void): () => void;
}

/** Where units are read and written: a driver, or a transaction of one's own. */
export type Desk = Pick<Driver, "read" | "write">;

/** A statement that had to find a row found none; its unit was undone. */
export class MissingRow extends Error {
  constructor() {
    super("A row that had to be there was not.");
    this.name = "MissingRow";
  }
}

/** A unit met a uniqueness or reference rule of the tables; it was undone. */
export class ConflictingRow extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "ConflictingRow";
  }
}

/** The data directory or what is in it cannot be used; the message says why and what to do. */
export class CannotOpen extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotOpen";
  }
}
