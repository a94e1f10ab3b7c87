/** The thread that waits for the disk, so that nobody else does: it holds one connection and answers one question at a time. */
import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { commit, preparing, readTogether, type Outcome, type Prepared } from "./batch.ts";
import { acknowledgedCommits, keepCommits, lossOf } from "./commits.ts";
import { CannotOpen, type Loss } from "./driver.ts";
import type { Answer, Question, ThreadData } from "./exchange.ts";
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

interface Opened {
  lock?: DatabaseSync;
  db: DatabaseSync;
  loss?: Loss | undefined;
  /** Puts the number of a commit beside the database. */
  keep?: (count: number | undefined) => void;
}

const open = (): Opened => {
  if (role === "reader") return { db: openReading(dataDir) };
  prepareDirectory(dataDir);
  const lock = lockDirectory(dataDir);
  try {
    const acknowledged = acknowledgedCommits(dataDir);
    const db = openDatabase(dataDir);
    return { lock, db, loss: lossOf(db, databasePath(dataDir), acknowledged), keep: keepCommits(dataDir, db) };
  } catch (error) {
    lock.close();
    throw error;
  }
};

const serve = ({ lock, db: first, keep }: Opened): void => {
  let db = first;
  let prepared: Prepared = preparing(db);
  const opened = fileNow();

  const mustBeTheSameFile = (): void => {
    if (fileNow() !== opened) throw new Error("the database file was replaced or removed while it was open");
  };

  const write = (units: Parameters<typeof commit>[2]): Outcome[] => {
    mustBeTheSameFile();
    const { outcomes, count } = commit(db, prepared, units);
    keep?.(count);
    return outcomes;
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
    if (db.isOpen) db.close();
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
  const opened = open();
  port.postMessage({ answer: "open", loss: opened.loss } satisfies Answer);
  serve(opened);
} catch (error) {
  if (!(error instanceof CannotOpen)) throw error;
  port.postMessage({ answer: "cannot-open", message: error.message } satisfies Answer);
}
