/** Backups of a running server, and data made of them again: nothing acknowledged is missing, nothing is different. */
import { existsSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { load, rebuild } from "../../server/log/rebuild.ts";
import { digestTables } from "../../server/store/digest.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/store.ts";
import { LiveClient } from "../support/clients.ts";
import { command, startCommand } from "../support/command.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 180_000 });

const WORKSHOPS = 3;
const BREATH_MS = 30;
const BACKUPS = Number(process.env["BACKUPS"] ?? 3);
/** How long nothing is backed up in between, for comparison. */
const PAUSE_MS = Number(process.env["PAUSE_MS"] ?? 0);

const server = new TestServer();
const place: DataDir = newDataDir();
const workshops: Started[] = [];
const clients: LiveClient[] = [];
/** Words whose authors were told that they are saved. */
const acked = new Map<string, string[]>();
/** How long an acknowledgement took, in milliseconds, beside a backup and without one. */
const waited = { beside: [] as number[], without: [] as number[] };
let now: keyof typeof waited = "without";
let writing = true;
let writers: Promise<void>[] = [];

/** Types one word after the other, each once the one before it is saved. */
const typing = async (client: LiveClient, id: string, writer: number): Promise<void> => {
  for (let n = 0; writing; n += 1) {
    const word = `<${writer}.${n}>`;
    const kind = now;
    const start = performance.now();
    client.write(word, "notes");
    // One that writes waits for its own acknowledgement: that is the load.
    // oxlint-disable-next-line no-await-in-loop
    await client.saved();
    if (kind === now) waited[kind].push(performance.now() - start);
    acked.get(id)?.push(word);
    // As fast as hands at most: a file that grows without measure makes every check of it take longer than the one before.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
  }
};

const at = (name: string): string => join(place.path, name);
const here = { DATA_DIR: server.dataDir };

const textOf = async (url: string, { id, links }: Started): Promise<string> => {
  const answer = await fetch(`${url}/api/workshops/${id}`, { headers: { authorization: `Bearer ${links.read}` } });
  if (answer.status !== 200) throw new Error(`The minutes were answered with ${answer.status}.`);
  return answer.text();
};

/** Every table's fingerprint; documents without their epochs, which a restore renews. */
const digests = (file: string): unknown => {
  const reader = openReader(file);
  const documents = reader.db.prepare("SELECT id, head FROM documents ORDER BY id").all();
  const tables = digestTables(reader.db).filter(({ name }) => name !== "documents");
  reader.close();
  return { documents, tables };
};

const epochs = (file: string): unknown[] => {
  const reader = openReader(file);
  const found = reader.db.prepare("SELECT epoch FROM documents ORDER BY id").all();
  reader.close();
  return found.map(({ epoch }) => epoch);
};

/** The bytes of each document's state as a server would load it. */
const states = async (dataDir: string): Promise<string[]> => {
  const store = await openStore({ dataDir });
  const found = await Promise.all(workshops.map(async ({ id }) => rebuild(await load(store, id))));
  await store.close();
  return found.map((doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString("hex"));
};

beforeAll(async () => {
  await server.start();
  for (let i = 0; i < WORKSHOPS; i += 1) workshops.push(await startWorkshop(server.url));
  writers = workshops.flatMap(({ id, links }, i) => {
    acked.set(id, []);
    return [0, 1].map(async (n) => {
      const client = new LiveClient({ url: server.live }, id, links.write);
      clients.push(client);
      await client.saved();
      await typing(client, id, i * 10 + n);
    });
  });
});

afterAll(async () => {
  writing = false;
  for (const client of clients) client.destroy();
  await server.remove();
  place.remove();
});

describe("O01 backups under load", () => {
  test("each verifies, holds what was acknowledged before it began, and is for nobody else to read", async () => {
    for (let n = 0; n < BACKUPS; n += 1) {
      const before = new Map([...acked].map(([id, words]) => [id, [...words]]));
      const file = at(`backup-${n}`);
      now = "beside";
      expect(await command(here, "backup", file)).toMatchObject({ code: 0 });
      now = "without";
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      expect(await command({}, "verify", file)).toEqual({ code: 0, output: `${file}: nothing is wrong.\n` });
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readdirSync(place.path).filter((name) => name.startsWith(`backup-${n}`))).toEqual([`backup-${n}`]);
      const restored = at(`restored-${n}`);
      expect(await command({}, "restore", file, restored)).toMatchObject({ code: 0 });
      const other = await new TestServer({ DATA_DIR: restored }).start();
      for (const workshop of workshops) {
        const text = await textOf(other.url, workshop);
        const there = new Set(text.match(/<[^>]+>/g));
        expect(before.get(workshop.id)?.filter((word) => !there.has(word))).toEqual([]);
      }
      await other.remove();
    }
    const p95 = (times: readonly number[]): string =>
      (times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0).toFixed(0);
    const total = [...acked.values()].reduce((sum, { length }) => sum + length, 0);
    process.stdout.write(
      `O01 ${BACKUPS} backups under load, ${total} words acknowledged, missing 0; acknowledged within ` +
        `${p95(waited.beside)} ms beside a backup, ${p95(waited.without)} ms without (p95)\n`,
    );
    // Whoever types was kept typing all the while.
    for (const words of acked.values()) expect(words.length).toBeGreaterThan(BACKUPS);
  });

  /** A backup that was sent `signal` as soon as there was something of it. */
  const caught = async (name: string, signal: NodeJS.Signals): Promise<ReturnType<typeof startCommand>> => {
    const begun = new Promise<void>((resolve) => {
      const watcher = watch(place.path, (_event, seen) => {
        if (seen !== `${name}.partial`) return;
        watcher.close();
        resolve();
      });
    });
    const started = startCommand(here, "backup", at(name));
    await begun;
    started.child.kill(signal);
    return started;
  };
  const NAMES = Array.from({ length: 8 }, (_, n) => n);

  test("one that is killed leaves nothing under its name, and what it leaves is told apart", async () => {
    const killed = async (file: string): Promise<string | undefined> => {
      const { ended } = await caught(basename(file), "SIGKILL");
      return (await ended).code === null ? file : undefined;
    };
    let file: string | undefined;
    for (const n of NAMES) file ??= await killed(at(`killed-${n}`));
    if (file === undefined) throw new Error("Every backup was quicker than its end.");
    expect(existsSync(file)).toBe(false);
    expect(await command(here, "verify", `${file}.partial`)).toMatchObject({ code: 1 });
    expect(await command({}, "restore", `${file}.partial`, at("of-killed"))).toMatchObject({ code: 1 });
    expect(await command(here, "backup", file)).toMatchObject({ code: 0 });
    const name = basename(file);
    expect(readdirSync(place.path).filter((each) => each.startsWith(name))).toEqual([name]);
  });

  test("S16 a second one under the name of one that is being made is refused, and the first is whole", async () => {
    const refused = async (name: string): Promise<boolean> => {
      const { child, ended } = await caught(name, "SIGSTOP");
      const second = await command(here, "backup", at(name));
      child.kill("SIGCONT");
      expect(second.code).toBe(1);
      expect(await ended).toMatchObject({ code: 0 });
      expect(await command({}, "verify", at(name))).toMatchObject({ code: 0 });
      expect(readdirSync(place.path).filter((each) => each.startsWith(name))).toEqual([name]);
      // Where the first was quicker than the signal, the second finds its file.
      return second.output.includes("is being made by another backup");
    };
    let met = false;
    for (const n of NAMES) met ||= await refused(`twice-${n}`);
    expect(met).toBe(true);
  });

  test("never writes over a file that is there", async () => {
    writeFileSync(at("precious"), "an older backup");
    expect(await command(here, "backup", at("precious"))).toMatchObject({
      code: 1,
      output: expect.stringContaining("is there already") as string,
    });
    expect(readFileSync(at("precious"), "utf8")).toBe("an older backup");
  });
});

describe("O02 restoring", () => {
  test("rows, states, links, codes and history are the same byte for byte; epochs are new, and the key is nowhere else", async () => {
    writing = false;
    await Promise.all(writers);
    const file = at("last");
    expect(await command(here, "backup", file)).toMatchObject({ code: 0 });
    await server.stop();
    const restored = at("elsewhere");
    expect(await command({}, "restore", file, restored)).toMatchObject({ code: 0 });
    const [mine, other] = [server.dataDir, restored].map((dir) => join(dir, "minutier.db"));
    expect(digests(other!)).toEqual(digests(mine!));
    expect(await states(restored)).toEqual(await states(server.dataDir));
    expect(epochs(other!).filter((epoch, i) => epoch === epochs(mine!)[i])).toEqual([]);
    const key = readFileSync(join(restored, "key"), "utf8");
    expect(key).toBe(readFileSync(join(server.dataDir, "key"), "utf8"));
    expect(readFileSync(other!).includes(key.trim())).toBe(false);
    for (const name of ["key", "minutier.db"]) expect(statSync(join(restored, name)).mode & 0o077).toBe(0);

    const again = await new TestServer({ DATA_DIR: restored }).start();
    for (const workshop of workshops) {
      const text = await textOf(again.url, workshop);
      expect(acked.get(workshop.id)?.filter((word) => !text.includes(word))).toEqual([]);
      const entered = await fetch(`${again.url}/api/codes`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code: workshop.code }),
      });
      expect(await entered.json()).toMatchObject({ workshop: workshop.id });
    }
    await again.remove();
  });

  test("a server that only moves keeps its epochs", async () => {
    const restored = at("moved");
    expect(await command({}, "restore", at("last"), restored, "--keep-epochs")).toMatchObject({ code: 0 });
    expect(epochs(join(restored, "minutier.db"))).toEqual(epochs(join(server.dataDir, "minutier.db")));
  });

  test("only an empty directory is restored to; what is there stays as it is", async () => {
    const before = digests(join(server.dataDir, "minutier.db"));
    expect(await command(here, "restore", at("last"))).toMatchObject({
      code: 1,
      output: expect.stringContaining("is not empty") as string,
    });
    expect(digests(join(server.dataDir, "minutier.db"))).toEqual(before);
  });

  test("a backup is not taken for data, nor data for a backup", async () => {
    const dir = newDataDir();
    writeFileSync(join(dir.path, "minutier.db"), readFileSync(at("last")));
    expect(await new TestServer({ DATA_DIR: dir.path }).start().catch((error: Error) => error.message)).toContain(
      "is a backup",
    );
    expect(await command({}, "restore", join(server.dataDir, "minutier.db"), at("none"))).toMatchObject({
      code: 1,
      output: expect.stringContaining("is not a backup") as string,
    });
    dir.remove();
  });
});
