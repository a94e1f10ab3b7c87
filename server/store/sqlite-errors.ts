/** What an error of SQLite means for the work that met it. */

export const BUSY = 5;
const ERROR = 1;
const CORRUPT = 11;
const CONSTRAINT = 19;
const NOT_A_DATABASE = 26;
/** Our statements name what our tables have: what is called otherwise there has rotted. */
const MISSING = /^no such (?:column|table)|has no column named/;
/** PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL, NOLFS: the disk or the machine, not the data. */
const DISK = new Set([3, BUSY, 6, 7, 8, 10, 13, 14, 15, 22]);

/** SQLite's primary result code, without the detail in the upper bits; undefined for any other error. */
export const primaryCode = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;

export const isDisk = (error: unknown): boolean => DISK.has(primaryCode(error) ?? -1);
export const isConflict = (error: unknown): boolean => primaryCode(error) === CONSTRAINT;
/** What SQLite finds damaged, and what it does not: names and numbers that our tables never held. */
export const isDamage = (error: unknown): boolean =>
  [CORRUPT, NOT_A_DATABASE].includes(primaryCode(error) ?? -1) ||
  (error instanceof Error &&
    ((primaryCode(error) === ERROR && MISSING.test(error.message)) ||
      ("code" in error && error.code === "ERR_OUT_OF_RANGE")));

/** PERM, BUSY, LOCKED, READONLY, CANTOPEN, or no right to look: it was not even read. */
export const isClosed = (error: unknown): boolean =>
  [3, BUSY, 6, 8, 14].includes(primaryCode(error) ?? -1) || (error instanceof Error && "syscall" in error);

/** The message with SQLite's own number, for the server's log. */
export const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && "errcode" in error ? `${message} (SQLite ${String(error.errcode)})` : message;
};
