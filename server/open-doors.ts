/** For measurements only: rooms that anybody on this machine may enter, so that one program can drive us and others alike. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { create } from "../document/create.ts";
import type { Access } from "./access/access.ts";
import { CannotOpen } from "./store/driver.ts";

/** What everybody shows: the word other servers of the same protocol are driven with. */
const WORD = "token";
/** Beside the data, for good: what was written by anybody must never pass for what people wrote. */
const MARK = "open-doors";

/**
 * Keeps measurements and people's data apart, whichever way the setting was forgotten or switched on by mistake.
 * Throws CannotOpen before anything is touched.
 */
export const markDoors = (dataDir: string, open: boolean): void => {
  const mark = join(dataDir, MARK);
  if (!open && existsSync(mark)) {
    throw new CannotOpen(
      `${dataDir} holds a measurement that anybody could write to (${MARK}). Give another DATA_DIR.`,
    );
  }
  if (!open || existsSync(mark)) return;
  if (existsSync(join(dataDir, "minutier.db")) || existsSync(join(dataDir, "key"))) {
    throw new CannotOpen(
      `OPEN_DOORS would let anybody into the workshops of ${dataDir}. Give a DATA_DIR that does not exist yet.`,
    );
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(mark, "Anybody could enter every room of these data with one word.\n");
};

/** The same access, but whoever shows the word may write in any room; one that is not there yet is begun, empty. */
export const openDoors = (access: Access): Access => {
  const secrets = new Map<string, Promise<string>>();

  const begin = async (id: string): Promise<string> => {
    const given = (await access.links(id)).find(({ capability }) => capability === "write");
    if (given?.secret) return given.secret;
    const update = create({ id: "open", language: "en", name: "", description: "", title: id, sections: [] });
    const { links } = await access.createWorkshop({ id, update, kind: "workshop", language: "en", template: "vierge" });
    return links.write;
  };
  const secretOf = (id: string): Promise<string> => {
    const secret = secrets.get(id) ?? begin(id);
    secrets.set(id, secret);
    secret.catch(() => secrets.delete(id));
    return secret;
  };

  return {
    ...access,
    authorise: async (workshop, credential) =>
      access.authorise(workshop, credential === WORD ? await secretOf(workshop) : credential),
  };
};
