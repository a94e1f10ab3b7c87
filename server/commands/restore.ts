/** `restore <file> [directory]`: makes data of a backup, in an empty directory and nowhere else. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { dropKey, keyPath, writeKey } from "../access/key.ts";
import { erase } from "../log/erasure.ts";
import { sealOf } from "../store/backup.ts";
import { CannotOpen } from "../store/driver.ts";
import type { Reader } from "../store/reader.ts";
import { restoreTables } from "../store/restore.ts";
import { databasePath } from "../store/sqlite-file.ts";
import type { Command } from "./command.ts";
import { findDefects, lineOf, openNamed } from "./findings.ts";
import { DEFECTS, DONE, Misused, readLine } from "./terminal.ts";

/** The text of the key that stands in a directory; undefined where none does. */
const keyIn = (dataDir: string): string | undefined =>
  existsSync(keyPath(dataDir)) ? readFileSync(keyPath(dataDir), "utf8").trim() : undefined;

/** What is newer than the backup: the data it replaces, or a later backup. It must be the same server's. */
const openNewer = (place: string, key: string): Reader => {
  const directory = existsSync(place) && statSync(place).isDirectory();
  const newer = openNamed(directory ? databasePath(place) : place);
  try {
    const other = newer.kind === "backup" ? sealOf(newer).key : directory ? keyIn(place) : undefined;
    if (other === key) return newer;
    throw new CannotOpen(`${place} is not of the same server as the backup: its key is another one.`);
  } catch (error) {
    newer.close();
    throw error;
  }
};

export const restore: Command = {
  usage: "restore <backup> [<empty directory>] [--newer <data directory or backup>] [--keep-epochs]",
  about: "makes data of a backup (in DATA_DIR unless told); links withdrawn and names erased in --newer stay so",
  async run(line, { dataDir, terminal }) {
    const { places, options } = readLine(line, 2, { newer: "value", "keep-epochs": "flag" });
    const [file, directory = dataDir] = places.map((place) => resolve(place));
    if (file === undefined) throw new Misused("What is to be restored?");
    const source = openNamed(file);
    let newer: Reader | undefined;
    try {
      if (source.kind !== "backup")
        throw new CannotOpen(`${file} is not a backup; \`backup\` makes one of running data.`);
      const defects = findDefects(source, undefined, terminal.progress("verifying"));
      if (defects.length > 0) {
        for (const each of defects) terminal.say(lineOf(each));
        terminal.say(`${file} is damaged: nothing was restored.`);
        return DEFECTS;
      }
      const { key, made } = sealOf(source);
      const place = options.get("newer");
      newer = typeof place === "string" ? openNewer(resolve(place), key) : undefined;
      const hasKey = keyIn(directory) === key;
      await restoreTables(source, {
        dataDir: directory,
        hasKey,
        putKey: () => (hasKey ? undefined : writeKey(directory, key)),
        dropKey: () => (hasKey ? undefined : dropKey(directory)),
        keepEpochs: options.has("keep-epochs"),
        ...(newer ? { newer } : {}),
        erase,
        progress: terminal.progress("restoring"),
      });
      terminal.say(`${directory} holds what was there at ${made.toISOString()}. Start the server on it with DATA_DIR.`);
      return DONE;
    } finally {
      newer?.close();
      source.close();
    }
  },
};
