/** How the place of the data does: rights, room, settings of SQLite, the clock. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "./rows.ts";
import type { Store } from "./store.ts";

export interface Finding {
  name: string;
  good: boolean;
  /** What was found, in a sentence for the host; never a secret, a name or a word of the minutes. */
  says: string;
}

/** Below this a day of workshops may fill the disk. */
const ROOM_BYTES = 512 * 1024 * 1024;
const FULL = 2;
const HOUR_MS = 3_600_000;
const PRIVATE = ["", "minutier.db", "key"];

export const finding = (name: string, good: boolean, says: string): Finding => ({ name, good, says });

const rights = (dataDir: string): Finding => {
  const open = PRIVATE.map((name) => join(dataDir, name))
    .filter((path) => existsSync(path))
    .filter((path) => (statSync(path).mode & 0o077) !== 0);
  if (open.length === 0) return finding("rights", true, "no other account can read the data");
  return finding("rights", false, `other accounts may read ${open.join(", ")}: chmod go-rwx`);
};

const writable = (dataDir: string): Finding => {
  try {
    for (const name of PRIVATE) accessSync(join(dataDir, name), constants.R_OK | constants.W_OK);
    return finding("data", true, `${dataDir} can be read and written`);
  } catch (error) {
    return finding(
      "data",
      false,
      `${dataDir} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const room = async (dataDir: string): Promise<Finding> => {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  return finding("disk", free >= ROOM_BYTES, `${Math.floor(free / 1024 / 1024)} MB free (512 are needed)`);
};

/** What can be seen from outside, whether a server runs or not. */
export const placeFindings = async (dataDir: string): Promise<Finding[]> => {
  const found = writable(dataDir);
  return found.good ? [found, rights(dataDir), await room(dataDir)] : [found];
};

/** What only the server that has the data open can say. Throws Refusal `unavailable`. */
export const storeFindings = async (store: Store): Promise<Finding[]> => {
  const [[journal], [synchronous], [newest]] = await store.read(
    sql("PRAGMA journal_mode", [], (row) => row["journal_mode"]),
    sql("PRAGMA synchronous", [], (row) => row["synchronous"]),
    sql("SELECT max(created) AS at FROM workshops", [], (row) => Number(row["at"] ?? 0)),
  );
  const ahead = (newest ?? 0) - Date.now();
  return [
    finding(
      "durability",
      journal === "wal" && synchronous === FULL,
      `journal_mode=${String(journal)}, synchronous=${String(synchronous)}`,
    ),
    finding("kept", !store.loss, store.loss?.says ?? "every commit that was acknowledged was found at the start"),
    finding("saving", store.state.writing, store.state.writing ? "the disk takes entries" : store.state.reason),
    finding("clock", ahead < HOUR_MS, ahead < HOUR_MS ? new Date().toISOString() : "runs behind what was written"),
  ];
};
