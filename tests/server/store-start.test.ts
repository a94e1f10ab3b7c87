/** What a start of the store accepts, refuses and leaves untouched. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { COMMITS_FILE } from "../../server/store/commits.ts";
import { addDocument, addEntry, documentRow } from "../../server/store/entries.ts";
import { MIGRATIONS } from "../../server/store/migrations.ts";
import { sql } from "../../server/store/rows.ts";
import { openStore } from "../../server/store/store.ts";
import { newDataDir, smallDisk, type DataDir } from "../support/data-dir.ts";
import { lookAt } from "../support/still.ts";

const APPENDER = new URL("../support/appender.ts", import.meta.url).pathname;

const refusal = (why: RegExp) => ({ says: expect.stringMatching(why) as unknown, changed: false });

describe("the start of the store", () => {
  let dir: DataDir;
  let path: string;

  beforeEach(() => {
    dir = newDataDir();
    path = join(dir.path, "minutier.db");
  });

  afterEach(() => dir.remove());

  const hash = (): string => createHash("sha256").update(readFileSync(path)).digest("hex");

  /** A store that holds something, closed again. */
  const filled = async (): Promise<void> => {
    const store = await openStore({ dataDir: dir.path });
    await store.write(addDocument("d", 1));
    for (let i = 0; i < 50; i += 1) {
      await store.write(...addEntry("d", { at: 1, visitor: null, bytes: new Uint8Array(2000) }));
    }
    await store.close();
  };

  /** What a start says to this file, and whether a byte of it changed. */
  const start = async (): Promise<{ says: string; changed: boolean }> => {
    const before = hash();
    const says = await openStore({ dataDir: dir.path }).then(
      () => "nothing",
      (error: Error) => `${error.name}: ${error.message}`,
    );
    return { says, changed: hash() !== before };
  };

  test("S11 the first start makes the directory, closed to others, and the file at the newest version", async () => {
    const dataDir = join(dir.path, "a", "b");
    const store = await openStore({ dataDir });
    await store.close();
    expect(statSync(dataDir).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, "minutier.db")).mode & 0o077).toBe(0);
    expect(readdirSync(dataDir).toSorted()).toEqual(["lock", "minutier.db", COMMITS_FILE]);
    const db = new DatabaseSync(join(dataDir, "minutier.db"));
    expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: MIGRATIONS.length });
    expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    db.close();
  });

  test("S11 a first start that was killed half-way is simply begun again", async () => {
    writeFileSync(`${path}.new`, "half a database");
    writeFileSync(`${path}.new-wal`, "half a log");
    await filled();
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  const disk = smallDisk(4);
  afterAll(() => disk?.remove());

  const tooSmall = "S11 a first start on a disk that is too small says so, and begins anew once there is room";

  test.skipIf(!disk)(
    `${tooSmall}${disk ? "" : " (skipped: this account may not mount a small disk)"}`,
    async () => {
      const refusals: string[] = [];
      for (const kilobytes of [4, 16, 40, 64, 88, 112, 136, 160]) {
        disk!.resize(kilobytes);
        await openStore({ dataDir: disk!.path }).then(
          (store) => store.close(),
          (error: Error) => refusals.push(error.name),
        );
        disk!.resize(4096);
        const store = await openStore({ dataDir: disk!.path });
        expect(await store.read(sql("PRAGMA quick_check", [], (row) => row["quick_check"]))).toEqual([["ok"]]);
        await store.write(addDocument("d", 1));
        await store.close();
        for (const name of readdirSync(disk!.path)) rmSync(join(disk!.path, name));
      }
      expect(refusals.length).toBeGreaterThan(2);
      expect(new Set(refusals)).toEqual(new Set(["CannotOpen"]));
    },
    180_000,
  );

  test("S12 a file of a newer version is refused and left as it is", async () => {
    await filled();
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    expect(await start()).toEqual(refusal(/^CannotOpen: .*newer version/));
  });

  test("S12 a newer file that was not closed, with its write-ahead log, is left as it is too", async () => {
    await filled();
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    const [main, wal] = [readFileSync(path), readFileSync(`${path}-wal`)];
    db.close();
    writeFileSync(path, main);
    writeFileSync(`${path}-wal`, wal);
    expect(await start()).toEqual(refusal(/^CannotOpen: .*newer version/));
    expect(Buffer.compare(readFileSync(`${path}-wal`), wal)).toBe(0);
  });

  test("D14 S13 another program's database is refused and left as it is", async () => {
    const db = new DatabaseSync(path);
    db.exec("CREATE TABLE recipes (name)");
    db.close();
    expect(await start()).toEqual(refusal(/^CannotOpen: .*another program/));
  });

  test("D14 S13 a file that is no database is refused and left as it is", async () => {
    writeFileSync(path, "Compte-rendu de l’atelier\n".repeat(500));
    expect(await start()).toEqual(refusal(/^CannotOpen: .*damaged or not a database/));
  });

  test("D14 S13 an empty file is refused: nothing is ever begun over what may have been something", async () => {
    writeFileSync(path, "");
    expect(await start()).toEqual(refusal(/^CannotOpen: .*is empty/));
  });

  test("D14 S13 a file that was cut short is refused and left as it is", async () => {
    await filled();
    truncateSync(path, 3 * 4096);
    expect(await start()).toEqual(refusal(/^CannotOpen: .*damaged or not a database/));
  });

  test("D14 S13 a lost database is not replaced by an empty one", async () => {
    await filled();
    writeFileSync(join(dir.path, "key"), "the key");
    rmSync(path);
    await expect(openStore({ dataDir: dir.path })).rejects.toThrow(
      /missing, but key and minutier.db-commits of it is there/,
    );
    expect(existsSync(path)).toBe(false);
  });

  test("D14 S13 a copy of the file beside its write-ahead log opens with everything in it", async () => {
    await filled();
    const copy = newDataDir();
    const store = await openStore({ dataDir: dir.path });
    await store.write(...addEntry("d", { at: 1, visitor: null, bytes: new Uint8Array(5) }));
    for (const name of ["minutier.db", "minutier.db-wal"]) copyFileSync(join(dir.path, name), join(copy.path, name));
    await store.close();
    const other = await openStore({ dataDir: copy.path });
    expect(await other.read(documentRow("d"))).toEqual([[{ epoch: 1, head: 51 }]]);
    await other.close();
    copy.remove();
  });

  describe("D14 S20 fewer commits than were acknowledged", () => {
    const FILES = ["minutier.db", "minutier.db-wal", COMMITS_FILE];

    /** What a killed server leaves: three commits acknowledged, all of them in the log still. */
    const killed = async (): Promise<{ path: string; remove: () => void }> => {
      const [own, copy] = [newDataDir(), newDataDir()];
      const store = await openStore({ dataDir: own.path });
      await store.write(addDocument("d", 1));
      for (let n = 0; n < 2; n += 1) {
        await store.write(...addEntry("d", { at: 1, visitor: null, bytes: new Uint8Array(5) }));
      }
      for (const name of FILES) copyFileSync(join(own.path, name), join(copy.path, name));
      await store.close();
      own.remove();
      return copy;
    };

    /** How many of three commits a start finds there, and how many it tells to be missing. */
    const found = async (change: (log: string) => void): Promise<[commits: number, missing: number]> => {
      const copy = await killed();
      change(join(copy.path, "minutier.db-wal"));
      const { commits, missing } = await lookAt(copy.path);
      copy.remove();
      return [commits, missing];
    };

    test("D14 S20 a log that is lost, emptied or cut is told with what is missing; one left alone is whole", async () => {
      expect(await found(() => undefined)).toEqual([3, 0]);
      expect(await found(rmSync)).toEqual([0, 3]);
      expect(await found((log) => writeFileSync(log, ""))).toEqual([0, 3]);
      expect(await found((log) => truncateSync(log, 32 + 24 + 100))).toEqual([0, 3]);
      expect(await found((log) => truncateSync(log, statSync(log).size - 1))).toEqual([2, 1]);
      // As a program does that looks into the data of a killed server: nothing of it is lost.
      const lookedInto = (log: string): void => {
        const db = new DatabaseSync(log.replace(/-wal$/, ""));
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        db.close();
      };
      expect(await found(lookedInto)).toEqual([3, 0]);
    });

    test("D14 S20 an older copy in the place of the database is told, and opens", async () => {
      await filled();
      const older = readFileSync(path);
      const store = await openStore({ dataDir: dir.path });
      await store.write(...addEntry("d", { at: 1, visitor: null, bytes: new Uint8Array(5) }));
      await store.close();
      writeFileSync(path, older);
      const again = await openStore({ dataDir: dir.path });
      expect(again.loss).toEqual({
        commits: 1,
        says: expect.stringMatching(/holds 51 commits, but 52 were acknowledged: the last 1 are missing/) as unknown,
      });
      await again.close();
      // Once: from here on it is what there is.
      const third = await openStore({ dataDir: dir.path });
      expect(third.loss).toBeUndefined();
      await third.close();
    });

    test("S20 a number that cannot be read, or a count that has rotted, says nothing and stops nothing", async () => {
      const copy = await killed();
      writeFileSync(join(copy.path, COMMITS_FILE), "000000000000999 00000000 commits");
      const db = new DatabaseSync(join(copy.path, "minutier.db"));
      db.exec("DELETE FROM commits");
      db.close();
      const store = await openStore({ dataDir: copy.path });
      expect(store.loss).toBeUndefined();
      await store.write(...addEntry("d", { at: 1, visitor: null, bytes: new Uint8Array(5) }));
      await store.close();
      copy.remove();
    });
  });

  test("S14 a directory that cannot be used is named, with what to look at", async () => {
    writeFileSync(join(dir.path, "file"), "");
    await expect(openStore({ dataDir: join(dir.path, "file", "data") })).rejects.toThrow(
      /cannot be read and written.*owner and rights/,
    );
    mkdirSync(join(dir.path, "minutier.db"));
    await expect(openStore({ dataDir: dir.path })).rejects.toMatchObject({ name: "CannotOpen" });
  });

  describe("S15 one process per data directory", () => {
    let child: ChildProcess | undefined;

    afterEach(() => {
      child?.kill("SIGKILL");
    });

    /** Another process that has the directory and is busy writing to it. */
    const holder = async (): Promise<ChildProcess> => {
      child = spawn(process.execPath, [APPENDER, dir.path], { stdio: ["ignore", "pipe", "inherit"] });
      for await (const line of createInterface({ input: child.stdout! })) if (line.startsWith("acked")) return child;
      throw new Error("The other process ended before it wrote anything.");
    };

    test("S15 a second one is told so; kill -9 of the first frees it at once", async () => {
      const first = await holder();
      await expect(openStore({ dataDir: dir.path })).rejects.toMatchObject({
        name: "CannotOpen",
        message: expect.stringMatching(/Another process is using the data directory/),
      });
      expect(first.exitCode).toBeNull();
      const exited = once(first, "exit");
      first.kill("SIGKILL");
      await exited;
      const store = await openStore({ dataDir: dir.path });
      await store.close();
    });

    test("S15 also within one process", async () => {
      const store = await openStore({ dataDir: dir.path });
      await expect(openStore({ dataDir: dir.path })).rejects.toThrow(/Another process/);
      await store.write(addDocument("d", 1));
      await store.close();
    });
  });
});
