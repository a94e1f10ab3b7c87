/** `verify [file or directory]`: names everything that is wrong with a backup or with data, and changes nothing. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { databasePath } from "../store/sqlite-file.ts";
import type { Command } from "./command.ts";
import { findDefects, lineOf, openNamed } from "./findings.ts";
import { DEFECTS, DONE, readLine } from "./terminal.ts";

export const verify: Command = {
  usage: "verify [<backup> | <data directory>]",
  about: "names every defect of a backup or of data (DATA_DIR unless told); the server may run",
  run(line, { dataDir, terminal }) {
    const place = resolve(readLine(line, 1).places[0] ?? dataDir);
    const directory = existsSync(place) && statSync(place).isDirectory() ? place : undefined;
    const reader = openNamed(directory === undefined ? place : databasePath(directory));
    try {
      const defects = findDefects(reader, directory, terminal.progress("verifying"));
      for (const each of defects) terminal.say(lineOf(each));
      terminal.say(defects.length === 0 ? `${place}: nothing is wrong.` : `${place}: ${defects.length} defects.`);
      return Promise.resolve(defects.length === 0 ? DONE : DEFECTS);
    } finally {
      reader.close();
    }
  },
};
