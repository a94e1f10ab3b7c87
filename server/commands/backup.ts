/** `backup <file>`: everything this server keeps, as it is now, in one file; whether the server runs or not. */
import { existsSync, readFileSync, renameSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isKey, keyPath } from "../access/key.ts";
import { copyTables, removeAside, seal } from "../store/backup.ts";
import type { Defect } from "../store/defect.ts";
import { CannotOpen } from "../store/driver.ts";
import { claimName } from "../store/lock.ts";
import { openReader } from "../store/reader.ts";
import { syncEntry } from "../store/sqlite-file.ts";
import { VERSION } from "../version.ts";
import type { Command } from "./command.ts";
import { findDefects, lineOf, PARTIAL } from "./findings.ts";
import { DEFECTS, DONE, Misused, readLine } from "./terminal.ts";

/** What a backup of damaged data is called, so that nobody relies on it. */
const DAMAGED = ".damaged";

/** Stands beside a backup while it is being made, so that nobody makes another one under its name. */
const CLAIM = ".lock";

const keyOf = (dataDir: string): string => {
  const path = keyPath(dataDir);
  if (!existsSync(path)) throw new CannotOpen(`${path} is missing: there is nothing to back up, or not all of it.`);
  const key = readFileSync(path, "utf8").trim();
  if (!isKey(key)) throw new CannotOpen(`${path} is not the key this program made.`);
  return key;
};

export const backup: Command = {
  usage: "backup <file>",
  about: "copies everything, the key included, into one new file; the server may run",
  async run(line, { dataDir, terminal }) {
    const [name] = readLine(line, 1).places;
    if (name === undefined) throw new Misused("A backup needs the name of a new file.");
    const file = resolve(name);
    const claim = claimName(file + CLAIM);
    if (!claim)
      throw new CannotOpen(`${file} is being made by another backup. Nothing was changed; give another name.`);
    const made = new Date();
    const make = async (): Promise<Defect[]> => {
      if (existsSync(file)) throw new CannotOpen(`${file} is there already. Nothing was changed; give another name.`);
      const partial = file + PARTIAL;
      removeAside(partial);
      try {
        const key = keyOf(dataDir);
        await copyTables(dataDir, partial, terminal.progress("copying"));
        seal(partial, { made, program: VERSION, key });
        const reader = openReader(partial);
        const found = findDefects(reader, undefined, terminal.progress("verifying"));
        reader.close();
        renameSync(partial, found.length === 0 ? file : file + DAMAGED);
        return found;
      } catch (error) {
        removeAside(partial);
        throw error;
      }
    };
    const defects = await make().finally(() => claim.letGo());
    const final = defects.length === 0 ? file : file + DAMAGED;
    syncEntry(dirname(final));
    if (defects.length === 0) {
      terminal.say(
        `${final} holds everything up to ${made.toISOString()}, and was verified. It contains the key: keep it safe.`,
      );
      return DONE;
    }
    for (const each of defects) terminal.say(lineOf(each));
    terminal.say(
      `${final} was made, but the data itself is damaged: ${defects.length} defects. Keep the backups before it.`,
    );
    return DEFECTS;
  },
};
