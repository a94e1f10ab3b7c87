/** The SQLite file of a data directory: created once, recognised, brought up to date, opened as durable as it claims. */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "./driver.ts";
import { COMMITS_FILE } from "./commits.ts";
import { MIGRATIONS } from "./migrations.ts";
import { isDamage, primaryCode, reasonOf } from "./sqlite-errors.ts";

/** "MNUT": what tells our file from any other SQLite database. */
export const APPLICATION_ID = 0x4d4e5554;
/** "MNUB": a backup, which no server may take for its data: `restore` makes data of it. */
export const BACKUP_ID = 0x4d4e5542;
const FULL = 2;
/** How long to wait for another program that writes to the file, such as a repair by hand. */
const BUSY_MS = 5000;

export const databasePath = (dataDir: string): string => join(dataDir, "minutier.db");

/** Creates the directory where it is missing. Throws CannotOpen when it cannot be used. */
export const prepareDirectory = (dataDir: string): void => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotOpen(
      `The data directory ${dataDir} cannot be read and written (${why}). Check its owner and rights.`,
    );
  }
};

/** What SQLite answers to a pragma. */
export const pragma = (db: DatabaseSync, name: string): unknown =>
  Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];

/** Runs the steps the file has not seen, each in one transaction with its number. */
export const migrate = (db: DatabaseSync): void => {
  for (let version = Number(pragma(db, "user_version")); version < MIGRATIONS.length; version += 1) {
    db.exec("BEGIN IMMEDIATE");
    try {
      db.exec(MIGRATIONS[version] ?? "");
      db.exec(`PRAGMA user_version = ${version + 1}`);
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }
};

/** Sets what durability rests on, and reads it back: a setting that was ignored must stop the start. Throws CannotOpen. */
export const harden = (db: DatabaseSync): void => {
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  // What is deleted is overwritten at once: a name that somebody takes back must not stay in a free page.
  db.exec("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;");
  const [journal, synchronous, keys] = [
    pragma(db, "journal_mode"),
    pragma(db, "synchronous"),
    pragma(db, "foreign_keys"),
  ];
  if (journal === "wal" && synchronous === FULL && keys === 1) return;
  throw new CannotOpen(
    `This SQLite would not keep what it is given (journal_mode=${String(journal)}, synchronous=${String(synchronous)}, ` +
      `foreign_keys=${String(keys)}). Is the data directory on a file system without shared memory?`,
  );
};

/** Opens a file that is there, never creating one. Throws what SQLite throws. */
export const openAs = (path: string, mode: "ro" | "rw"): DatabaseSync =>
  new DatabaseSync(`${pathToFileURL(path).href}?mode=${mode}`, { timeout: BUSY_MS });

/** Looks without touching: whether the file is ours and not newer than this program. */
const recognise = (path: string): void => {
  if (statSync(path).size === 0) {
    throw new CannotOpen(`${path} is empty. This is not how this program leaves it: put a backup back in its place.`);
  }
  const db = openAs(path, "ro");
  try {
    const [application, version] = [pragma(db, "application_id"), Number(pragma(db, "user_version"))];
    if (application === BACKUP_ID) {
      throw new CannotOpen(
        `${path} is a backup: nothing was changed in it. Make data of it with \`minutier restore <file> <directory>\`.`,
      );
    }
    if (application !== APPLICATION_ID) {
      throw new CannotOpen(
        `${path} is a database of another program. Nothing was changed in it; give another DATA_DIR.`,
      );
    }
    if (version > MIGRATIONS.length) {
      throw new CannotOpen(
        `${path} was written by a newer version (data version ${version}, this one knows ${MIGRATIONS.length}). ` +
          "Nothing was changed in it; run that version, or put back the backup made before the upgrade.",
      );
    }
  } finally {
    db.close();
  }
};

/** Makes sure of a file or directory: its bytes, or the names in it, outlive the loss of power. */
export const syncEntry = (path: string): void => {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/**
 * Makes the file aside and moves it in place whole: a start that is killed half-way leaves nothing that looks like data.
 * Refuses beside the remains of another one: an empty database must never take the place of a lost one.
 */
const create = (dataDir: string, path: string): void => {
  const remains = ["key", "minutier.db-wal", COMMITS_FILE].filter((name) => existsSync(join(dataDir, name)));
  if (remains.length > 0) {
    throw new CannotOpen(
      `${path} is missing, but ${remains.join(" and ")} of it is there. Put the database back from a backup; ` +
        "to start afresh, move everything out of the data directory.",
    );
  }
  const aside = `${path}.new`;
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(aside + end, { force: true });
  const db = new DatabaseSync(aside);
  try {
    // The directory may have been made by somebody else; what SQLite puts beside the file follows its rights.
    chmodSync(aside, 0o600);
    // Still without a write-ahead log: closing one ignores a disk that fails, and the file alone would be moved.
    db.exec(`PRAGMA synchronous = FULL; PRAGMA application_id = ${APPLICATION_ID}`);
    migrate(db);
    // But made to have one from here on: turned over in its place, a start that is killed meanwhile would leave a
    // journal that the next one must write to undo, before it knows whose file it is.
    db.exec("PRAGMA journal_mode = WAL");
  } finally {
    db.close();
  }
  renameSync(aside, path);
  syncEntry(dataDir);
};

/** Opens a file that is there, never creating one. Throws what SQLite throws, and CannotOpen. */
export const openExisting = (dataDir: string): DatabaseSync => {
  // SQLite would fall back to reading only, and tell at the first write.
  accessSync(databasePath(dataDir), constants.R_OK | constants.W_OK);
  const db = openAs(databasePath(dataDir), "rw");
  try {
    harden(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Opens the database as `open` does. Throws CannotOpen with what to do. */
const orCannotOpen = (dataDir: string, open: (path: string) => DatabaseSync): DatabaseSync => {
  const path = databasePath(dataDir);
  try {
    return open(path);
  } catch (error) {
    if (error instanceof CannotOpen) throw error;
    if (isDamage(error)) {
      throw new CannotOpen(
        `${path} is damaged or not a database (${reasonOf(error)}). Nothing was changed in it; put a backup back.`,
      );
    }
    if (primaryCode(error) === undefined && !(error instanceof Error && "code" in error)) throw error;
    throw new CannotOpen(`${path} cannot be opened for reading and writing: ${reasonOf(error)}.`);
  }
};

/** Opens the database at the start of a process, creating and migrating it. Throws CannotOpen with what to do. */
export const openDatabase = (dataDir: string): DatabaseSync =>
  orCannotOpen(dataDir, (path) => {
    if (existsSync(path)) recognise(path);
    else create(dataDir, path);
    const db = openExisting(dataDir);
    try {
      // What an owner that was killed left in the log may never have reached the platter: nothing is built upon it
      // before it has.
      db.exec("PRAGMA wal_checkpoint(FULL)");
      migrate(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });

/** Empties the write-ahead log; false while another process needs what is in it. Nobody waits: others want to write. */
export const emptyLog = (db: DatabaseSync): boolean => {
  db.exec("PRAGMA busy_timeout = 0");
  try {
    return pragma(db, "wal_checkpoint(TRUNCATE)") !== 1;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
};

/** Opens the database that this process has opened already, to read. Throws CannotOpen with what to do. */
export const openReading = (dataDir: string): DatabaseSync =>
  orCannotOpen(dataDir, () => {
    const db = openExisting(dataDir);
    db.exec("PRAGMA query_only = ON");
    return db;
  });
