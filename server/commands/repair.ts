/** `repair <backup>`: takes the workshops of which the log is damaged from a backup, and leaves all others as they are. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { keyPath } from "../access/key.ts";
import { isWhole } from "../log/chain.ts";
import { erase } from "../log/erasure.ts";
import { stateOf } from "../log/rebuild.ts";
import { sealOf } from "../store/backup.ts";
import { CannotOpen } from "../store/driver.ts";
import { deskOn, openReader } from "../store/reader.ts";
import { repairTables } from "../store/repair.ts";
import type { Command } from "./command.ts";
import { findDefects, lineOf, openNamed } from "./findings.ts";
import { DEFECTS, DONE, Misused, readLine } from "./terminal.ts";

/** Throws CannotOpen unless the file is whole. */
const mustBeWhole = (file: string): void => {
  const reader = openReader(file);
  try {
    const [first] = findDefects(reader, undefined, () => undefined);
    if (first) {
      throw new CannotOpen(`What is left cannot be joined with the backup (${lineOf(first)}). Nothing was changed.`);
    }
  } finally {
    reader.close();
  }
};

export const repair: Command = {
  usage: "repair <backup>",
  about: "takes damaged workshops from a backup and leaves the others as they are; the server must be stopped",
  async run(line, { dataDir, terminal }) {
    const [name] = readLine(line, 1).places;
    if (name === undefined) throw new Misused("What is it to be repaired from?");
    const file = resolve(name);
    const source = openNamed(file);
    try {
      if (source.kind !== "backup") throw new CannotOpen(`${file} is not a backup.`);
      const defects = findDefects(source, undefined, terminal.progress("verifying"));
      if (defects.length > 0) throw new CannotOpen(`${file} is damaged itself: nothing was changed.`);
      const { key, made } = sealOf(source);
      const path = keyPath(dataDir);
      if (!existsSync(path) || readFileSync(path, "utf8").trim() !== key) {
        throw new CannotOpen(`${file} is not of the server of ${dataDir}: its key is another one.`);
      }
      const done = await repairTables(source, {
        dataDir,
        logs: { isWhole, stateOf: (db, workshop) => stateOf(deskOn(db), workshop) },
        verify: mustBeWhole,
        erase,
        progress: terminal.progress("copying"),
      });
      for (const workshop of done.begun)
        terminal.say(`workshop ${workshop}: says what it said; its history begins anew.`);
      for (const workshop of done.restored) terminal.say(`workshop ${workshop}: as it was at ${made.toISOString()}.`);
      for (const workshop of done.missing) terminal.say(`workshop ${workshop}: damaged, and not in the backup.`);
      terminal.say(
        `${done.kept.length} workshops are whole and as they were. The damaged file is ${done.damaged}: keep it until you are sure.`,
      );
      return done.missing.length === 0 ? DONE : DEFECTS;
    } finally {
      source.close();
    }
  },
};
