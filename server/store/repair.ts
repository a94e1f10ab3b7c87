/** Data of which some workshops are damaged, made whole: those from a backup, the others as they are, in a file of their own. */
import { randomInt } from "node:crypto";
import { existsSync, linkSync, renameSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { Refusal } from "../../document/refusal.ts";
import { removeAside } from "./backup.ts";
import { acknowledgedCommits } from "./commits.ts";
import { CannotOpen, type Row, type Statement } from "./driver.ts";
import { addEntry, documentIds } from "./entries.ts";
import { WORKSHOP_TABLES } from "./erase.ts";
import { lockDirectory } from "./lock.ts";
import { openReader, rowsOf, type Reader } from "./reader.ts";
import { makeData, type Making } from "./restore.ts";
import { isConflict, isDamage } from "./sqlite-errors.ts";
import { databasePath, openDatabase, syncEntry } from "./sqlite-file.ts";

/** What can be said of a log; all of it throws what SQLite throws where rows cannot be read. */
interface Logs {
  isWhole: (reader: Pick<Reader, "rows">, workshop: string) => boolean;
  /** What a workshop says now, as one update; undefined where that cannot be read whole. */
  stateOf: (db: DatabaseSync, workshop: string) => Promise<Uint8Array | undefined>;
}

const EPOCHS = 2 ** 48 - 1;

export interface Repairing extends Pick<Making, "erase" | "progress"> {
  dataDir: string;
  logs: Logs;
  /** Throws where the file that was made is not whole: then nothing is changed. */
  verify: (file: string) => void;
}

/** What became of the workshops. */
export interface Repaired {
  /** Nothing of them was damaged, or the backup had what was. */
  kept: string[];
  /** They say what they said; their history had a hole that the backup cannot fill, and begins anew. */
  begun: string[];
  /** They are as the backup has them. */
  restored: string[];
  /** Damaged, and not in the backup: only the damaged file holds what is left of them. */
  missing: string[];
  /** Where the damaged file is now. */
  damaged: string;
}

type Rows = Map<string, Row[]>;

/** SQLite says so, or whoever reads a row and finds something else in it than the tables say. */
const isRotten = (error: unknown): boolean => isDamage(error) || error instanceof Refusal;

/** What `read` gives; undefined where what it reads is damaged. */
const orDamaged = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (isRotten(error)) return undefined;
    throw error;
  }
};

const all = (db: DatabaseSync, text: string, ...values: (string | number)[]): Row[] =>
  db.prepare(text).all(...values) as unknown as Row[];

const LOG = ["documents", "entries", "snapshots", "versions"];

/** What tables hold of a workshop, its log apart. */
const around = (db: DatabaseSync, workshop: string): Rows =>
  new Map(
    WORKSHOP_TABLES.filter(([table]) => !LOG.includes(table)).map(([table, column]) => {
      // An index may be what is damaged: then it would hide rows.
      const from = table === "clients" ? table : `${table} NOT INDEXED`;
      return [table, all(db, `SELECT * FROM ${from} WHERE ${column} = ?`, workshop)];
    }),
  );

const documentOf = (db: DatabaseSync, workshop: string): Row[] =>
  all(db, "SELECT * FROM documents NOT INDEXED WHERE id = ?", workshop);

/** The log of a workshop as the data have it. */
const logOf = (db: DatabaseSync, workshop: string): Rows =>
  new Map([
    ["documents", documentOf(db, workshop)],
    ["entries", all(db, "SELECT * FROM entries WHERE document = ?", workshop)],
    ["snapshots", all(db, "SELECT * FROM snapshots NOT INDEXED WHERE document = ?", workshop)],
    ["versions", all(db, "SELECT * FROM versions WHERE document = ?", workshop)],
  ]);

/** The same with all that a backup of the same epoch has; no entry ever changes. */
const joined = (db: DatabaseSync, backup: DatabaseSync, workshop: string): Rows | undefined => {
  const [[now], [then]] = [documentOf(db, workshop), documentOf(backup, workshop)];
  if (!now || !then || now["epoch"] !== then["epoch"]) return undefined;
  const earlier = all(backup, "SELECT * FROM entries WHERE document = ?", workshop);
  const later = all(db, "SELECT * FROM entries WHERE document = ? AND seq > ?", workshop, Number(then["head"]));
  return new Map([
    ["documents", [now]],
    ["entries", [...earlier, ...later]],
    ["versions", all(db, "SELECT * FROM versions WHERE document = ?", workshop)],
  ]);
};

/** Puts the rows of a workshop in the place of those that are there. */
const put = (db: DatabaseSync, workshop: string, tables: Rows): void => {
  for (const [table, column] of WORKSHOP_TABLES) db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(workshop);
  for (const [table] of WORKSHOP_TABLES.toReversed()) {
    for (const row of tables.get(table) ?? []) {
      const columns = Object.keys(row);
      const places = columns.map(() => "?").join(", ");
      db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`).run(...Object.values(row));
    }
  }
};

/** A log without entries yet, under an epoch nobody knows, for the first of them to be written. */
const emptyLog = (workshop: string): Rows =>
  new Map([["documents", [{ id: workshop, epoch: randomInt(EPOCHS), head: 0 }]]]);

/** Mends one workshop in `db`, which holds it as the backup has it; tells how. */
const mend = async (
  db: DatabaseSync,
  { data, source, logs }: { data: Reader; source: Reader; logs: Logs },
  workshop: string,
): Promise<"kept" | "begun" | "restored"> => {
  const before = around(db, workshop);
  const now = await orDamaged(() => around(data.db, workshop));
  /** With what stands around the log now, or where that has rotted too, as the backup has it. */
  const fits = (log: Rows | undefined, entry: readonly Statement[] = []): boolean =>
    log !== undefined &&
    [now, before].some((others) => {
      if (!others) return false;
      db.exec("SAVEPOINT mending");
      try {
        put(db, workshop, new Map([...others, ...log]));
        for (const statement of entry) rowsOf(db, statement);
        if (logs.isWhole({ rows: (statement) => rowsOf(db, statement) }, workshop)) {
          db.exec("RELEASE mending");
          return true;
        }
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
      db.exec("ROLLBACK TO mending; RELEASE mending");
      return false;
    });
  if (fits(await orDamaged(() => logOf(data.db, workshop)))) return "kept";
  if (fits(await orDamaged(() => joined(data.db, source.db, workshop)))) return "kept";
  const bytes = await orDamaged(() => logs.stateOf(data.db, workshop));
  const first = bytes && addEntry(workshop, { at: Date.now(), visitor: null, bytes });
  return first && fits(emptyLog(workshop), first) ? "begun" : "restored";
};

/**
 * Mends the damaged workshops of `dataDir` with the backup that `source` reads: entries that rotted are taken from it; a
 * workshop that can still be read begins anew with what it says; any other is as the backup has it. Everything is made
 * in another file, verified there, and takes its place at once; the damaged file stays beside it under another name.
 * Links that were withdrawn and names that were erased since stay so. Throws CannotOpen, and what SQLite and `verify` throw.
 */
export const repairTables = async (source: Reader, repairing: Repairing): Promise<Repaired> => {
  const { dataDir, logs, verify } = repairing;
  const path = databasePath(dataDir);
  const lock = lockDirectory(dataDir);
  let reader: Reader | undefined;
  const aside = `${path}.new`;
  try {
    // Takes in the log: two files cannot change places at once.
    openDatabase(dataDir).close();
    if (existsSync(`${path}-wal`)) throw new CannotOpen(`Another program has ${path} open. Nothing was changed.`);
    const data = openReader(path);
    reader = data;
    const there = data.rows(documentIds());
    const inBackup = source.rows(documentIds());
    const done: Record<"kept" | "begun" | "restored", string[]> = { kept: [], begun: [], restored: [] };
    await makeData(source, aside, { ...repairing, keepEpochs: false, newer: data }, async (db) => {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, in one transaction
      for (const workshop of there) done[await mend(db, { data, source, logs }, workshop)].push(workshop);
      const left = rowsOf(db, documentIds());
      done.restored = left.filter((workshop) => !done.kept.includes(workshop) && !done.begun.includes(workshop));
      db.prepare("UPDATE commits SET n = max(n, ?)").run(acknowledgedCommits(dataDir) ?? 0);
    });
    verify(aside);
    const damaged = `${path}.damaged-${new Date().toISOString().replaceAll(":", "")}`;
    linkSync(path, damaged);
    renameSync(aside, path);
    syncEntry(dataDir);
    const seen = [...done.kept, ...done.begun, ...inBackup];
    return { ...done, missing: there.filter((workshop) => !seen.includes(workshop)), damaged };
  } catch (error) {
    removeAside(aside);
    if (!isRotten(error)) throw error;
    throw new CannotOpen(
      `So much of ${path} is damaged that it cannot be repaired in part. Nothing was changed: ` +
        "restore the backup to an empty directory.",
    );
  } finally {
    reader?.close();
    lock.close();
  }
};
