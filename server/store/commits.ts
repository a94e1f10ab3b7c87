/** How many commits were made, in the database and beside it: a start that finds fewer in it than were acknowledged says so. */
import { constants, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { DatabaseSync } from "node:sqlite";
import { numberIn, sql } from "./rows.ts";
import type { Loss, Row, Statement } from "./driver.ts";
import { primaryCode } from "./sqlite-errors.ts";

export const COMMITS_FILE = "minutier.db-commits";
const DIGITS = 15;

/** Goes with every commit, and gives its number. */
export const countCommit: Statement<number> = sql("UPDATE commits SET n = n + 1 RETURNING n", [], (row) =>
  numberIn(row, "n"),
);

const sumOf = (digits: string): string => crc32(digits).toString(16).padStart(8, "0");

/** Always as long: it is written over itself, and a disk that is full has room for it. */
const lineOf = (count: number): string => {
  const digits = String(count).padStart(DIGITS, "0");
  return (
    `${digits} ${sumOf(digits)} commits of minutier.db were acknowledged. ` +
    "While a server runs, the last of them are in minutier.db-wal: never move one without the other.\n"
  );
};

/** What `read` gives, or undefined where the disk or damage prevents it: not to know is no reason to refuse anything. */
const orUnknown = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (primaryCode(error) !== undefined || (error instanceof Error && "syscall" in error)) return undefined;
    throw error;
  }
};

/** How many commits were acknowledged at least; undefined where that is not known. */
export const acknowledgedCommits = (dataDir: string): number | undefined =>
  orUnknown(() => {
    const line = readFileSync(join(dataDir, COMMITS_FILE), "utf8");
    const [, digits = "", sum] = /^(\d+) ([0-9a-f]{8}) /.exec(line) ?? [];
    return sum === sumOf(digits) ? Number(digits) : undefined;
  });

/** How many commits the database holds; undefined where it cannot tell any more. */
const commitsIn = (db: DatabaseSync): number | undefined =>
  orUnknown(() => {
    const row = db.prepare("SELECT n FROM commits").get() as unknown as Row | undefined;
    return row && numberIn(row, "n");
  });

/** What of `acknowledged` commits the database at `path` does not hold; undefined when it holds all. */
export const lossOf = (db: DatabaseSync, path: string, acknowledged: number | undefined): Loss | undefined => {
  if (acknowledged === undefined) return undefined;
  const held = commitsIn(db);
  if (held === undefined || held >= acknowledged) return undefined;
  const commits = acknowledged - held;
  return {
    commits,
    says:
      `${path} holds ${held} commits, but ${acknowledged} were acknowledged: the last ${commits} are missing. ` +
      `The end of ${path}-wal was cut off, changed or taken away, or an older copy was put in its place. ` +
      "Pages that are still open hold what was written in them and send it again: leave them open. " +
      "Look whether a backup holds the rest.",
  };
};

/**
 * Opens the file beside the database; what it returns writes a number into it, after the commit and before anybody is
 * told of it. Not synced: after kill -9 it is exact, after the loss of power it may be too low, and it is never too high.
 */
export const keepCommits = (dataDir: string, db: DatabaseSync): ((count: number | undefined) => void) => {
  const path = join(dataDir, COMMITS_FILE);
  let file: number | undefined;
  const write = (count: number | undefined): void => {
    if (count === undefined) return;
    orUnknown(() => {
      file ??= openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
      writeSync(file, lineOf(count), 0);
    });
  };
  write(commitsIn(db));
  return write;
};
