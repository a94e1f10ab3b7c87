/** `purge <workshop>`: erases a workshop, or one person's name in it, for good; whether the server runs or not. */
import { tidyName } from "../access/names.ts";
import { erase } from "../log/erasure.ts";
import { askServer } from "../store/channel.ts";
import { CannotOpen } from "../store/driver.ts";
import { erasedVisitors, EVERYBODY, filesHolding, rewriteFile } from "../store/erase.ts";
import { openReader } from "../store/reader.ts";
import { databasePath } from "../store/sqlite-file.ts";
import { openStore } from "../store/store.ts";
import { visitorsOf } from "../store/visitors.ts";
import { linksOf, workshopRow } from "../store/workshops.ts";
import type { Command } from "./command.ts";
import { DEFECTS, DONE, Misused, readLine } from "./terminal.ts";

interface Wish {
  workshop: string;
  /** Ids; EVERYBODY stands for the whole workshop. */
  visitors: string[];
  /** What must stand nowhere afterwards. */
  words: string[];
}

/** Of a workshop that is gone, so many of the ids that stood beside its words are looked for. */
const LOOKED_FOR = 20;

/** What is to be erased, as the data has it now. Throws CannotOpen where there is no such thing. */
const wishFor = (dataDir: string, workshop: string, person: string | undefined): Wish => {
  const reader = openReader(databasePath(dataDir));
  try {
    const erased = reader.version > 1 ? reader.rows(erasedVisitors(workshop)) : [];
    const there = reader.rows(workshopRow(workshop)).length > 0;
    // Asked again after something stood in the way of the rest, it is to be finished.
    if (!there && !erased.includes(EVERYBODY)) throw new CannotOpen(`There is no workshop ${workshop}.`);
    const visitors = reader.rows(visitorsOf(workshop));
    if (person === undefined) {
      const ids = [...reader.rows(linksOf(workshop)), ...visitors.filter(({ id }) => !erased.includes(id))];
      return { workshop, visitors: [EVERYBODY], words: ids.map(({ id }) => id).slice(0, LOOKED_FOR) };
    }
    // As it was taken down when they came, however this terminal writes it.
    const called = tidyName(person);
    const found = visitors.filter(({ id, name }) => id === person || (name !== "" && name === called));
    if (found.length === 0) throw new CannotOpen(`Nobody of that id or name came to workshop ${workshop}.`);
    const words = found.map(({ name }) => name).filter((name) => name !== "");
    return { workshop, visitors: found.map(({ id }) => id), words };
  } finally {
    reader.close();
  }
};

/** With no server on the data this process is the one writer. Throws CannotOpen where there is one after all. */
const eraseAlone = async (dataDir: string, { workshop, visitors }: Wish): Promise<void> => {
  const store = await openStore({ dataDir });
  try {
    // Each makes the log anew, upon the one before.
    // oxlint-disable-next-line no-await-in-loop
    for (const visitor of visitors) await erase(store, workshop, visitor, Date.now());
    if (!(await store.forget())) {
      throw new CannotOpen(
        "It was erased, but another process still reads what was before. Wait for it, and say it again.",
      );
    }
  } finally {
    await store.close();
  }
};

export const purge: Command = {
  usage: "purge <workshop> [--visitor <id or name>] --yes",
  about: "erases a workshop, or one person's name in it and its history, for good; the server may run",
  async run(line, { dataDir, terminal }) {
    const { places, options } = readLine(line, 1, { visitor: "value", yes: "flag" });
    const [workshop] = places;
    const person = options.get("visitor");
    if (workshop === undefined) throw new Misused("Which workshop?");
    if (!options.has("yes")) throw new Misused("This cannot be taken back: say --yes.");
    const wish = wishFor(dataDir, workshop, typeof person === "string" ? person : undefined);
    const question = { ask: "erase", workshop, visitors: wish.visitors };
    const online = await askServer(dataDir, question, (doing) => terminal.doing(doing));
    if (!online) await eraseAlone(dataDir, wish);

    const search = (): string[] => filesHolding(dataDir, wish.words, terminal.progress("searching what is left"));
    let still = search();
    if (still.includes(databasePath(dataDir)) && !online) {
      terminal.doing("rewriting the file");
      rewriteFile(dataDir);
      still = search();
    }
    terminal.say(`${typeof person === "string" ? "The name was" : "The workshop was"} erased from ${dataDir}.`);
    terminal.say("Older backups still hold it: let them run out. Restored with --newer, they do not bring it back.");
    if (still.length === 0) return DONE;
    terminal.say(`The same letters still stand in ${still.join(", ")}: in other workshops, or inside other words.`);
    return DEFECTS;
  },
};
