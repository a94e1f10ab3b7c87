/** `purge <workshop>`: erases a workshop, or one person's name in it, for good. */
import { erase, nameOf } from "../log/erasure.ts";
import { CannotOpen } from "../store/driver.ts";
import { erasing, EVERYBODY, filesHolding } from "../store/erase.ts";
import { rowsOf } from "../store/reader.ts";
import { visitorsOf } from "../store/visitors.ts";
import { workshopRow } from "../store/workshops.ts";
import type { Command } from "./command.ts";
import { DEFECTS, DONE, Misused, readLine } from "./terminal.ts";

export const purge: Command = {
  usage: "purge <workshop> [--visitor <id or name>] --yes",
  about: "erases a workshop, or one person's name in it and its history, for good; the server must be stopped",
  run(line, { dataDir, terminal }) {
    const { places, options } = readLine(line, 1, { visitor: "value", yes: "flag" });
    const [workshop] = places;
    const wanted = options.get("visitor");
    if (workshop === undefined) throw new Misused("Which workshop?");
    if (!options.has("yes")) throw new Misused("This cannot be taken back: say --yes.");
    const names = erasing(dataDir, (db) => {
      if (rowsOf(db, workshopRow(workshop)).length === 0) throw new CannotOpen(`There is no workshop ${workshop}.`);
      const at = Date.now();
      if (typeof wanted !== "string") {
        erase(db, workshop, EVERYBODY, at);
        return [];
      }
      const found = rowsOf(db, visitorsOf(workshop)).filter(({ id, name }) => id === wanted || name === wanted);
      if (found.length === 0) throw new CannotOpen(`Nobody of that id or name came to workshop ${workshop}.`);
      const known = found.map(({ id }) => nameOf(db, workshop, id) ?? "");
      for (const { id } of found) erase(db, workshop, id, at);
      return known.filter((name) => name !== "");
    });
    const still = [...new Set(names.flatMap((name) => filesHolding(dataDir, name)))];
    terminal.say(`${typeof wanted === "string" ? "The name was" : "The workshop was"} erased from ${dataDir}.`);
    terminal.say("Older backups still hold it: let them run out. Restored with --newer, they do not bring it back.");
    if (still.length === 0) return Promise.resolve(DONE);
    terminal.say(`The same letters still stand in ${still.join(", ")}: in other workshops, or inside other words.`);
    return Promise.resolve(DEFECTS);
  },
};
