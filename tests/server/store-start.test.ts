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
import { addDocument, addEntry, documentRow } from "../../server/store/entries.ts";
import { MIGRATIONS } from "../../server/store/migrations.ts";
import { sql } from "../../server/store/rows.ts";
import { openStore } from "../../server/store/store.ts";
import { newDataDir, smallDisk, type DataDir } from "../support/data-dir.ts";

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
    expect(readdirSync(dataDir).toSorted()).toEqual(["lock", "minutier.db"]);
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

  test.skipIf(!disk)(`${tooSmall}${disk ? "" : " (skipped: this account may not mount a small disk)"}`, async () => {
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
  });

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
    await expect(openStore({ dataDir: dir.path })).rejects.toThrow(/missing, but key of it is there/);
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

  test("D14 S20 a write-ahead log that was lost or emptied beside an open database is missed, and the host is told", async () => {
    const copy = newDataDir();
    const store = await openStore({ dataDir: dir.path });
    await store.write(addDocument("d", 1));
    for (const name of ["minutier.db", "minutier.db-wal", "minutier.db-in-use"]) {
      copyFileSync(join(dir.path, name), join(copy.path, name));
    }
    const copied = new Map(
      ["minutier.db", "minutier.db-in-use"].map((name) => [name, readFileSync(join(copy.path, name))]),
    );
    const kept = (name: string): Buffer => copied.get(name) ?? Buffer.alloc(0);
    await store.close();
    const [log, whole] = [join(copy.path, "minutier.db-wal"), readFileSync(join(copy.path, "minutier.db-wal"))];
    rmSync(log);
    const lost = await openStore({ dataDir: copy.path });
    expect(lost.warning).toMatch(/was not closed.*-wal, .* is missing/);
    await lost.close();
    for (const name of ["minutier.db", "minutier.db-in-use"]) writeFileSync(join(copy.path, name), kept(name));
    writeFileSync(log, "");
    const emptied = await openStore({ dataDir: copy.path });
    expect(emptied.warning).toMatch(/was not closed.*-wal, .* is empty/);
    await emptied.close();
    for (const name of ["minutier.db", "minutier.db-in-use"]) writeFileSync(join(copy.path, name), kept(name));
    writeFileSync(log, whole);
    const again = await openStore({ dataDir: copy.path });
    expect(again.warning).toBeUndefined();
    expect(await again.read(documentRow("d"))).toEqual([[{ epoch: 1, head: 0 }]]);
    await again.close();
    expect(existsSync(join(copy.path, "minutier.db-in-use"))).toBe(false);
    copy.remove();
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
