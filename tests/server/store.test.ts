/** The store on real SQLite files: the contract of every driver, and what is SQLite's own. */
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { commit, preparing } from "../../server/store/batch.ts";
import type { Writing } from "../../server/store/driver.ts";
import { addDocument, addEntry, documentRow, entriesAfter } from "../../server/store/entries.ts";
import { MIGRATIONS } from "../../server/store/migrations.ts";
import { sql } from "../../server/store/rows.ts";
import { harden } from "../../server/store/sqlite-file.ts";
import { gatherFor } from "../../server/store/sqlite.ts";
import { openStore, type Store } from "../../server/store/store.ts";
import { startThread } from "../../server/store/thread.ts";
import { storeContract } from "../contracts/store-contract.ts";
import { newDataDir, smallDisk, type DataDir } from "../support/data-dir.ts";

storeContract("SQLite", async () => {
  const { path, remove } = newDataDir();
  return { open: () => openStore({ dataDir: path }), remove: async () => remove() };
});

const entry = (size = 10) => ({ at: 1, visitor: null, bytes: new Uint8Array(size).fill(120) });

/** Resolves with the first state that `wanted` accepts, from now on. */
const stateThat = (store: Store, wanted: (state: Writing) => boolean): Promise<Writing> =>
  new Promise((resolve) => {
    const stop = store.onState((state) => {
      if (!wanted(state)) return;
      stop();
      resolve(state);
    });
  });

test("S3 a single writer never waits for others to come; the more do, the longer a commit is waited with, up to 10 ms", () => {
  expect([1, 2, 3, 6, 7, 1000].map(gatherFor)).toEqual([0, 2, 4, 10, 10, 10]);
});

describe("a store on SQLite", () => {
  let dir: DataDir;
  let store: Store;

  beforeEach(async () => {
    dir = newDataDir();
    store = await openStore({ dataDir: dir.path });
    await store.write(addDocument("d", 1));
  });

  afterEach(async () => {
    await store.close();
    dir.remove();
  });

  test("S8 the connection that commits says itself that it is as durable as it must be", async () => {
    const asked = ["journal_mode", "synchronous", "foreign_keys"].map((name) =>
      sql(`PRAGMA ${name}`, [], (row) => row[name]),
    );
    expect(await store.write(...asked)).toEqual([["wal"], [2], [1]]);
  });

  test("S8 a database that ignores what it is told is refused", () => {
    // In memory there is no write-ahead log: SQLite says "memory" and goes on.
    const db = new DatabaseSync(":memory:");
    expect(() => harden(db)).toThrow(/would not keep.*journal_mode=memory/);
  });

  test("S9 while the disk is slow, reads go on and nothing blocks", async () => {
    const other = new DatabaseSync(join(dir.path, "minutier.db"));
    other.exec("BEGIN IMMEDIATE");
    let acknowledged = false;
    const written = store.write(...addEntry("d", entry())).then(() => (acknowledged = true));
    expect(await store.read(documentRow("d"))).toEqual([[{ epoch: 1, head: 0 }]]);
    expect(acknowledged).toBe(false);
    other.exec("ROLLBACK");
    other.close();
    await written;
    expect(await store.read(documentRow("d"))).toEqual([[{ epoch: 1, head: 1 }]]);
  });

  test("S3 D20 on a slow disk those who were answered share the next commit with those who came meanwhile", async () => {
    // Long work in a commit holds it up as a slow sync does.
    const long = sql(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500000) SELECT count(*) AS c FROM n",
      [],
      ({ c }) => c,
    );
    const TIMES = 3;
    const { commits } = store;
    const writes = async (): Promise<void> => {
      for (let n = 0; n < TIMES; n += 1) await store.write(long);
    };
    const first = writes();
    // Its commit is under way when the other comes: without a breath they would take turns for ever.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await Promise.all([first, writes()]);
    expect(store.commits - commits).toBeLessThanOrEqual(TIMES + 2);
  });

  test("S10 a disk that fails acknowledges nobody; the store survives, and goes on by itself", async () => {
    const path = join(dir.path, "minutier.db");
    await store.write(...addEntry("d", entry()));
    renameSync(path, `${path}.away`);
    const failed = stateThat(store, ({ writing }) => !writing);
    const batch = Array.from({ length: 20 }, () => store.write(...addEntry("d", entry())));
    for (const result of await Promise.allSettled(batch)) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "not-saving", closeCode: 4500 } });
    }
    expect(await failed).toMatchObject({ writing: false, reason: expect.stringContaining("ENOENT") });
    await expect(store.write(...addEntry("d", entry()))).rejects.toMatchObject({ code: "not-saving" });
    expect(await store.read(documentRow("d"))).toEqual([[{ epoch: 1, head: 1 }]]);

    const recovered = stateThat(store, ({ writing }) => writing);
    renameSync(`${path}.away`, path);
    expect(await recovered).toEqual({ writing: true });
    await store.write(...addEntry("d", entry()));
    expect(await store.read(documentRow("d"))).toEqual([[{ epoch: 1, head: 2 }]]);
  });

  test("S10 another file in the place of the database is never written to", async () => {
    const path = join(dir.path, "minutier.db");
    renameSync(path, `${path}.away`);
    new DatabaseSync(path).exec("CREATE TABLE other (x)");
    const { size } = statSync(path);
    await expect(store.write(...addEntry("d", entry()))).rejects.toThrow(/replaced or removed/);
    expect(statSync(path).size).toBe(size);
  });
});

test("S6 a thread that has ended says so to whoever asks, instead of never answering", async () => {
  const { path, remove } = newDataDir();
  const thread = await startThread({ dataDir: path, role: "writer" });
  await thread.ask({ ask: "close" });
  // The question may still find it ending; the one after that finds it gone.
  await expect(thread.ask({ ask: "close" })).rejects.toThrow("ended");
  await expect(thread.ask({ ask: "close" })).rejects.toThrow("ended");
  remove();
});

test("S10 a batch that meets a full disk leaves nothing of itself, and passes once there is room", () => {
  const db = new DatabaseSync(":memory:");
  db.exec(MIGRATIONS.join(""));
  const prepared = preparing(db);
  commit(db, prepared, [[addDocument("d", 1)]]);
  const pages = Number(db.prepare("PRAGMA page_count").get()?.["page_count"]);
  db.exec(`PRAGMA max_page_count = ${pages + 4}`);
  const units = [10, 10, 100_000, 10].map((size) => [...addEntry("d", entry(size))]);
  expect(() => commit(db, prepared, units)).toThrow(/full/);
  expect(db.isTransaction).toBe(false);
  expect(db.prepare("SELECT count(*) AS n FROM entries").get()).toEqual({ n: 0 });
  expect(db.prepare("SELECT head FROM documents").get()).toEqual({ head: 0 });
  db.exec("PRAGMA max_page_count = 1000000");
  const { outcomes } = commit(db, prepared, units);
  expect(outcomes.map((outcome) => "rows" in outcome && outcome.rows[0]?.[0]?.["head"])).toEqual([1, 2, 3, 4]);
});

describe("a store on a disk that is really full", () => {
  const disk = smallDisk(4096);
  afterAll(() => disk?.remove());

  const title = "S10 never acknowledges what did not fit, goes on reading, and recovers when there is room";

  test.skipIf(!disk)(`${title}${disk ? "" : " (skipped: this account may not mount a small disk)"}`, async () => {
    const filler = join(disk!.path, "filler");
    const store = await openStore({ dataDir: disk!.path });
    await store.write(addDocument("d", 1));
    writeFileSync(filler, new Uint8Array(2_000_000));
    const failed = stateThat(store, ({ writing }) => !writing);
    let acknowledged = 0;
    const fill = async (): Promise<void> => {
      await store.write(...addEntry("d", entry(20_000)));
      acknowledged += 1;
      await fill();
    };
    await expect(fill()).rejects.toMatchObject({ code: "not-saving" });
    expect(await failed).toMatchObject({ writing: false });
    expect(acknowledged).toBeGreaterThan(5);
    const [rows] = await store.read(entriesAfter("d", 0));
    expect(rows).toHaveLength(acknowledged);
    expect(rows.every(({ whole }) => whole)).toBe(true);

    const recovered = stateThat(store, ({ writing }) => writing);
    rmSync(filler);
    await recovered;
    await store.write(...addEntry("d", entry()));
    await store.close();
    const again = await openStore({ dataDir: disk!.path });
    const [there] = await again.read(entriesAfter("d", 0));
    expect(there.map(({ seq }) => seq)).toEqual(Array.from({ length: acknowledged + 1 }, (_, i) => i + 1));
    await again.close();
  });
});
