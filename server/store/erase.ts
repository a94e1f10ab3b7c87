/** What a person may demand: a workshop or a name gone, from the rows, the free pages and the files beside them. */
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Statement } from "./driver.ts";
import { lockDirectory } from "./lock.ts";
import { needed, numberIn, sql, textIn, themselves } from "./rows.ts";
import { openDatabase } from "./sqlite-file.ts";

/** What holds rows of a workshop, and in which column its id stands; what refers to others before them. */
export const WORKSHOP_TABLES = [
  ["versions", "document"],
  ["entries", "document"],
  ["snapshots", "document"],
  ["stages", "workshop"],
  ["clients", "workshop"],
  ["visitors", "workshop"],
  ["links", "workshop"],
  ["workshops", "id"],
  ["documents", "id"],
] as const;

/** Stands where a visitor would: the whole workshop was erased. */
export const EVERYBODY = "";
/** Whose the client ids of the server are, and those that nobody may use again. */
const SERVER = "";

/** Notes that something was erased, so that no older backup brings it back: ids, never a name. */
export const registerErasure = (workshop: string, visitor: string, at: number): Statement =>
  sql("INSERT INTO erasures (workshop, visitor, at) VALUES (?, ?, ?) ON CONFLICT (workshop, visitor) DO NOTHING", [
    workshop,
    visitor,
    at,
  ]);

/** Whose names were erased from a workshop; EVERYBODY among them where it was erased whole. */
export const erasedVisitors = (workshop: string): Statement<string> =>
  sql("SELECT visitor FROM erasures WHERE workshop = ?", [workshop], (row) => textIn(row, "visitor"));

/** Those of them whose rows stand in the order of their keys: no index leads to another's. */
const ORDERED: readonly string[] = ["versions", "entries", "clients"];

const deleting = (table: string, column: string, id: string): Statement =>
  ORDERED.includes(table)
    ? sql(`DELETE FROM ${table} WHERE ${column} = ?`, [id])
    : sql(`DELETE FROM ${table} WHERE ${themselves(table, [column], { many: true })}`, [id, id]);

/** Removes everything of a workshop. */
export const eraseRows = (workshop: string): Statement[] =>
  WORKSHOP_TABLES.map(([table, column]) => deleting(table, column, workshop));

/** Takes the name and the organisation of a visitor out of the register. */
export const unname = (workshop: string, visitor: string): Statement =>
  sql(`UPDATE visitors SET name = '', organisation = '' WHERE ${themselves("visitors", ["workshop", "id"])}`, [
    workshop,
    visitor,
    workshop,
    visitor,
  ]);

export const relabel = (link: string, label: string): Statement =>
  sql(`UPDATE links SET label = ? WHERE ${themselves("links", ["id"])}`, [label, link, link]);

/**
 * Forgets a document's log, so that a first entry can be written anew: under another epoch, for nobody to merge into.
 * The unit fails unless the log is still the one of `before`. What a program still holds of the past it can no longer
 * send: nobody may use the client ids of before.
 */
export const beginAnew = (
  document: string,
  before: { head: number; epoch: number },
  epoch: number,
): readonly Statement[] => [
  needed(
    sql(
      `UPDATE documents SET head = 0, epoch = ? WHERE ${themselves("documents", ["id"])} AND head = ? AND epoch = ? RETURNING head`,
      [epoch, document, document, before.head, before.epoch],
      (row) => numberIn(row, "head"),
    ),
  ),
  sql("DELETE FROM versions WHERE document = ?", [document]),
  sql("DELETE FROM entries WHERE document = ?", [document]),
  deleting("snapshots", "document", document),
  sql("UPDATE clients SET visitor = ? WHERE workshop = ?", [SERVER, document]),
];

/**
 * Rewrites the file of a server that does not run, so that nothing is left in it that an earlier version deleted without
 * overwriting it. Throws CannotOpen, and what SQLite throws.
 */
export const rewriteFile = (dataDir: string): void => {
  const lock = lockDirectory(dataDir);
  try {
    const db = openDatabase(dataDir);
    try {
      // In memory: what is rewritten must not pass through a file elsewhere.
      db.exec("PRAGMA temp_store = MEMORY; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      db.close();
    }
  } finally {
    lock.close();
  }
};

/** The ways words may be written in a file: with accents in their letters or behind them, in the other width, and as programs escape them. */
const writings = (words: string): Buffer[] =>
  [...new Set([words, words.normalize("NFC"), words.normalize("NFD")])].flatMap(spellings);

const spellings = (words: string): Buffer[] => {
  const wide = Buffer.from(words, "utf16le");
  const escaped = Array.from({ length: words.length }, (_, i) => words.charCodeAt(i))
    .map((unit) => (unit < 128 ? String.fromCharCode(unit) : `\\u${unit.toString(16).padStart(4, "0")}`))
    .join("");
  return [Buffer.from(words), Buffer.from(escaped), wide, Buffer.from(wide).swap16()];
};

/** So much of a file is looked at in one go. */
const PIECE = 4 * 1024 * 1024;

/** Whether one of `sought` stands in the file; `read` hears of each piece. */
const holds = (path: string, sought: readonly Buffer[], read: (bytes: number) => void): boolean => {
  const longest = Math.max(...sought.map(({ length }) => length));
  const piece = Buffer.alloc(PIECE + longest);
  const file = openSync(path, "r");
  try {
    let kept = 0;
    for (let length = readSync(file, piece, 0, PIECE, null); length > 0;) {
      const seen = piece.subarray(0, kept + length);
      if (sought.some((writing) => seen.includes(writing))) return true;
      read(length);
      // What begins at the end of this piece ends in the next one.
      kept = Math.min(longest - 1, seen.length);
      seen.copyWithin(0, seen.length - kept);
      length = readSync(file, piece, kept, PIECE, null);
    }
    return false;
  } finally {
    closeSync(file);
  }
};

/** The files of a directory that hold any of the words somewhere in their bytes, whatever SQLite thinks of them. */
export const filesHolding = (
  dataDir: string,
  words: readonly string[],
  progress: (done: number, total: number) => void,
): string[] => {
  const sought = words.flatMap(writings);
  // To read the lock file and to let go of it would give the lock back where this process holds it.
  const files = readdirSync(dataDir)
    .filter((name) => name !== "lock")
    .map((name) => join(dataDir, name))
    .filter((path) => statSync(path).isFile());
  const total = files.reduce((sum, path) => sum + statSync(path).size, 0);
  let done = 0;
  if (sought.length === 0) return [];
  return files.filter((path) =>
    holds(path, sought, (bytes) => {
      done += bytes;
      progress(Math.min(done, total), total);
    }),
  );
};
