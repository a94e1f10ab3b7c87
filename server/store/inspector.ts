/** The thread that looks the database over while the server runs: it only reads, and nobody waits for it. */
import { parentPort, workerData } from "node:worker_threads";
import { defect, type Defect } from "./defect.ts";
import { openReader } from "./reader.ts";
import { databasePath } from "./sqlite-file.ts";
import { survey } from "./survey.ts";

const look = (path: string): Defect[] => {
  try {
    const reader = openReader(path);
    try {
      return survey(reader);
    } finally {
      reader.close();
    }
  } catch (error) {
    return [defect("unreadable", "file", error instanceof Error ? error.message : String(error))];
  }
};

parentPort?.postMessage(look(databasePath(String(workerData))));
