/** One transaction for everything that waits: every unit is all or nothing, and the batch is durable or refused. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { countCommit } from "./commits.ts";
import type { Row, Value } from "./driver.ts";
import { isConflict, isDamage, isDisk, reasonOf } from "./sqlite-errors.ts";

/** A statement as it crosses to the thread: without its function. */
export interface Bare {
  sql: string;
  values: readonly Value[];
  needed?: true;
}

type FailureKind = "missing" | "conflict" | "damage" | "unexpected";

/** What became of one unit. */
export type Outcome = { rows: Row[][] } | { failure: FailureKind; reason: string };

class Missing extends Error {}

/** Prepared statements of a connection, by their text: there are some dozens. */
export type Prepared = (sql: string) => StatementSync;

export const preparing = (db: DatabaseSync): Prepared => {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const found = known.get(sql) ?? db.prepare(sql);
    known.set(sql, found);
    return found;
  };
};

/** Runs statements one after the other. Throws what SQLite throws, or Missing. */
const run = (prepared: Prepared, statements: readonly Bare[]): Row[][] =>
  statements.map(({ sql, values, needed }) => {
    const rows = prepared(sql).all(...values) as unknown as Row[];
    if (needed && rows.length === 0) throw new Missing();
    return rows;
  });

const failureOf = (error: unknown): { failure: FailureKind; reason: string } => {
  if (error instanceof Missing) return { failure: "missing", reason: "" };
  const failure = isConflict(error) ? "conflict" : isDamage(error) ? "damage" : "unexpected";
  return { failure, reason: reasonOf(error) };
};

export interface Committed {
  outcomes: Outcome[];
  /** The number of this commit; undefined where nothing was written, or the database cannot count any more. */
  count: number | undefined;
}

/**
 * Commits the units in one transaction; a unit that the rows forbid is undone alone.
 * Throws when the disk did not take the batch: then nothing of it is there, and nobody may be told otherwise.
 */
export const commit = (db: DatabaseSync, prepared: Prepared, units: readonly (readonly Bare[])[]): Committed => {
  const runUnit = (unit: readonly Bare[]): Outcome => {
    prepared("SAVEPOINT unit").run();
    try {
      const rows = run(prepared, unit);
      prepared("RELEASE unit").run();
      return { rows };
    } catch (error) {
      // After some failures SQLite has already undone the whole transaction: the units before this one are gone too.
      if (isDisk(error) || !db.isTransaction) throw error;
      db.exec("ROLLBACK TO unit; RELEASE unit");
      return failureOf(error);
    }
  };
  try {
    prepared("BEGIN IMMEDIATE").run();
    const outcomes = units.map(runUnit);
    // A unit as well: where its page has rotted, writing goes on uncounted.
    const counted = outcomes.some((outcome) => "rows" in outcome) ? runUnit([countCommit]) : undefined;
    prepared("COMMIT").run();
    const row = counted && "rows" in counted ? counted.rows[0]?.[0] : undefined;
    return { outcomes, count: row && countCommit.row(row) };
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
};

/** Reads the statements on one state of the data. Throws when the disk did not give it. */
export const readTogether = (db: DatabaseSync, prepared: Prepared, statements: readonly Bare[]): Outcome => {
  try {
    db.exec("BEGIN");
    return { rows: run(prepared, statements) };
  } catch (error) {
    if (isDisk(error)) throw error;
    return failureOf(error);
  } finally {
    // There is nothing to commit, and this cannot fail for want of a disk.
    if (db.isTransaction) db.exec("ROLLBACK");
  }
};
