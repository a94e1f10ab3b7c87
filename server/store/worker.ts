/** The thread that waits for the disk, so that nobody else does: it holds one connection and answers one question at a time. */
import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { commit, preparing, readTogether, type Outcome, type Prepared } from "./batch.ts";
import { CannotOpen } from "./driver.ts";
import type { Answer, Question, ThreadData } from "./exchange.ts";
import { closeInUse, markInUse, missingLog } from "./in-use.ts";
import { lockDirectory } from "./lock.ts";
import { forgetProbe, writeProbe } from "./probe.ts";
import { databasePath, emptyLog, openDatabase, openExisting, openReading, prepareDirectory } from "./sqlite-file.ts";
import { reasonOf } from "./sqlite-errors.ts";
import type { DatabaseSync } from "node:sqlite";

const { dataDir, role } = workerData as ThreadData;
const port = parentPort;
if (!port) throw new Error("This file is a thread of the store; start server/main.ts.");

/** Which file it is, whatever its name: writing to one that was moved or removed would not outlive this process. */
const fileNow = (): string => {
  const { dev, ino } = statSync(databasePath(dataDir));
  return `${dev}:${ino}`;
};

const open = (): { lock?: DatabaseSync; db: DatabaseSync; warning?: string } => {
  if (role === "reader") return { db: openReading(dataDir) };
  prepareDirectory(dataDir);
  const lock = lockDirectory(dataDir);
  try {
    // First: even to look at a database makes SQLite put an empty log beside it.
    const warning = missingLog(dataDir, databasePath(dataDir));
    const db = openDatabase(dataDir);
    markInUse(dataDir, db);
    return { lock, db, warning };
  } catch (error) {
    lock.close();
    throw error;
  }
};

const serve = ({ lock, db: first }: { lock?: DatabaseSync; db: DatabaseSync }): void => {
  let db = first;
  let prepared: Prepared = preparing(db);
  const opened = fileNow();

  const mustBeTheSameFile = (): void => {
    if (fileNow() !== opened) throw new Error("the database file was replaced or removed while it was open");
  };

  const write = (units: Parameters<typeof commit>[2]): Outcome[] => {
    mustBeTheSameFile();
    return commit(db, prepared, units);
  };

  /** On a fresh connection: what a failed fsync left in the old one's memory is not to be trusted. */
  const probe = (size: number): Outcome[] => {
    mustBeTheSameFile();
    if (db.isOpen) db.close();
    db = openExisting(dataDir);
    prepared = preparing(db);
    const tried = write([[writeProbe(size)]]);
    write([[forgetProbe]]);
    return tried;
  };

  const forget = (): Outcome[] => {
    mustBeTheSameFile();
    return [{ rows: [emptyLog(db) ? [{}] : []] }];
  };

  const close = (): Outcome[] => {
    if (role === "writer") closeInUse(dataDir, databasePath(dataDir), db);
    else if (db.isOpen) db.close();
    lock?.close();
    return [];
  };

  const outcomesOf = (question: Question): Outcome[] => {
    if (question.ask === "write") return write(question.units);
    if (question.ask === "read") return [readTogether(db, prepared, question.statements)];
    if (question.ask === "forget") return forget();
    return question.ask === "probe" ? probe(question.size) : close();
  };

  port.on("message", (question: Question) => {
    let answer: Answer;
    try {
      answer = { answer: "done", outcomes: outcomesOf(question) };
    } catch (error) {
      answer = { answer: "disk", reason: reasonOf(error) };
    }
    port.postMessage(answer);
    if (question.ask === "close") port.close();
  });
};

try {
  const connections = open();
  port.postMessage({ answer: "open", warning: connections.warning } satisfies Answer);
  serve(connections);
} catch (error) {
  if (!(error instanceof CannotOpen)) throw error;
  port.postMessage({ answer: "cannot-open", message: error.message } satisfies Answer);
}
