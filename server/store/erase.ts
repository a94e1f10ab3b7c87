/** What a person may demand: a workshop or a name gone, from the rows, the log, the free pages and the files beside them. */
import type { DatabaseSync } from "node:sqlite";

const WORKSHOP_TABLES = [
  ["entries", "document"],
  ["snapshots", "document"],
  ["clients", "workshop"],
  ["visitors", "workshop"],
  ["links", "workshop"],
  ["workshops", "id"],
  ["documents", "id"],
] as const;

/** Stands for nobody: the whole workshop was erased. */
const EVERYBODY = "";

const register = (db: DatabaseSync, workshop: string, visitor: string, at: number): void => {
  db.prepare(
    "INSERT INTO erasures (workshop, visitor, at) VALUES (?, ?, ?) ON CONFLICT (workshop, visitor) DO NOTHING",
  ).run(workshop, visitor, at);
};

/** Erases a workshop, or one visitor's name in it, and notes that it was; within a transaction of the caller. */
export const eraseAgain = (db: DatabaseSync, workshop: string, visitor: string, at: number): void => {
  register(db, workshop, visitor, at);
  if (visitor === EVERYBODY) {
    for (const [table, column] of WORKSHOP_TABLES) db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(workshop);
    return;
  }
  db.prepare("UPDATE visitors SET name = '', organisation = '' WHERE workshop = ? AND id = ?").run(workshop, visitor);
};
