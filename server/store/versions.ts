/** Statements on the versions of a document, and on its log as moments: who wrote from when to when. */
import type { Row, Statement } from "./driver.ts";
import { needed, numberIn, oneIn, orNull, sql, textIn, themselves } from "./rows.ts";

/** Named by somebody; what stood before a restoring; what the restoring made. */
const KINDS = ["named", "before", "restored"] as const;

export interface VersionRow {
  /** The entry after which the document stood so. */
  seq: number;
  kind: (typeof KINDS)[number];
  /** When that entry was written, and when the version was made. */
  moment: number;
  at: number;
  visitor: string | null;
  /** Of the two around a restoring: the name of the moment that was gone back to, or "". */
  name: string;
  /** Of those two: the entry that was gone back to. */
  target: number | null;
}

/** The entries of some minutes that follow each other, by one author. */
export interface StretchRow {
  /** Which of those minutes, counted since 1970. */
  span: number;
  visitor: string | null;
  entries: number;
  first: number;
  last: number;
  began: number;
  ended: number;
}

const versionOf = (row: Row): VersionRow => ({
  seq: numberIn(row, "seq"),
  kind: oneIn(row, "kind", KINDS),
  moment: numberIn(row, "moment"),
  at: numberIn(row, "at"),
  visitor: orNull(row, "visitor", textIn),
  name: textIn(row, "name"),
  target: orNull(row, "target", numberIn),
});

const DOCUMENT = themselves("documents", ["id"]);
const COLUMNS = `seq, kind, at, visitor, name, target,
  (SELECT e.at FROM entries e WHERE e.document = versions.document AND e.seq = versions.seq) AS moment`;

/** Gives a moment a name, or another one; without a number, the document as it stands. Fails where there is no such entry. */
export const nameVersion = (
  document: string,
  { seq, at, visitor, name }: { seq: number | null; at: number; visitor: string | null; name: string },
): Statement<VersionRow> =>
  needed(
    sql(
      `INSERT INTO versions (document, seq, kind, at, visitor, name)
       SELECT id, coalesce(?, head), 'named', ?, ?, ? FROM documents
       WHERE ${DOCUMENT} AND head > 0 AND coalesce(?, head) BETWEEN 1 AND head
       ON CONFLICT (document, seq, kind) DO UPDATE SET at = excluded.at, visitor = excluded.visitor, name = excluded.name
       RETURNING ${COLUMNS}`,
      [seq, at, visitor, name, document, document, seq],
      versionOf,
    ),
  );

/** Marks the newest entry as a restoring, and what stood right before it; in the unit that writes that entry. */
export const markRestored = (
  document: string,
  { at, visitor, name, target }: { at: number; visitor: string | null; name: string; target: number },
): readonly Statement[] =>
  (["before", "restored"] as const).map((kind) =>
    sql(
      `INSERT INTO versions (document, seq, kind, at, visitor, name, target)
       SELECT id, CASE WHEN ? = 'before' THEN head - 1 ELSE head END, ?, ?, ?, ?, ? FROM documents WHERE ${DOCUMENT}`,
      [kind, kind, at, visitor, name, target, document, document],
    ),
  );

/** The newest first, at most so many. */
export const versionsBetween = (document: string, first: number, last: number, most: number): Statement<VersionRow> =>
  sql(
    `SELECT ${COLUMNS} FROM versions WHERE document = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC, kind DESC LIMIT ?`,
    [document, first, last, most],
    versionOf,
  );

/** The entry of the last restoring; null where there was none. */
export const lastRestored = (document: string): Statement<number | null> =>
  sql("SELECT max(seq) AS seq FROM versions WHERE document = ? AND kind = 'restored'", [document], (row) =>
    orNull(row, "seq", numberIn),
  );

/** What a moment was called; no row where nobody named it. */
export const nameOfVersion = (document: string, seq: number): Statement<string> =>
  sql("SELECT name FROM versions WHERE document = ? AND seq = ? AND kind = 'named'", [document, seq], (row) =>
    textIn(row, "name"),
  );

/** The last `most` entries up to number `last`, gathered by author and by spans of so many milliseconds; the newest first. */
export const stretches = (document: string, last: number, spanMs: number, most: number): Statement<StretchRow> =>
  sql(
    `SELECT span, visitor, count(*) AS entries, min(seq) AS first, max(seq) AS last, min(at) AS began, max(at) AS ended
     FROM (SELECT seq, at, visitor, at / CAST(? AS INTEGER) AS span FROM entries WHERE document = ? AND seq <= ? ORDER BY seq DESC LIMIT ?) recent
     GROUP BY span, visitor ORDER BY span DESC, entries DESC`,
    [spanMs, document, last, most],
    (row) => ({
      span: numberIn(row, "span"),
      visitor: orNull(row, "visitor", textIn),
      entries: numberIn(row, "entries"),
      first: numberIn(row, "first"),
      last: numberIn(row, "last"),
      began: numberIn(row, "began"),
      ended: numberIn(row, "ended"),
    }),
  );
