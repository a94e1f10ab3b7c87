/** What a person may demand: a workshop or a name gone, from the rows, the free pages and the files beside them. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { lockDirectory } from "./lock.ts";
import { openReader } from "./reader.ts";
import { databasePath, openDatabase } from "./sqlite-file.ts";

const WORKSHOP_TABLES = [
  ["entries", "document"],
  ["snapshots", "document"],
  ["clients", "workshop"],
  ["visitors", "workshop"],
  ["links", "workshop"],
  ["workshops", "id"],
  ["documents", "id"],
] as const;

/** Stands where a visitor would: the whole workshop was erased. */
export const EVERYBODY = "";

/** Notes that something was erased, so that no older backup brings it back: ids, never a name. */
export const registerErasure = (db: DatabaseSync, workshop: string, visitor: string, at: number): void => {
  db.prepare(
    "INSERT INTO erasures (workshop, visitor, at) VALUES (?, ?, ?) ON CONFLICT (workshop, visitor) DO NOTHING",
  ).run(workshop, visitor, at);
};

/** Removes everything of a workshop. */
export const eraseRows = (db: DatabaseSync, workshop: string): void => {
  for (const [table, column] of WORKSHOP_TABLES) db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(workshop);
};

/** Forgets a document's log, so that a first entry can be written anew: under another epoch, for nobody to merge into. */
export const beginAnew = (db: DatabaseSync, document: string, epoch: number): void => {
  db.prepare("DELETE FROM entries WHERE document = ?").run(document);
  db.prepare("DELETE FROM snapshots WHERE document = ?").run(document);
  db.prepare("UPDATE documents SET head = 0, epoch = ? WHERE id = ?").run(epoch, document);
};

/**
 * Runs `erase` in one transaction on the data of a server that does not run, then rewrites the file, so that nothing
 * of what was deleted stays in a free page or in the write-ahead log. Throws CannotOpen, and what SQLite throws.
 */
export const erasing = <T>(dataDir: string, erase: (db: DatabaseSync) => T): T => {
  // A place without data is refused, not begun.
  openReader(databasePath(dataDir)).close();
  const lock = lockDirectory(dataDir);
  try {
    const db = openDatabase(dataDir);
    try {
      // In memory: what is rewritten must not pass through a file elsewhere.
      db.exec("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; BEGIN IMMEDIATE");
      let result: T;
      try {
        result = erase(db);
        db.exec("COMMIT");
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
      db.exec("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
      return result;
    } finally {
      db.close();
    }
  } finally {
    lock.close();
  }
};

/** The ways a name may be written in a file: as it is, in the other width, and as programs escape it. */
const writings = (words: string): Buffer[] => {
  const wide = Buffer.from(words, "utf16le");
  const escaped = Array.from({ length: words.length }, (_, i) => words.charCodeAt(i))
    .map((unit) => (unit < 128 ? String.fromCharCode(unit) : `\\u${unit.toString(16).padStart(4, "0")}`))
    .join("");
  return [Buffer.from(words), Buffer.from(escaped), wide, Buffer.from(wide).swap16()];
};

/** The files of a directory that hold the words somewhere in their bytes, whatever SQLite thinks of them. */
export const filesHolding = (dataDir: string, words: string): string[] => {
  const sought = writings(words);
  return readdirSync(dataDir)
    .map((name) => join(dataDir, name))
    .filter((path) => statSync(path).isFile())
    .filter((path) => {
      const bytes = readFileSync(path);
      return sought.some((writing) => bytes.includes(writing));
    });
};
