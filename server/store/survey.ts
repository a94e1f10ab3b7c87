/** Looks a database file over: its pages, its tables, and rows that belong to nothing. */
import { DatabaseSync } from "node:sqlite";
import { defect, type Defect, type DefectName } from "./defect.ts";
import type { Row } from "./driver.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { Reader } from "./reader.ts";
import { isDamage, reasonOf } from "./sqlite-errors.ts";

/** Each finding of SQLite's own check belongs to one of these. */
const nameOf = (message: string): DefectName =>
  /CHECK|NULL value|non-\w+ value|\w+ value in/.test(message)
    ? "value-wrong"
    : /index/i.test(message)
      ? "index-wrong"
      : "page-damaged";

const pages = ({ db }: Reader): Defect[] =>
  (db.prepare("PRAGMA integrity_check").all() as unknown as Row[])
    .map((row) => String(row["integrity_check"]))
    .filter((message) => message !== "ok")
    .map((message) => defect(nameOf(message), "file", message));

const schemaOf = (db: DatabaseSync): Map<string, string> =>
  new Map(
    (
      db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'backup%'")
        .all() as unknown as Row[]
    ).map((row) => [String(row["name"]), String(row["sql"])]),
  );

/** The tables as the steps make them, against the tables as they are. */
const tables = ({ db, version }: Reader): Defect[] => {
  const right = new DatabaseSync(":memory:");
  for (const step of MIGRATIONS.slice(0, version)) right.exec(step);
  const [wanted, found] = [schemaOf(right), schemaOf(db)];
  right.close();
  const names = [...new Set([...wanted.keys(), ...found.keys()])];
  return names
    .filter((name) => wanted.get(name) !== found.get(name))
    .map((name) => {
      const says = !found.has(name)
        ? "is missing"
        : wanted.has(name)
          ? "is not as this version makes it"
          : "is foreign";
      return defect("tables-differ", name, says);
    });
};

/**
 * Each asks for a `place` and a number `n`; of tables that came later, with the version they came with. What the tables
 * themselves forbid, SQLite does not check in a file it only reads.
 */
const ROWS: readonly (readonly [DefectName, string, string, since?: number])[] = [
  [
    "orphan-document",
    "no workshop has this document",
    "SELECT id AS place, 1 AS n FROM documents WHERE id NOT IN (SELECT id FROM workshops)",
  ],
  [
    "orphan-workshop",
    "has no document",
    "SELECT id AS place, 1 AS n FROM workshops WHERE id NOT IN (SELECT id FROM documents)",
  ],
  [
    "orphan-entry",
    "entries of a document that is not there",
    "SELECT document AS place, count(*) AS n FROM entries WHERE document NOT IN (SELECT id FROM documents) GROUP BY 1",
  ],
  [
    "orphan-snapshot",
    "snapshots of a document that is not there",
    "SELECT document AS place, count(*) AS n FROM snapshots WHERE document NOT IN (SELECT id FROM documents) GROUP BY 1",
  ],
  [
    "orphan-link",
    "links of a workshop that is not there",
    "SELECT workshop AS place, count(*) AS n FROM links WHERE workshop NOT IN (SELECT id FROM workshops) GROUP BY 1",
  ],
  [
    "orphan-visitor",
    "visitors of a workshop that is not there, or who came through a link that is not there or not of this workshop",
    `SELECT workshop AS place, count(*) AS n FROM visitors v WHERE workshop NOT IN (SELECT id FROM workshops)
       OR NOT EXISTS (SELECT 1 FROM links l WHERE l.id = v.link AND l.workshop = v.workshop) GROUP BY 1`,
  ],
  [
    "orphan-client",
    "client ids of a workshop that is not there",
    "SELECT workshop AS place, count(*) AS n FROM clients WHERE workshop NOT IN (SELECT id FROM workshops) GROUP BY 1",
  ],
  [
    "orphan-stage",
    "the stage of a workshop that is not there",
    "SELECT workshop AS place, 1 AS n FROM stages WHERE workshop NOT IN (SELECT id FROM workshops)",
    3,
  ],
  [
    "orphan-version",
    "versions of a document, or of an entry, that is not there",
    `SELECT document AS place, count(*) AS n FROM versions v WHERE NOT EXISTS
       (SELECT 1 FROM documents d WHERE d.id = v.document AND v.seq BETWEEN 1 AND d.head) GROUP BY 1`,
    5,
  ],
  [
    "value-wrong",
    "its kind, state or code is none there is",
    `SELECT id AS place, 1 AS n FROM workshops WHERE kind NOT IN ('workshop', 'template')
       OR state NOT IN ('prepared', 'live', 'open', 'closed') OR (code IS NOT NULL AND state <> 'live')`,
  ],
  [
    "value-wrong",
    "links that allow what there is not",
    `SELECT workshop AS place, count(*) AS n FROM links
       WHERE capability NOT IN ('read', 'vote', 'write', 'manage') GROUP BY 1`,
  ],
  [
    "nobody-manages",
    "has no link left that manages it",
    `SELECT id AS place, 1 AS n FROM workshops w WHERE NOT EXISTS
       (SELECT 1 FROM links l WHERE l.workshop = w.id AND l.capability = 'manage' AND l.withdrawn IS NULL)`,
  ],
];

const rows = ({ db, version }: Reader): Defect[] =>
  ROWS.filter(([, , , since = 1]) => since <= version).flatMap(([name, says, query]) =>
    (db.prepare(query).all() as unknown as Row[]).map((row) =>
      defect(name, `workshop ${String(row["place"])}`, Number(row["n"]) > 1 ? `${says} (${String(row["n"])})` : says),
    ),
  );

/** `look`, where what it looks at may be so damaged that nothing can be read there. */
export const orUnreadable = (where: string, look: () => Defect[]): Defect[] => {
  try {
    return look();
  } catch (error) {
    return [defect(isDamage(error) ? "page-damaged" : "unreadable", where, reasonOf(error))];
  }
};

/** Everything that is wrong with the file as a database; what its documents say is for the log to judge. */
export const survey = (reader: Reader): Defect[] => [
  ...orUnreadable("file", () => pages(reader)),
  ...orUnreadable("tables", () => tables(reader)),
  ...orUnreadable("rows", () => rows(reader)),
];
