/** A database file that is only looked at, in one state: beside a running server, or a file that lies somewhere. */
import { existsSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { CannotOpen, MissingRow, type Desk, type Results, type Row, type Statement } from "./driver.ts";
import { MIGRATIONS } from "./migrations.ts";
import { APPLICATION_ID, BACKUP_ID, openAs, pragma } from "./sqlite-file.ts";
import { isClosed, reasonOf } from "./sqlite-errors.ts";

export interface Reader {
  /** Whether the file is the data of a server or a backup of it. */
  readonly kind: "data" | "backup";
  /** How many steps of the tables it has seen. */
  readonly version: number;
  readonly db: DatabaseSync;
  /** Throws what SQLite throws, and Refusal `unavailable` where a column does not hold what the tables say. */
  rows<T>(statement: Statement<T>): T[];
  close(): void;
}

/** The rows of a statement, on a connection one holds oneself. */
export const rowsOf = <T>(db: DatabaseSync, { sql, values, row }: Statement<T>): T[] =>
  (db.prepare(sql).all(...values) as unknown as Row[]).map(row);

/** Reads and writes on a connection one holds oneself, within a transaction of one's own. */
export const deskOn = (db: DatabaseSync): Desk => {
  const run = async <const S extends readonly Statement[]>(...statements: S): Promise<Results<S>> =>
    statements.map((statement) => {
      const rows = rowsOf(db, statement);
      if (statement.needed && rows.length === 0) throw new MissingRow();
      return rows;
    }) as Results<S>;
  return { read: run, write: run };
};

const KINDS: Readonly<Record<number, Reader["kind"]>> = { [APPLICATION_ID]: "data", [BACKUP_ID]: "backup" };

const look = (path: string): DatabaseSync => {
  if (!existsSync(path)) throw new CannotOpen(`There is no file ${path}.`);
  if (!statSync(path).isFile() || statSync(path).size === 0) throw new CannotOpen(`${path} is empty or no file.`);
  return openAs(path, "ro");
};

/**
 * Opens `path` to be read in the state of this moment, whatever is written to it meanwhile.
 * Throws CannotOpen where it is not one of our files, is not whole enough to be one, or is newer than this program.
 */
export const openReader = (path: string): Reader => {
  let db: DatabaseSync | undefined;
  try {
    db = look(path);
    const [application, version] = [Number(pragma(db, "application_id")), Number(pragma(db, "user_version"))];
    const kind = KINDS[application];
    if (!kind) throw new CannotOpen(`${path} is neither data of this program nor a finished backup of it.`);
    if (version > MIGRATIONS.length) {
      throw new CannotOpen(
        `${path} was written by a newer version (data version ${version}, this one knows ${MIGRATIONS.length}).`,
      );
    }
    const open = db;
    open.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; BEGIN");
    // The state is chosen by the first reading.
    open.prepare("SELECT count(*) FROM sqlite_schema").get();
    return {
      kind,
      version,
      db: open,
      rows: (statement) => rowsOf(open, statement),
      close: () => open.close(),
    };
  } catch (error) {
    db?.close();
    if (error instanceof CannotOpen) throw error;
    if (isClosed(error))
      throw new CannotOpen(`${path} cannot be read (${reasonOf(error)}). Check its owner and rights.`);
    throw new CannotOpen(`${path} is damaged, cut short or not a database (${reasonOf(error)}).`);
  }
};
