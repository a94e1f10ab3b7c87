/** Data of every version there was, opened by today's program: the same words, links and authors; and an upgrade that is cut short. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digestTables } from "../../server/store/digest.ts";
import { documentIds } from "../../server/store/entries.ts";
import { MIGRATIONS } from "../../server/store/migrations.ts";
import { openReader } from "../../server/store/reader.ts";
import { databasePath, openDatabase, pragma } from "../../server/store/sqlite-file.ts";
import { newSeed, Random } from "../fuzz/random.ts";
import { command } from "../support/command.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { readTrace, type Step } from "../support/disk-trace.ts";
import { FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { allKept, putKept, tell, type Kept } from "../support/kept-data.ts";
import { Machine } from "../support/power-loss.ts";
import { TestServer } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const OPENER = new URL("../support/opener.ts", import.meta.url).pathname;
const seed = newSeed("O06");

let dir: DataDir;
beforeEach(() => {
  dir = newDataDir();
});
afterEach(() => dir.remove());

/** The same data as the version before the last step of the tables left it. */
const stepBack = (dataDir: string): void => {
  const db = new DatabaseSync(databasePath(dataDir));
  const fresh = new DatabaseSync(":memory:");
  const names = (of: DatabaseSync): string[] =>
    of
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name));
  for (const step of MIGRATIONS.slice(0, -1)) fresh.exec(step);
  const before = names(fresh);
  const added = names(db).filter((name) => !before.includes(name));
  for (const name of added) db.exec(`DROP TABLE ${name}`);
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length - 1}`);
  db.close();
  fresh.close();
};

describe("O04 data of a version before", () => {
  const serves = async (kept: Kept): Promise<void> => {
    const server = await new TestServer({ DATA_DIR: dir.path }).start();
    for (const { id, links, withdrawn, told } of kept.workshops) {
      expect({ id, ...(await tell(server.url, { id, links })) }).toEqual({ id, ...told });
      const status = async (secret: string): Promise<number> =>
        (await fetch(`${server.url}/api/workshops/${id}`, { headers: { authorization: `Bearer ${secret}` } })).status;
      for (const secret of Object.values(links)) expect(await status(secret)).toBe(200);
      if (withdrawn) expect(await status(withdrawn)).toBe(401);
    }
    await server.stop();
    expect(await command({ DATA_DIR: dir.path }, "verify")).toMatchObject({ code: 0 });
  };

  test.each(allKept())("%s: every text, author, visitor, state, code and link is as it was", async (name) => {
    await serves(putKept(name, dir.path));
  });

  test("and so it is when the last step of the tables is still to be made", async () => {
    const kept = putKept(allKept().at(-1)!, dir.path);
    stepBack(dir.path);
    expect(await command({ DATA_DIR: dir.path }, "verify")).toMatchObject({ code: 0 });
    await serves(kept);
  });

  test.each(allKept())(
    "%s: before it is upgraded it is found whole, backed up, and the backup restored",
    async (name) => {
      const { workshops } = putKept(name, dir.path);
      const [file, restored] = [join(dir.path, "backup"), join(dir.path, "restored")];
      const here = { DATA_DIR: dir.path };
      expect(await command(here, "verify")).toEqual({ code: 0, output: `${dir.path}: nothing is wrong.\n` });
      expect(await command(here, "backup", file)).toMatchObject({ code: 0 });
      expect(await command(here, "restore", file, restored)).toMatchObject({ code: 0 });
      const reader = openReader(databasePath(restored));
      expect(reader.rows(documentIds())).toEqual(workshops.map(({ id }) => id).toSorted());
      reader.close();
    },
  );

  test("there is a fixture of the tables as they are now, and none is large", () => {
    const versions = allKept().map((name) => putKept(name, dir.path).version);
    expect(versions).toContain(MIGRATIONS.length);
    const folder = new URL("../fixtures/", import.meta.url).pathname;
    for (const name of allKept()) expect(statSync(join(folder, `${name}.db.gz`)).size).toBeLessThan(300_000);
  });
});

describe("O06 an upgrade that is cut short", () => {
  /** Fingerprints of the tables that both versions have. */
  const contents = (db: DatabaseSync): unknown => digestTables(db).filter(({ name }) => name !== "versions");

  /** Opens data in this very thread, as a start does, and looks at it. */
  const opened = (dataDir: string): { version: unknown; check: unknown; tables: unknown } => {
    const db = openDatabase(dataDir);
    const found = { version: pragma(db, "user_version"), check: pragma(db, "quick_check"), tables: contents(db) };
    db.close();
    return found;
  };

  const older = (): { version: unknown; check: unknown; tables: unknown } => {
    putKept(allKept().at(-1)!, dir.path);
    stepBack(dir.path);
    const db = new DatabaseSync(databasePath(dir.path), { readOnly: true });
    const tables = contents(db);
    db.close();
    return { version: MIGRATIONS.length, check: "ok", tables };
  };

  const open = async (disk: FaultyDisk): Promise<string> => {
    const child = spawn(process.execPath, [OPENER, dir.path], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...disk.environment },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await once(child, "close");
    return output;
  };

  test.skipIf(noFaults)(
    `killed, or without power, at any step of it, the next start finishes it and has every row (seed ${seed})${orSkipped}`,
    async () => {
      const right = older();
      const before = readdirSync(dir.path).map((name) => {
        const path = join(dir.path, name);
        return { path, file: String(statSync(path).ino), bytes: readFileSync(path) };
      });
      const disk = new FaultyDisk(dir.path, { traced: true });
      expect(await open(disk)).toBe("opened\n");
      const steps: Step[] = readTrace(disk.trace());
      disk.remove();
      const random = new Random(seed);
      const machine = new Machine();
      for (const { path, file, bytes } of before) machine.found(path, file, bytes);
      const wrong: unknown[] = [];
      for (const [index, step] of steps.entries()) {
        machine.take(step);
        for (const image of index % 3 === 0
          ? [machine.afterKill(), machine.afterPowerLoss(random)]
          : [machine.afterKill()]) {
          const place = newDataDir();
          for (const [name, bytes] of image) writeFileSync(join(place.path, basename(name)), bytes);
          try {
            expect(opened(place.path)).toEqual(right);
          } catch (error) {
            wrong.push([index, step.does, String(error)]);
          }
          place.remove();
        }
      }
      process.stdout.write(`O06 ${steps.length} moments of an upgrade, ${wrong.length} not as before\n`);
      expect(wrong).toEqual([]);
      expect(steps.length).toBeGreaterThan(10);
    },
  );

  test.skipIf(noFaults)(
    `on a disk that is full it is refused with a sentence, and made once there is room${orSkipped}`,
    async () => {
      const right = older();
      const disk = new FaultyDisk(dir.path);
      const said: string[] = [];
      for (const room of [0, 16_384, 40_000, 1_000_000]) {
        disk.room(room);
        // Each attempt follows the one before.
        // oxlint-disable-next-line no-await-in-loop
        said.push(await open(disk));
        // Nobody may have lost anything by it: the file is what it was, or what it is to be.
        expect(readFileSync(databasePath(dir.path)).length).toBeGreaterThan(100_000);
      }
      expect(said.at(-1)).toBe("opened\n");
      expect(said[0]).toMatch(/^refused: .*(full|I\/O|opened)/);
      disk.heal();
      expect(opened(dir.path)).toEqual(right);
      disk.remove();
    },
  );
});
