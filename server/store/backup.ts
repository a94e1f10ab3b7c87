/** A backup: the tables as they were at one moment, and the key beside them, sealed into one file. */
import { closeSync, openSync, rmSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { defect, type Defect } from "./defect.ts";
import { digestTables, type TableDigest } from "./digest.ts";
import type { Row } from "./driver.ts";
import { openReader, type Reader } from "./reader.ts";
import { BACKUP_ID, databasePath, pragma, syncEntry } from "./sqlite-file.ts";

/** 8 MB at a time: often enough to be told how far it is. */
const PAGES = 2048;

export type Progress = (done: number, total: number) => void;

export interface Seal {
  /** When the copied state was current. */
  made: Date;
  /** The version of the program that made it. */
  program: string;
  /** The text of the key file. */
  key: string;
}

/** Whatever SQLite may leave beside a file that was being written. */
export const removeAside = (path: string): void => {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(path + end, { force: true });
};

/**
 * Copies the tables of `dataDir`, as they are now, into the new file `target`, whoever writes to them meanwhile.
 * Holding one state from the first page to the last, it neither starts again at every commit nor misses one that was
 * acknowledged before. Throws CannotOpen, and what SQLite and the disk throw.
 */
export const copyTables = async (dataDir: string, target: string, progress: Progress): Promise<void> => {
  const source = openReader(databasePath(dataDir));
  try {
    // It will hold the key: nobody else may read it, not even while it grows.
    closeSync(openSync(target, "wx", 0o600));
    await backup(source.db, target, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages),
    });
  } finally {
    source.close();
  }
};

/** Makes a finished backup of a copy: one file, its fingerprints and its key in it, on disk. */
export const seal = (target: string, { made, program, key }: Seal): void => {
  const db = new DatabaseSync(target);
  try {
    db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN");
    const digests = digestTables(db);
    db.exec(`CREATE TABLE backup (made INTEGER NOT NULL, program TEXT NOT NULL, key TEXT NOT NULL) STRICT;
      CREATE TABLE backup_tables (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;`);
    db.prepare("INSERT INTO backup VALUES (?, ?, ?)").run(made.getTime(), program, key);
    const insert = db.prepare("INSERT INTO backup_tables VALUES (?, ?, ?)");
    for (const { name, rows, digest } of digests) insert.run(name, rows, digest);
    // Last: what is not sealed to the end is not a backup.
    db.exec(`PRAGMA application_id = ${BACKUP_ID}; COMMIT`);
    if (pragma(db, "journal_mode") !== "delete") throw new Error("The copy could not be made a single file.");
  } finally {
    db.close();
  }
  syncEntry(target);
};

/** What a backup says about itself. Throws what SQLite throws where it is not whole. */
export const sealOf = ({ db }: Reader): Seal => {
  const row = db.prepare("SELECT made, program, key FROM backup").get() as unknown as Row | undefined;
  if (!row) throw new Error("The backup says nothing about itself.");
  return { made: new Date(Number(row["made"])), program: String(row["program"]), key: String(row["key"]) };
};

/** Whether a backup still holds what was put in it, table by table. */
export const checkSeal = (reader: Reader): Defect[] => {
  const recorded = reader.db
    .prepare("SELECT name, rows, digest FROM backup_tables")
    .all() as unknown as readonly TableDigest[];
  const found = new Map(digestTables(reader.db).map((table) => [table.name, table]));
  const gone = [...found.keys()].filter((name) => !recorded.some((table) => table.name === name));
  return [
    ...gone.map((name) => defect("backup-unsealed", `table ${name}`, "was not in the backup when it was made")),
    ...recorded.flatMap(({ name, rows, digest }) => {
      const now = found.get(name);
      if (!now) return [defect("backup-unsealed", `table ${name}`, "was in the backup when it was made")];
      if (now.digest === digest && now.rows === rows) return [];
      return [
        defect("table-changed", `table ${name}`, `held ${rows} rows when it was made, and not these ${now.rows}`),
      ];
    }),
  ];
};
