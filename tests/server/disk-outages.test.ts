/** D05, D06, D07, D10, D20: the disk under a running server fails, is full, is read-only or slow; people keep writing. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { addSection } from "../../document/edit/sections.ts";
import { itemsOf, proseOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { CALL, FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { countedSocket, isSaved, stay } from "../support/stays.ts";
import { lostAndDoubled, tokensIn } from "../support/tokens.ts";

const SLOW_ROUNDS = Number(process.env["SLOW_ROUNDS"] ?? 3);
const SLOWEST_MS = Number(process.env["SLOWEST_MS"] ?? 200);

/** For how long two type on that disk. */
const TYPING_MS = Number(process.env["TYPING_MS"] ?? 3000);

/** Of each writer in each round. */
const WORDS = 10;

let dir: DataDir;
let disk: FaultyDisk;
let server: TestServer;
let pad: Started;
let clients: LiveClient[] = [];

const enter = (): LiveClient => {
  const client = new LiveClient({ url: server.live }, pad.id, pad.links.write);
  clients.push(client);
  return client;
};

const begin = async (): Promise<[LiveClient, LiveClient]> => {
  dir = newDataDir();
  disk = new FaultyDisk(dir.path);
  server = await new TestServer({ DATA_DIR: dir.path, ...disk.environment }).start();
  pad = await startWorkshop(server.url);
  const [nadia, brice] = [enter(), enter()];
  await Promise.all([nadia.saved(), brice.saved()]);
  return [nadia, brice];
};

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await server?.remove();
  disk?.remove();
  dir?.remove();
});

const told = (client: LiveClient, writing: boolean): Promise<void> =>
  client.when(() =>
    client.signals.some((each) => JSON.stringify(each) === `{"signal":"storage","writing":${writing}}`),
  );

/** What a program reads: from the log alone. */
const readLog = async (): Promise<string[]> => {
  const answer = await fetch(`${server.url}/api/workshops/${pad.id}/minutes.txt`, {
    headers: { authorization: `Bearer ${pad.links.read}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.text()).match(/<[0-9a-z]+>/g) ?? [];
};

/** Of the server, in kB. */
const memory = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]);

/** Every file of a directory as it is, but for what SQLite keeps in shared memory. */
const bytesOf = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory)
      .filter((name) => !name.endsWith("-shm"))
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(directory, name)))
          .digest("hex"),
      ]),
  );

/** Somebody wrote, and a server that has nothing of it in its memory runs now; gives what the directory holds. */
const writtenBefore = async (): Promise<Record<string, string>> => {
  const [nadia] = await begin();
  nadia.write("<avant>", "notes");
  await nadia.saved();
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
  await server.start();
  return bytesOf(dir.path);
};

/** How many times the disk was asked to keep something. */
const commits = async (): Promise<number> =>
  Number(/minutier_commit_seconds_count (\d+)/.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);

const since = (start: number): number => Date.now() - start;

/** From the moment the disk fails until everything is there: what everybody is to see, whatever the disk says. */
const outage = async (breakDisk: () => void, mend: () => void): Promise<void> => {
  const [nadia, brice] = await begin();
  nadia.write("<avant>", "notes");
  await nadia.saved();
  breakDisk();
  const start = Date.now();
  nadia.write("<pendant>", "notes");
  await Promise.all([nadia.when(() => nadia.closed.includes(4500)), told(brice, false)]);
  expect(since(start)).toBeLessThan(2000);
  expect(nadia.provider.hasUnsyncedChanges).toBe(true);
  // Nothing was shown to anybody that is not on disk, and everything that is can still be had.
  expect(tokensIn(brice.doc)).toEqual(["<avant>"]);
  expect(await readLog()).toEqual(["<avant>"]);
  const latecomer = enter();
  await latecomer.when(() => tokensIn(latecomer.doc).length > 0);
  expect(tokensIn(latecomer.doc)).toEqual(["<avant>"]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  mend();
  const mended = Date.now();
  await Promise.all([nadia.saved(), told(brice, true)]);
  expect(since(mended)).toBeLessThan(30_000);
  await brice.when(() => tokensIn(brice.doc).includes("<pendant>"));
  expect(lostAndDoubled(await readLog(), new Set(["<avant>", "<pendant>"]))).toEqual({ lost: [], doubled: [] });
};

describe("an outage of the disk under a running server", () => {
  test.skipIf(noFaults)(
    `D05 the disk gives errors: told within 2 s, nothing acknowledged, healed by itself${orSkipped}`,
    () =>
      outage(
        () => disk.fail({ calls: CALL.write | CALL.sync, error: "EIO" }),
        () => disk.heal(),
      ),
  );

  test.skipIf(noFaults)(`D06 D07 the disk is full, then has room again${orSkipped}`, () =>
    outage(
      () => disk.fail({ calls: CALL.write | CALL.truncate, error: "ENOSPC" }),
      () => disk.heal(),
    ),
  );

  test.skipIf(noFaults)(`D10 the disk becomes read-only, then not${orSkipped}`, () =>
    outage(
      () => disk.fail({ calls: CALL.write | CALL.truncate | CALL.name, error: "EROFS" }),
      () => disk.heal(),
    ),
  );

  test.skipIf(noFaults)(
    `R5 D05 an item that is kept while its number is not gets it when the disk has healed${orSkipped}`,
    async () => {
      const [nadia] = await begin();
      const section = addSection(nadia.doc, { kind: "items", heading: "Liste" });
      await nadia.saved();
      // The next commit is for the item, the one after it for its number.
      disk.fail({ calls: CALL.sync, skip: 1, error: "EIO" });
      const item = addItem(nadia.doc, section, { text: "Une piste", at: new Date().toISOString() });
      await Promise.all([nadia.saved(), told(nadia, false)]);
      const number = (): unknown => (itemsOf(nadia.doc, section).get(item) as Y.Map<unknown>).get("number");
      expect(number()).toBeUndefined();
      disk.heal();
      await nadia.when(() => number() === 1);
    },
  );

  test.skipIf(noFaults)(
    `D05 SIGTERM meanwhile ends it, and the next start has everything acknowledged${orSkipped}`,
    async () => {
      const [nadia] = await begin();
      nadia.write("<avant>", "notes");
      await nadia.saved();
      disk.fail({ calls: CALL.write | CALL.sync, error: "EIO" });
      nadia.write("<pendant>", "notes");
      await nadia.when(() => nadia.closed.includes(4500));
      // Nothing that was acknowledged is missing: there is nothing to fail for.
      expect(await server.stop()).toEqual({ code: 0, signal: null });
      disk.heal();
      await server.start();
      await nadia.saved();
      expect((await readLog()).toSorted()).toEqual(["<avant>", "<pendant>"]);
    },
  );

  test.skipIf(noFaults)(
    `D06 writing until it is full: the last word acknowledged is there, none after it${orSkipped}`,
    async () => {
      const [nadia] = await begin();
      const acknowledged = new Set<string>();
      disk.room(400_000);
      const start = Date.now();
      for (let n = 0; nadia.closed.length === 0 && since(start) < 20_000; n += 1) {
        nadia.write(`<${n}>${"x".repeat(8000)}`, "notes");
        await Promise.race([nadia.saved(), nadia.when(() => nadia.closed.length > 0)]);
        if (nadia.closed.length === 0) acknowledged.add(`<${n}>`);
      }
      expect(nadia.closed[0]).toBe(4500);
      expect(lostAndDoubled(await readLog(), acknowledged)).toEqual({ lost: [], doubled: [] });
      expect(acknowledged.size).toBeGreaterThan(5);
      disk.room(-1);
      await nadia.saved();
      expect(lostAndDoubled(await readLog(), new Set(tokensIn(nadia.doc)))).toEqual({ lost: [], doubled: [] });
    },
  );

  test.skipIf(noFaults)(
    `D16 what cannot be read is "not available", never empty, and not one byte is written${orSkipped}`,
    async () => {
      const before = await writtenBefore();
      disk.fail({ calls: CALL.read, error: "EIO" });
      const knocking = Array.from({ length: 20 }, enter);
      const answer = await fetch(`${server.url}/api/workshops/${pad.id}`, {
        headers: { authorization: `Bearer ${pad.links.read}` },
      });
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: "unavailable" } });
      await Promise.all(knocking.map((client) => client.when(() => client.closed.length + client.denied.length > 0)));
      expect(knocking.flatMap(({ doc }) => [...doc.share.keys()])).toEqual([]);
      expect(bytesOf(dir.path)).toEqual(before);
      disk.heal();
      for (const client of clients.splice(0)) client.destroy();
      expect(await readLog()).toEqual(["<avant>"]);
    },
  );

  test.skipIf(noFaults)(
    `D16 S25 a disk that does not answer is "not available" as well, once it has been waited for, and is read again when it does${orSkipped}`,
    async () => {
      const before = await writtenBefore();
      disk.silence();
      const ask = (): Promise<Response> =>
        fetch(`${server.url}/api/workshops/${pad.id}`, { headers: { authorization: `Bearer ${pad.links.read}` } });
      const knocking = Array.from({ length: 20 }, enter);
      const answers = await Promise.all(Array.from({ length: 10 }, ask));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      // Whoever comes now is not left waiting behind them.
      const late = Date.now();
      expect(await (await ask()).json()).toMatchObject({ error: { code: "unavailable" } });
      expect(since(late)).toBeLessThan(5_000);
      await Promise.all(knocking.map((client) => client.when(() => client.closed.length + client.denied.length > 0)));
      expect(knocking.flatMap(({ doc }) => [...doc.share.keys()])).toEqual([]);
      expect(bytesOf(dir.path)).toEqual(before);
      for (const client of clients.splice(0)) client.destroy();
      disk.heal();
      await vi.waitFor(async () => expect((await ask()).status).toBe(200), { timeout: 10_000, interval: 100 });
      expect(await readLog()).toEqual(["<avant>"]);
    },
    120_000,
  );

  test.skipIf(noFaults)(
    `D20 every sync takes ${SLOWEST_MS} ms: whoever waits shares one commit, nothing piles up${orSkipped}`,
    async () => {
      const first = await begin();
      const writers = [...first, enter(), enter(), enter(), enter()];
      await Promise.all(writers.map((writer) => writer.saved()));
      disk.slow(SLOWEST_MS);
      const [before, counted] = [memory(), await commits()];
      for (let round = 0; round < SLOW_ROUNDS; round += 1) {
        for (const [writer, client] of writers.entries()) {
          for (let n = 0; n < WORDS; n += 1) client.write(`<${writer}r${round}n${n}>`, "notes");
        }
        const written = Date.now();
        await Promise.all(writers.map((writer) => writer.saved()));
        // No acknowledgement came before the sync it had to wait for.
        expect(since(written)).toBeGreaterThanOrEqual(SLOWEST_MS - 20);
      }
      // Each word is a message of its own; those of one writer in turn would take at least ten commits a round, not some three.
      expect((await commits()) - counted).toBeLessThan((SLOW_ROUNDS * WORDS * 2) / 3);
      expect(memory() - before).toBeLessThan(100_000);
      expect(writers.flatMap(({ closed }) => closed)).toEqual([]);
      const wanted = new Set(writers.flatMap(({ doc }) => tokensIn(doc)));
      const found = await readLog();
      expect(lostAndDoubled(found, wanted)).toEqual({ lost: [], doubled: [] });
      // Everybody's words stand in the order in which they were written.
      const own = found.filter((word) => word.startsWith("<0r"));
      expect(own).toEqual(
        Array.from({ length: SLOW_ROUNDS * WORDS }, (_, i) => `<0r${Math.floor(i / WORDS)}n${i % WORDS}>`),
      );
    },
    900_000,
  );

  test.skipIf(noFaults)(
    `D20 two who type while every sync takes ${SLOWEST_MS} ms: nothing piles up, nobody is sent away or comes again${orSkipped}`,
    async () => {
      await begin();
      const lines = [countedSocket(), countedSocket()];
      const people = await Promise.all(lines.map(({ Socket }) => stay(server.url, pad, Socket)));
      disk.slow(SLOWEST_MS);
      const [start, before] = [Date.now(), memory()];
      const written = ["", ""];
      let deepest = 0;
      for (let key = 0; since(start) < TYPING_MS; key += 1) {
        for (const [n, { doc }] of people.entries()) {
          const letter = String.fromCharCode(97 + ((key + n) % 26));
          written[n] += letter;
          const text = proseOf(doc, "notes");
          // Each before the other's: what one wrote stands together, in whatever order the two stand.
          text.insert(n === 0 ? written[0]!.length - 1 : text.length, letter);
        }
        await new Promise((next) => setTimeout(next, 60));
        deepest = Math.max(deepest, memory());
      }
      const [last, counted] = [Date.now(), await commits()];
      await Promise.all(people.map(isSaved));
      const [waited, more] = [since(last), (await commits()) - counted];
      process.stdout.write(
        `D20 ${written[0]!.length} keys each in ${TYPING_MS / 1000} s, syncs of ${SLOWEST_MS} ms: saved ${more} commits ` +
          `(${waited} ms) after the last key, lines ${lines.map(({ made }) => made()).join(" and ")}, ` +
          `memory +${Math.round((deepest - before) / 1024)} MB\n`,
      );
      // The one that is under way, the one that takes all that waits, and what a slow machine sent late.
      expect(more).toBeLessThanOrEqual(10);
      expect(lines.map(({ made }) => made())).toEqual([1, 1]);
      expect(deepest - before).toBeLessThan(100_000);
      await expect.poll(() => new Set(people.map(({ doc }) => proseOf(doc, "notes").toJSON())).size).toBe(1);
      const answer = await fetch(`${server.url}/api/workshops/${pad.id}/minutes.txt`, {
        headers: { authorization: `Bearer ${pad.links.read}` },
      });
      const [found, kept] = [proseOf(people[0]!.doc, "notes").toJSON(), await answer.text()];
      for (const words of written) for (const text of [found, kept]) expect(text.split(words)).toHaveLength(2);
      expect(found).toHaveLength(written.join("").length);
      for (const person of people) person.close();
    },
    900_000,
  );
});
