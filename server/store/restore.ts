/** A data directory made of a backup: in an empty place, whole or not at all, and told apart from what clients hold. */
import { randomInt } from "node:crypto";
import { closeSync, openSync, readdirSync, renameSync } from "node:fs";
import { backup, type DatabaseSync } from "node:sqlite";
import { removeAside, type Progress } from "./backup.ts";
import { CannotOpen, type Desk, type Row } from "./driver.ts";
import { lockDirectory } from "./lock.ts";
import { deskOn, type Reader } from "./reader.ts";
import { isConflict } from "./sqlite-errors.ts";
import { APPLICATION_ID, databasePath, migrate, openAs, prepareDirectory, syncEntry } from "./sqlite-file.ts";

const PAGES = 2048;
const EPOCHS = 2 ** 48;

/** What a restore that was killed leaves behind, and the one thing a fresh file system brings along. */
const LEFT_OVER = /^(lock(-journal)?|minutier\.db\.new(-\w+)?|key\.new|lost\+found)$/;

/** Throws CannotOpen unless `dataDir` is empty, or holds no more than what a restore of the same key left half done. */
const mustBeEmpty = (dataDir: string, mayHoldKey: boolean): void => {
  const there = readdirSync(dataDir).filter((name) => !LEFT_OVER.test(name) && !(mayHoldKey && name === "key"));
  if (there.length === 0) return;
  throw new CannotOpen(
    `${dataDir} is not empty (${there.slice(0, 3).join(", ")}). A backup is only restored to an empty directory: ` +
      "move what is there away, and keep it.",
  );
};

/** Never one that the document had: whoever holds text of before must notice. */
const renewEpochs = (db: DatabaseSync): void => {
  const set = db.prepare("UPDATE documents SET epoch = ? WHERE id = ?");
  for (const row of db.prepare("SELECT id, epoch FROM documents").all() as unknown as Row[]) {
    const drawn = randomInt(EPOCHS - 1);
    set.run(drawn === row["epoch"] ? drawn + 1 : drawn, row["id"] ?? null);
  }
};

/**
 * What somebody took away or gave after the backup: links withdrawn stay withdrawn, links given go on leading in, what
 * was erased is erased again. A workshop the backup does not have gets nothing.
 */
const takeOver = async (db: DatabaseSync, newer: Reader, erase: Restoring["erase"]): Promise<void> => {
  const put = db.prepare(
    `INSERT INTO links (id, workshop, capability, label, personal, given, withdrawn)
     SELECT ?, id, ?, ?, ?, ?, ? FROM workshops WHERE id = ?
     ON CONFLICT (id) DO UPDATE SET withdrawn = coalesce(withdrawn, excluded.withdrawn)`,
  );
  for (const row of newer.db.prepare("SELECT * FROM links").all() as unknown as Row[]) {
    const { id, workshop, capability, label, personal, given, withdrawn } = row;
    try {
      put.run(id!, capability!, label!, personal!, given!, withdrawn!, workshop!);
    } catch (error) {
      // What has rotted there is not what the tables say of a link: it stays as the backup has it.
      if (!isConflict(error)) throw error;
    }
  }
  if (newer.version < 2) return;
  for (const row of newer.db.prepare("SELECT workshop, visitor, at FROM erasures").all() as unknown as Row[]) {
    // One after the other: each makes the log of its workshop anew.
    // oxlint-disable-next-line no-await-in-loop
    await erase(deskOn(db), String(row["workshop"]), String(row["visitor"]), Number(row["at"]));
  }
};

/** How the tables of a backup become data. */
export interface Making {
  /** Clients hold nothing newer than the backup: the server moved. Otherwise they must not merge what they hold. */
  keepEpochs: boolean;
  /** The data the backup takes the place of, or a later backup. */
  newer?: Reader;
  /** Erases once more what was erased since: a visitor's name, or with no visitor the workshop. */
  erase: (desk: Desk, workshop: string, visitor: string, at: number) => Promise<void>;
  progress: Progress;
}

export interface Restoring extends Making {
  dataDir: string;
  /** Writes the key into the directory, unless a restore that was killed has done so. Called once it is ours. */
  putKey: () => void;
  /** Takes it away again. */
  dropKey: () => void;
  /** Whether the directory holds the very key of the backup already. */
  hasKey: boolean;
}

/**
 * Makes a whole database of the backup that `source` reads, in the file `aside` and on disk. `change` is what else is to
 * be done in the same transaction. Throws what SQLite and the disk throw.
 */
export const makeData = async (
  source: Reader,
  aside: string,
  { keepEpochs, newer, erase, progress }: Making,
  change: (db: DatabaseSync) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  removeAside(aside);
  closeSync(openSync(aside, "wx", 0o600));
  await backup(source.db, aside, {
    rate: PAGES,
    progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages),
  });
  const db = openAs(aside, "rw");
  try {
    // Dropped rows would otherwise stay readable in free pages, the key among them.
    db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    migrate(db);
    db.exec("BEGIN; DROP TABLE backup; DROP TABLE backup_tables");
    if (!keepEpochs) renewEpochs(db);
    if (newer) await takeOver(db, newer, erase);
    await change(db);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; COMMIT`);
  } finally {
    db.close();
  }
  syncEntry(aside);
};

/**
 * Makes data of the backup that `source` reads. The database gets its name last, after the key: a restore that was
 * killed is refused by a start instead of being taken for a first one, and one that failed leaves nothing. Throws CannotOpen,
 * and what SQLite throws.
 */
export const restoreTables = async (source: Reader, restoring: Restoring): Promise<void> => {
  const { dataDir, putKey, dropKey, hasKey } = restoring;
  prepareDirectory(dataDir);
  mustBeEmpty(dataDir, hasKey);
  const lock = lockDirectory(dataDir);
  const aside = `${databasePath(dataDir)}.new`;
  try {
    mustBeEmpty(dataDir, hasKey);
    try {
      putKey();
      await makeData(source, aside, restoring);
      renameSync(aside, databasePath(dataDir));
    } catch (error) {
      // Whatever is restored here next may be of another server.
      removeAside(aside);
      dropKey();
      throw error;
    }
    syncEntry(dataDir);
  } finally {
    lock.close();
  }
};
