/** The mark beside an open database: whoever finds it without the write-ahead log knows that the log was lost. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isDisk } from "./sqlite-errors.ts";

/** Header of a write-ahead log and of its first frame. A log that was written to is longer, however often it begins anew. */
const LEAST = 32 + 24;

const WARNING =
  "minutier.db is in use: what was written last is in minutier.db-wal. Never move one without the other.\n";

const markPath = (dataDir: string): string => join(dataDir, "minutier.db-in-use");

const syncNames = (dataDir: string): void => {
  const directory = openSync(dataDir, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};

/**
 * What to tell the host where the database was not closed and its log is not there; undefined when all is well. Not a
 * reason to stop: whoever looks into the data of a killed server with another program takes the log in, and the start
 * cannot tell that from a loss.
 */
export const missingLog = (dataDir: string, path: string): string | undefined => {
  if (!existsSync(markPath(dataDir))) return undefined;
  const log = `${path}-wal`;
  const length = existsSync(log) ? statSync(log).size : undefined;
  if (length !== undefined && length >= LEAST) return undefined;
  return (
    `${path} was not closed, and ${log}, which held what was written last, is ${length === undefined ? "missing" : "empty"}. ` +
    `Unless another program has opened the data since and taken it in, the last minutes before the end are lost: ` +
    `look whether a backup holds them.`
  );
};

const mark = (dataDir: string, db: DatabaseSync): void => {
  db.exec("INSERT INTO probe (bytes) VALUES (x'00'); DELETE FROM probe;");
  const file = openSync(markPath(dataDir), "w", 0o600);
  try {
    writeSync(file, WARNING);
  } finally {
    closeSync(file);
  }
  syncNames(dataDir);
};

const forget = (dataDir: string): void => {
  if (!existsSync(markPath(dataDir))) return;
  rmSync(markPath(dataDir));
  syncNames(dataDir);
};

/** Runs what a failing disk may prevent without harm to anybody. */
const ifItCan = (attempt: () => void): void => {
  try {
    attempt();
  } catch (error) {
    if (!isDisk(error) && !(error instanceof Error && "syscall" in error)) throw error;
  }
};

/**
 * Takes in what an owner that was killed left in the log: it may never have reached the platter, and nothing may be
 * built upon it before it has. Throws what SQLite and the disk throw.
 */
export const takeInLog = (dataDir: string, db: DatabaseSync): void => {
  db.exec("PRAGMA wal_checkpoint(FULL)");
  forget(dataDir);
};

/**
 * Sets the mark, once there is something in the log: from here on the log is never empty until it is closed. A disk
 * that is full goes without: reading must still be possible.
 */
export const markInUse = (dataDir: string, db: DatabaseSync): void => ifItCan(() => mark(dataDir, db));

/** Closes the last connection of its owner, with which SQLite removes the log: the mark goes first, or else right after. */
export const closeInUse = (dataDir: string, path: string, db: DatabaseSync): void => {
  ifItCan(() => forget(dataDir));
  if (db.isOpen) db.close();
  if (!existsSync(`${path}-wal`)) ifItCan(() => forget(dataDir));
};
