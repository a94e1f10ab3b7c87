/** The promise of the whole house: what was acknowledged is there after `kill -9`, once, whoever is left to tell. */
import { rmSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { itemsOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { startElsewhere } from "../support/namespace.ts";
import { startRefused, startWorkshop, TestServer, type Started } from "../support/server.ts";
import { keepWriting, lostAndDoubled, newAccount, tokensIn, type Account, type Spot } from "../support/tokens.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 8);
const STAYS = Number(process.env["STAYS"] ?? 2);
const TERMS = Number(process.env["TERMS"] ?? 3);
const WRITERS = Number(process.env["WRITERS"] ?? 5);
const RESTARTS = Number(process.env["RESTARTS"] ?? 2);
/** For one kill or stop and the start after it, on a machine that may be busy. */
const PATIENCE_MS = 20_000;
const SPOTS: Spot[] = [{ prose: "contexte" }, { items: "propositions" }, { prose: "objectif" }];

let server: TestServer;
let pads: Started[];
const accounts: Account[] = [];

beforeAll(async () => {
  server = await new TestServer().start();
  pads = [];
  for (let count = 0; count < 3; count += 1) {
    pads.push(await startWorkshop(server.url, "propositions-en-direct"));
    accounts.push(newAccount());
  }
});
afterAll(async () => {
  await server.remove();
});

const enter = (pad: number, doc?: LiveClient["doc"]): LiveClient =>
  new LiveClient({ url: server.live }, pads[pad]!.id, pads[pad]!.links.write, doc ? { doc } : {});

/** What a fresh client is given, and what a program reads from the log; both must hold everything acknowledged, once. */
const check = async (pad: number): Promise<void> => {
  const client = enter(pad);
  await client.saved();
  const inRoom = tokensIn(client.doc);
  client.destroy();
  const { id, links } = pads[pad]!;
  const answer = await fetch(`${server.url}/api/workshops/${id}/minutes.txt`, {
    headers: { authorization: `Bearer ${links.read}` },
  });
  const inLog = (await answer.text()).match(/<[0-9a-z]+>/g) ?? [];
  const { acknowledged } = accounts[pad]!;
  expect(lostAndDoubled(inRoom, acknowledged)).toEqual({ lost: [], doubled: [] });
  expect(lostAndDoubled(inLog, acknowledged)).toEqual({ lost: [], doubled: [] });
  // What was on its way may be there or not, but in the room and in the log alike.
  expect(inLog.toSorted()).toEqual(inRoom.toSorted());
};

/** Writers on three workshops in turn. */
const writers = (): LiveClient[] => Array.from({ length: WRITERS }, (_, index) => enter(index % 3));
const setToWork = (clients: LiveClient[]): (() => Promise<void>)[] =>
  clients.map((client, index) => keepWriting(client, accounts[index % 3]!, SPOTS[index % 3]!));

/** How many acknowledged tokens there are, and how many are there that were never acknowledged. */
const figures = (): string => {
  const acknowledged = accounts.reduce((sum, each) => sum + each.acknowledged.size, 0);
  return `${acknowledged} acknowledged under ${WRITERS} writers, lost 0, doubled 0`;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("D01 kill -9, nobody left to supply the words again", () => {
  test(
    `${ROUNDS} rounds: every acknowledged token is there, once`,
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const clients = writers();
        setToWork(clients);
        await Promise.all(clients.map((client) => client.saved()));
        // At no moment in particular: the round decides nothing but how far they got.
        await pause(100 + Math.random() * 500);
        await server.kill();
        for (const client of clients) client.destroy();
        await server.start();
      }
      for (const pad of [0, 1, 2]) await check(pad);
      const acknowledged = accounts.reduce((sum, each) => sum + each.acknowledged.size, 0);
      // A run in which hardly anything was acknowledged would prove nothing.
      expect(acknowledged).toBeGreaterThan(ROUNDS * 20);
      // Nobody touched the files: a start that says that something is missing would frighten its host for nothing.
      expect(server.output).not.toContain("are missing");
      process.stdout.write(`D01 ${ROUNDS} rounds of kill -9: ${figures()}\n`);
    },
    60_000 + ROUNDS * PATIENCE_MS,
  );
});

describe("D02 kill -9, the writers stay", () => {
  test(
    `${STAYS} times they come back by themselves, send again what was not acknowledged, and all end equal`,
    async () => {
      const clients = writers();
      const mine = clients.map(() => newAccount());
      const stops = clients.map((client, index) => keepWriting(client, mine[index]!, SPOTS[index % 3]!));
      for (let round = 0; round < STAYS; round += 1) {
        await Promise.all(clients.map((client) => client.saved()));
        await pause(200);
        await server.kill();
        await server.start();
      }
      const back = Date.now();
      await Promise.all(stops.map((stop) => stop()));
      await Promise.all(clients.map((client) => client.saved()));
      const green = Date.now() - back;
      // Whoever wrote is still here: nothing may be missing, acknowledged before the kill or not.
      for (const index of clients.keys()) {
        for (const token of mine[index]!.written) accounts[index % 3]!.acknowledged.add(token);
      }
      for (const [index, client] of clients.entries()) {
        const wanted = accounts[index % 3]!.acknowledged;
        await client.when(() => lostAndDoubled(tokensIn(client.doc), wanted).lost.length === 0);
        expect(lostAndDoubled(tokensIn(client.doc), wanted).doubled).toEqual([]);
        client.destroy();
      }
      for (const pad of [0, 1, 2]) await check(pad);
      process.stdout.write(
        `D02 ${STAYS} rounds: all of ${WRITERS} saved ${green} ms after the last start, all equal; lost 0, doubled 0\n`,
      );
    },
    180_000 + STAYS * PATIENCE_MS,
  );
});

/** Those the server has given. */
const numbers = ({ doc }: LiveClient): unknown[] =>
  [...itemsOf(doc, "propositions").values()].flatMap((item) => (item as Y.Map<unknown>).get("number") ?? []);

describe("C07 restarts with clients attached", () => {
  test(
    "an empty workshop and a full one have the same lines after each of them",
    async () => {
      const empty = await startWorkshop(server.url, "forum-ouvert");
      const where = { url: server.live };
      const there = [enter(0), enter(0), ...[0, 1].map(() => new LiveClient(where, empty.id, empty.links.write))];
      await Promise.all(there.map((client) => client.saved()));
      for (let line = 0; line < 20; line += 1) {
        there[0]!.write(`ligne ${line}. `, "contexte");
        addItem(there[0]!.doc, "propositions", { text: `proposition ${line}`, at: new Date().toISOString() });
      }
      await there[0]!.saved();
      // The server numbers items after it has said that they are kept.
      await Promise.all(there.slice(0, 2).map((client) => client.when(() => numbers(client).length === 20)));
      const lines = (): unknown[] => there.map(({ doc }) => doc.toJSON());
      const all = async (): Promise<unknown[]> =>
        Promise.all(
          [pads[0]!, empty].map(async ({ id, links }) =>
            (
              await fetch(`${server.url}/api/workshops/${id}`, { headers: { authorization: `Bearer ${links.read}` } })
            ).json(),
          ),
        );
      const [before, kept] = [lines(), await all()];
      for (let round = 0; round < RESTARTS; round += 1) {
        const closed = there.map((client) => client.closed.length);
        await (round % 2 === 0 ? server.kill() : server.stop());
        await Promise.all(there.map((client, index) => client.when(() => client.closed.length > closed[index]!)));
        await server.start();
        await Promise.all(there.map((client) => client.saved()));
      }
      expect(lines()).toEqual(before);
      expect(await all()).toEqual(kept);
      for (const client of there) client.destroy();
      process.stdout.write(`C07 ${RESTARTS} restarts: the same lines in an empty workshop and a full one\n`);
    },
    60_000 + RESTARTS * PATIENCE_MS,
  );
});

describe("D04 SIGTERM under load", () => {
  test(
    `${TERMS} times: ends with 0 within 10 s, loses nothing, and a second one is harmless`,
    async () => {
      const exits: number[] = [];
      for (let round = 0; round < TERMS; round += 1) {
        const clients = writers();
        setToWork(clients);
        await Promise.all(clients.map((client) => client.saved()));
        await pause(200 * Math.random());
        const asked = Date.now();
        server.signal("SIGTERM");
        server.signal("SIGTERM");
        expect(await server.ended()).toEqual({ code: 0, signal: null });
        exits.push(Date.now() - asked);
        expect(exits.at(-1)).toBeLessThan(10_000);
        for (const client of clients) client.destroy();
        await server.start();
      }
      for (const pad of [0, 1, 2]) await check(pad);
      const p95 = exits.toSorted((a, b) => a - b)[Math.ceil(exits.length * 0.95) - 1];
      process.stdout.write(`D04 ${TERMS} SIGTERM: exit 0, p95 ${p95} ms; ${figures()}\n`);
    },
    60_000 + TERMS * PATIENCE_MS,
  );
});

describe("D15 two servers on the same data", () => {
  test("the second one refuses with a sentence; after kill -9 nothing is in the way", async () => {
    const second = await startRefused({ PORT: "0", HOST: "127.0.0.1", DATA_DIR: server.dataDir });
    expect(second.code).not.toBe(0);
    expect(second.output).not.toMatch(/\n\s+at /);
    expect(second.output.trim().split("\n")).toHaveLength(1);
    await server.kill();
    await server.start();
    await check(0);
  }, 120_000);

  test("through another name, in namespaces of its own, and beside others that start at the same moment", async () => {
    const link = `${server.dataDir}-elsewhere`;
    symlinkSync(server.dataDir, link);
    const asked = Date.now();
    const elsewhere = await startElsewhere(link);
    rmSync(link);
    const ms = Date.now() - asked;
    expect(elsewhere).toMatchObject({
      code: 1,
      output: expect.stringContaining("Another process is using") as unknown,
    });
    expect(elsewhere.output.trim().split("\n")).toHaveLength(1);
    await check(0);
    // A lock that outlived its owner would keep all of them out, one that is not exclusive would let two in.
    await server.kill();
    const rivals = [1, 2, 3].map(() => new TestServer({ DATA_DIR: server.dataDir, PORT: "0" }));
    const starts = await Promise.allSettled(rivals.map((rival) => rival.start()));
    expect(starts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const start of starts) if (start.status === "fulfilled") await start.value.kill();
    await server.start();
    await check(0);
    process.stdout.write(
      `D15 refused ${elsewhere.how} after ${ms} ms; of 3 starts at once after kill -9 one has the data\n`,
    );
  }, 120_000);

  test("a port that is taken is told in one line", async () => {
    const port = new URL(server.url).port;
    const other = new TestServer();
    const refused = await startRefused({ PORT: port, HOST: "127.0.0.1", DATA_DIR: other.dataDir });
    expect(refused.code).not.toBe(0);
    expect(refused.output.trim()).toMatch(new RegExp(`^Cannot listen on port ${port}.*\\.$`));
  });
});
