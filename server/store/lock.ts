/** One process per data directory: a lock that the kernel gives back whatever way the process ends. */
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
