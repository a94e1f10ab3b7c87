/** Erasure beside people who write: out of every byte of a server that runs, and not back by any of those who still hold it. */
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SessionAnswer } from "../../document/session.ts";
import { askServer } from "../../server/store/channel.ts";
import { openReader } from "../../server/store/reader.ts";
import { LiveClient } from "../support/clients.ts";
import { command } from "../support/command.ts";
import { newDataDir } from "../support/data-dir.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Letters that stand nowhere else. */
const NAME = "Zéphyrine Quatrebarbes";
const KEY = "dGhlIGtleSBvZiBhIGJyb3dzZXI";

const server = new TestServer();
const env = { DATA_DIR: server.dataDir };
let named: Started;
let neighbour: Started;
let writing = true;
let writer: LiveClient;
let typed = 0;
let typing: Promise<void>;

const call = (path: string, method: string, bearer: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/workshops/${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const enter = async ({ id, links }: Started, more: object): Promise<SessionAnswer> =>
  (await (await call(`${id}/sessions`, "POST", links.write, { layout: 1, ...more })).json()) as SessionAnswer;

const minutes = async ({ id, links }: Started): Promise<string> => (await call(id, "GET", links.read)).text();

const holding = (): string[] =>
  readdirSync(server.dataDir)
    .filter((name) => name !== "lock")
    .filter((name) => {
      const bytes = readFileSync(join(server.dataDir, name));
      return [Buffer.from("Quatrebarbes"), Buffer.from("Quatrebarbes", "utf16le")].some((each) => bytes.includes(each));
    });

beforeAll(async () => {
  await server.start();
  [named, neighbour] = [await startWorkshop(server.url), await startWorkshop(server.url)];
  writer = new LiveClient({ url: server.live }, neighbour.id, neighbour.links.write);
  await writer.saved();
  typing = (async () => {
    for (; writing; typed += 1) {
      writer.write(`<${typed}>`, "notes");
      // One that writes waits for its own acknowledgement.
      // oxlint-disable-next-line no-await-in-loop
      await writer.saved();
      // As fast as hands at most: what is typed is read back word by word.
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
});

afterAll(async () => {
  writing = false;
  writer.destroy();
  await server.remove();
});

test("P02 a name is erased while people write; nobody who still holds it brings it back", async () => {
  const session = await enter(named, { visitor: KEY, name: NAME, organisation: "Quatrebarbes et fils" });
  const client = new LiveClient({ url: server.live }, named.id, session.token, { clientId: session.clientId });
  await client.saved();
  client.write(`Avant ${NAME}, après. `, "notes");
  await client.saved();
  // A program with the bare link, that holds what everybody wrote and words of its own.
  const program = new LiveClient({ url: server.live }, named.id, named.links.write);
  await program.saved();
  program.write(`Noté par ${NAME}. `, "notes");
  await program.saved();
  expect(holding()).not.toEqual([]);

  expect(await command(env, "purge", named.id, "--visitor", NAME, "--yes")).toMatchObject({ code: 0 });
  expect(holding()).toEqual([]);
  expect(await minutes(named)).toContain("Avant …, après. Noté par ….");

  // The session of before is refused, and what it holds with it.
  await client.when(() => client.denied.length > 0);
  client.write(`Encore ${NAME}. `, "notes");
  expect((await call(named.id, "GET", session.token)).status).toBe(401);
  // The program comes back by itself and sends what it wrote meanwhile: it may not go on under the id of before.
  await program.when(() => program.provider.isSynced || program.closed.includes(4400));
  program.write(`Et ${NAME} encore. `, "notes");
  await program.when(() => program.closed.includes(4400));
  // Their browser remembers the name, and says it at the door.
  const again = await enter(named, { visitor: KEY, name: NAME, organisation: "Quatrebarbes et fils" });
  expect(again.visitor).toMatchObject({ id: session.visitor.id, name: "", organisation: "" });
  expect(again.epoch).not.toBe(session.epoch);
  const text = await minutes(named);
  expect(text).not.toContain("Quatrebarbes");
  expect(holding()).toEqual([]);
  expect(await command(env, "verify")).toMatchObject({ code: 0 });
  // What they say themselves is taken down.
  const renamed = await call(`${named.id}/sessions`, "PATCH", again.token, { name: "Nadia", organisation: "" });
  expect(await renamed.json()).toMatchObject({ name: "Nadia" });
  expect((await enter(named, { visitor: KEY, name: NAME })).visitor.name).toBe("Nadia");
  const fresh = new LiveClient({ url: server.live }, named.id, again.token, { clientId: again.clientId });
  await fresh.saved();
  fresh.write("La suite.", "notes");
  await fresh.saved();
  expect(await minutes(named)).toContain("La suite.");
  for (const each of [client, program, fresh]) each.destroy();
});

test("P02 whoever reads an older state is waited for: only then is it gone from the write-ahead log", async () => {
  const { visitor } = await enter(named, { name: NAME });
  const reader = openReader(join(server.dataDir, "minutier.db"));
  const told: string[] = [];
  const done = askServer(server.dataDir, { ask: "erase", workshop: named.id, visitors: [visitor.id] }, (doing) => {
    told.push(doing);
    if (doing.startsWith("waiting")) reader.close();
  });
  expect(await done).toBe(true);
  expect(told).toContainEqual(expect.stringContaining("waiting"));
  expect(holding()).toEqual([]);
});

test("P02 a whole workshop goes: everybody in it is sent away and no link leads anywhere", async () => {
  const session = await enter(named, { name: "Brice" });
  const client = new LiveClient({ url: server.live }, named.id, session.token, { clientId: session.clientId });
  await client.saved();
  expect(await command(env, "purge", named.id, "--yes")).toMatchObject({ code: 0 });
  await client.when(() => client.denied.length > 0);
  for (const secret of [...Object.values(named.links), session.token]) {
    expect((await call(named.id, "GET", secret)).status).toBe(401);
  }
  const code = await fetch(`${server.url}/api/codes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: named.code }),
  });
  expect(code.status).toBe(404);
  expect(await command(env, "verify")).toMatchObject({ code: 0 });
  client.destroy();
});

test("P02 those in other workshops kept writing, and a server that is killed afterwards has lost nothing", async () => {
  writing = false;
  await typing;
  expect(typed).toBeGreaterThan(10);
  await server.kill();
  await server.start();
  expect(server.output).not.toContain("was not closed, and");
  const text = await minutes(neighbour);
  for (let n = 0; n < typed; n += 1) expect(text).toContain(`<${n}>`);
});

test("K6 only who reads the data directory can ask, and the server is asked nothing else", async () => {
  const door = join(server.dataDir, "channel");
  expect(statSync(door).mode & 0o077).toBe(0);
  const { port, word } = JSON.parse(readFileSync(door, "utf8")) as { port: number; word: string };
  const ask = (authorization: string, body: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers: { authorization }, body });
  const question = JSON.stringify({ ask: "erase", workshop: neighbour.id, visitors: [""] });
  for (const wrong of ["", "Bearer", `Bearer ${word}x`, `Bearer ${word.slice(1)}`]) {
    expect((await ask(wrong, question)).status).toBe(404);
  }
  for (const nonsense of ["", "null", '{"ask":"all"}', "x".repeat(100_000)]) {
    expect(await (await ask(`Bearer ${word}`, nonsense)).text()).toContain("failed");
  }
  expect(await minutes(neighbour)).toContain("<0>");
  await server.stop();
  expect(readdirSync(server.dataDir)).not.toContain("channel");
});

test("K6 a door that was left behind, and where another program listens by now, is nobody's", async () => {
  const { path, remove } = newDataDir();
  for (const says of ["<!doctype html>", "{}", "", '"done"']) {
    const other = createServer((_request, response) => response.end(says)).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    writeFileSync(join(path, "channel"), JSON.stringify({ port, word: "word" }));
    expect(await askServer(path, { ask: "erase" }, () => undefined)).toBe(false);
    other.closeAllConnections();
    other.close();
  }
  remove();
});
