/** One process per data directory, and per name of a backup: locks that the kernel gives back whatever way the process ends. */
import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "./driver.ts";
import { BUSY, primaryCode, reasonOf } from "./sqlite-errors.ts";

/**
 * Takes `dataDir` for this process; the connection it returns holds it until it is closed.
 * A file with a process number would survive kill -9 and lie; a lock on an open file cannot.
 * Throws CannotOpen when another process has it, or when nothing can be locked there.
 */
export const lockDirectory = (dataDir: string): DatabaseSync => {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(dataDir, "lock"), { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock?.close();
    throw new CannotOpen(
      primaryCode(error) === BUSY
        ? `Another process is using the data directory ${dataDir}. Stop it first, or give this one another DATA_DIR.`
        : `The data directory ${dataDir} cannot be locked: ${reasonOf(error)}. Check its owner, rights and free space.`,
    );
  }
};

const inodeAt = (path: string): bigint | undefined => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;

/**
 * Takes the name `path`, where nothing is but what an earlier claim left, until it is let go of, which removes it.
 * Undefined: another process has it. Throws what the disk throws.
 */
export const claimName = (path: string): { letGo: () => void } | undefined => {
  closeSync(openSync(path, "a", 0o600));
  const before = inodeAt(path);
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (primaryCode(error) === BUSY) return undefined;
    throw error;
  }
  // Whoever had it removes it before letting go: what was locked may bear the name no more, and another file does.
  if (before === undefined || inodeAt(path) !== before) {
    lock.close();
    return undefined;
  }
  return {
    letGo: () => {
      rmSync(path, { force: true });
      lock.close();
    },
  };
};
