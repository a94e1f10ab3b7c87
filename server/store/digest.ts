/** A fingerprint of every table: what makes "the same rows, byte for byte" something that can be checked. */
import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Row, Value } from "./driver.ts";

/** They say how the disk does, and nothing of the workshops. */
const MEANINGLESS = ["probe", "commits"];

export interface TableDigest {
  name: string;
  rows: number;
  /** SHA-256 over the rows in the order of their keys, in hex. */
  digest: string;
}

/** With its kind and length in front, so that no two rows of different values read alike. */
const feed = (hash: ReturnType<typeof createHash>, value: Value): void => {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
  const kind = value === null ? "null" : value instanceof Uint8Array ? "bytes" : typeof value;
  hash.update(`${kind}:${bytes.length}:`).update(bytes);
};

const keyOf = (db: DatabaseSync, table: string): string =>
  (db.prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk").all(table) as unknown as Row[])
    .map((row) => `"${String(row["name"])}"`)
    .join(", ");

const digestTable = (db: DatabaseSync, name: string): TableDigest => {
  const hash = createHash("sha256");
  let rows = 0;
  for (const row of db.prepare(`SELECT * FROM "${name}" ORDER BY ${keyOf(db, name)}`).iterate()) {
    for (const [column, value] of Object.entries(row as unknown as Row)) {
      hash.update(`${column}=`);
      feed(hash, value);
    }
    rows += 1;
  }
  return { name, rows, digest: hash.digest("hex") };
};

/** Of every table that holds something of the workshops, by name. */
export const digestTables = (db: DatabaseSync): TableDigest[] =>
  (db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all() as unknown as Row[])
    .map((row) => String(row["name"]))
    .filter((name) => !name.startsWith("sqlite_") && !name.startsWith("backup") && !MEANINGLESS.includes(name))
    .map((name) => digestTable(db, name));
