/** Statements on documents, their entries and their snapshots. */
import { crc32 } from "node:zlib";
import type { Statement } from "./driver.ts";
import { bytesIn, needed, numberIn, orNull, sql, textIn, themselves } from "./rows.ts";

export interface DocumentRow {
  epoch: number;
  head: number;
}

export interface EntryRow {
  seq: number;
  at: number;
  /** Null: the server itself. */
  visitor: string | null;
  bytes: Uint8Array;
  /** Whether these are the bytes that were written. */
  whole: boolean;
}

export interface SnapshotRow {
  seq: number;
  bytes: Uint8Array;
  whole: boolean;
}

/** Over everything that gives the bytes their meaning, so that a row that rotted into another's place is noticed too. */
const sumOf = (document: string, visitor: string | null, bytes: Uint8Array): number =>
  crc32(bytes, crc32(`${document}\n${visitor ?? ""}\n`));

const DOCUMENT = themselves("documents", ["id"]);

/** A document without entries yet. */
export const addDocument = (document: string, epoch: number): Statement =>
  sql("INSERT INTO documents (id, epoch, head) VALUES (?, ?, 0)", [document, epoch]);

/** Every document, in the order of its id. */
export const documentIds = (): Statement<string> =>
  sql("SELECT id FROM documents ORDER BY id", [], (row) => textIn(row, "id"));

export const documentRow = (document: string): Statement<DocumentRow> =>
  sql(`SELECT epoch, head FROM documents WHERE ${DOCUMENT}`, [document, document], (row) => ({
    epoch: numberIn(row, "epoch"),
    head: numberIn(row, "head"),
  }));

/** Takes the next number and writes the entry under it; the first statement gives the number. */
export const addEntry = (
  document: string,
  entry: { at: number; visitor: string | null; bytes: Uint8Array },
): readonly [Statement<number>, Statement] => [
  needed(
    sql(`UPDATE documents SET head = head + 1 WHERE ${DOCUMENT} RETURNING head`, [document, document], (row) =>
      numberIn(row, "head"),
    ),
  ),
  sql(
    `INSERT INTO entries (document, seq, at, visitor, bytes, sum)
     SELECT id, head, ?, ?, ?, ? FROM documents WHERE ${DOCUMENT}`,
    [entry.at, entry.visitor, entry.bytes, sumOf(document, entry.visitor, entry.bytes), document, document],
  ),
];

/** The entries after number `seq` and up to `last`, in order. */
export const entriesAfter = (document: string, seq: number, last = Number.MAX_SAFE_INTEGER): Statement<EntryRow> =>
  sql(
    "SELECT seq, at, visitor, bytes, sum FROM entries WHERE document = ? AND seq > ? AND seq <= ? ORDER BY seq",
    [document, seq, last],
    (row) => {
      const visitor = orNull(row, "visitor", textIn);
      const bytes = bytesIn(row, "bytes");
      return {
        seq: numberIn(row, "seq"),
        at: numberIn(row, "at"),
        visitor,
        bytes,
        whole: numberIn(row, "sum") === sumOf(document, visitor, bytes),
      };
    },
  );

/** When the newest entry was written. */
export const newestEntryAt = (document: string): Statement<number> =>
  sql("SELECT at FROM entries WHERE document = ? ORDER BY seq DESC LIMIT 1", [document], (row) => numberIn(row, "at"));

/** How many entries are a visitor's, of how many bytes, and when the first and the last of them were written. */
export const entriesBy = (
  document: string,
  visitor: string,
): Statement<{ count: number; bytes: number; first: number | null; last: number | null }> =>
  sql(
    `SELECT count(*) AS count, coalesce(sum(length(bytes)), 0) AS bytes, min(at) AS first, max(at) AS last
     FROM entries WHERE document = ? AND visitor = ?`,
    [document, visitor],
    (row) => ({
      count: numberIn(row, "count"),
      bytes: numberIn(row, "bytes"),
      first: orNull(row, "first", numberIn),
      last: orNull(row, "last", numberIn),
    }),
  );

/**
 * Looked up in their index, and read with what they themselves say they are: an index that rotted leads to another one,
 * older or somebody else's, whose bytes are whole.
 */
const snapshotsWhere = (keys: string): string =>
  `SELECT found.seq AS wanted, held.seq, held.document, held.bytes, held.sum
   FROM (SELECT rowid AS place, seq FROM snapshots WHERE document = ? ${keys}) AS found
   LEFT JOIN snapshots AS held ON held.rowid = found.place ORDER BY found.seq`;

const snapshotOf =
  (document: string) =>
  (row: Parameters<Statement["row"]>[0]): SnapshotRow => {
    const seq = numberIn(row, "wanted");
    const bytes = orNull(row, "bytes", bytesIn) ?? new Uint8Array();
    const isItself = row["seq"] === seq && row["document"] === document;
    return { seq, bytes, whole: isItself && row["sum"] === sumOf(document, null, bytes) };
  };

/** Every snapshot that is kept, oldest first. */
export const snapshotsOf = (document: string): Statement<SnapshotRow> =>
  sql(snapshotsWhere(""), [document], snapshotOf(document));

/** The newest snapshot whose number is below `before`. */
export const snapshotBefore = (document: string, before: number): Statement<SnapshotRow> =>
  sql(snapshotsWhere("AND seq < ? ORDER BY seq DESC LIMIT 1"), [document, before], snapshotOf(document));

/** The newest snapshot, with the entries it does not hold: everything that rebuilds a document, in one state. */
export const latestSnapshot = (document: string): Statement<SnapshotRow> =>
  snapshotBefore(document, Number.MAX_SAFE_INTEGER);

export const entriesAfterLatestSnapshot = (document: string): Statement<EntryRow> => ({
  ...entriesAfter(document, 0),
  sql: `SELECT seq, at, visitor, bytes, sum FROM entries WHERE document = ?
        AND seq > coalesce((SELECT max(seq) FROM snapshots WHERE document = ?), 0) ORDER BY seq`,
  values: [document, document],
});

/**
 * Adds a snapshot beside the one before it, which stays until the next: nothing good is ever overwritten. Nothing is
 * added to a document that was made anew since: it would bring its past back.
 */
export const addSnapshot = (
  document: string,
  { at, seq, epoch, bytes }: { at: number; seq: number; epoch: number; bytes: Uint8Array },
): readonly Statement[] => [
  sql(
    `INSERT INTO snapshots (document, seq, at, bytes, sum)
     SELECT id, ?, ?, ?, ? FROM documents WHERE ${DOCUMENT} AND epoch = ? ON CONFLICT DO NOTHING`,
    [seq, at, bytes, sumOf(document, null, bytes), document, document, epoch],
  ),
  sql(
    `DELETE FROM snapshots WHERE ${themselves("snapshots", ["document"], { many: true })} AND +seq <
       (SELECT max(seq) FROM snapshots WHERE document = ? AND seq < ?)`,
    [document, document, document, seq],
  ),
];
