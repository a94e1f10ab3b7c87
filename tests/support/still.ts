/** What a data directory holds, read in this very thread: for the thousand images of a disk that a test looks at. */
import { existsSync } from "node:fs";
import { Refusal } from "../../document/refusal.ts";
import { load, rebuild } from "../../server/log/rebuild.ts";
import { preparing, readTogether } from "../../server/store/batch.ts";
import { acknowledgedCommits, lossOf } from "../../server/store/commits.ts";
import { isDamage } from "../../server/store/sqlite-errors.ts";
import type { Store } from "../../server/store/store.ts";
import { databasePath, openDatabase } from "../../server/store/sqlite-file.ts";

export interface Still {
  /** What SQLite says of its own structures: `ok`; or how the document was refused. */
  check: unknown;
  /** Every word of one document, as often as it stands there. */
  words: string[];
  /** How many commits it holds, how many are noted beside it, and how many of those the start tells to be missing. */
  commits: number;
  noted: number;
  missing: number;
}

/** The first row; where the file is too damaged for one, what SQLite says of it as its check. */
const first = (db: ReturnType<typeof openDatabase>, statement: string): Record<string, unknown> => {
  try {
    return db.prepare(statement).get() ?? {};
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { quick_check: String(error) };
  }
};

const WORD = /<[^>]+>/g;

/** Opens the data as a start does, and reads one document, if told. Throws CannotOpen. */
export const lookAt = async (dataDir: string, document?: string): Promise<Still> => {
  if (document !== undefined && !existsSync(databasePath(dataDir))) throw new Error("There is no database.");
  const acknowledged = acknowledgedCommits(dataDir);
  const db = openDatabase(dataDir);
  try {
    const commits = Number(first(db, "SELECT n FROM commits")["n"]);
    const counted = {
      commits,
      noted: acknowledged ?? 0,
      missing: lossOf(db, databasePath(dataDir), acknowledged)?.commits ?? 0,
    };
    const prepared = preparing(db);
    const read = (async (...statements) => {
      const outcome = readTogether(db, prepared, statements);
      // As the driver does.
      if ("failure" in outcome && outcome.failure === "damage") throw new Refusal("unavailable", outcome.reason);
      if (!("rows" in outcome)) throw new Error(outcome.reason);
      return statements.map((statement, i) => outcome.rows[i]?.map((row) => statement.row(row)));
    }) as Store["read"];
    const check = first(db, "PRAGMA quick_check")["quick_check"];
    if (document === undefined) return { check, words: [], ...counted };
    try {
      const doc = rebuild(await load({ read }, document));
      return { check, words: doc.getText("words").toJSON().match(WORD) ?? [], ...counted };
    } catch (error) {
      if (error instanceof Refusal) return { check: String(error), words: [], ...counted };
      throw error;
    }
  } finally {
    db.close();
  }
};
