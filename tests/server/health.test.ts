/** O08: what the server says of its own health is true while it starts, stops, is busy, has no disk, a full or a slow one; and costs nothing to ask. */
import { request } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { LiveClient } from "../support/clients.ts";
import { newDataDir } from "../support/data-dir.ts";
import { FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { keepWriting, newAccount } from "../support/tokens.ts";

// Each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const serverOn = async (environment: Record<string, string> = {}): Promise<TestServer> => {
  const server = await new TestServer(environment).start();
  ends.push(() => server.remove());
  return server;
};

/** Status and words, or `gone` where nobody answers. */
const ask = async (server: TestServer, path: string): Promise<string> => {
  const answer = await fetch(`${server.url}${path}`).catch(() => undefined);
  return answer ? `${answer.status} ${(await answer.text()).trim()}` : "gone";
};

/** Whoever asks without drawing breath keeps the server from what is waited for. */
const BREATH_MS = 20;

/** Asks until it is answered so. */
const until = async (server: TestServer, path: string, wanted: string): Promise<void> => {
  while ((await ask(server, path)) !== wanted) await after(BREATH_MS);
};

test("O08 however many ask whether it can write, the disk is tried once a second; nothing is told but that", async () => {
  const server = await serverOn();
  const { id, code, links } = await startWorkshop(server.url);
  const commits = async (): Promise<number> =>
    Number(/minutier_commit_seconds_count (\d+)/.exec(await ask(server, "/metrics"))?.[1]);
  const before = await commits();
  const start = performance.now();
  const answers: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    answers.push(...(await Promise.all(Array.from({ length: 100 }, () => ask(server, "/readyz")))));
  }
  const passed = (performance.now() - start) / 1000;
  expect(new Set(answers)).toEqual(new Set(["200 ready"]));
  expect((await commits()) - before).toBeLessThanOrEqual(Math.ceil(passed) + 1);
  expect(await ask(server, "/healthz")).toBe("200 ok");
  const figures = await ask(server, "/metrics");
  for (const secret of [id, code, ...Object.values(links)]) expect(figures).not.toContain(secret);
});

test.skipIf(noFaults)(`O08 a disk that takes nothing, or only slowly: alive, but not ready${orSkipped}`, async () => {
  const dir = newDataDir();
  const disk = new FaultyDisk(dir.path);
  ends.push(() => disk.remove());
  const server = await serverOn({ DATA_DIR: dir.path, ...disk.environment });
  expect(await ask(server, "/readyz")).toBe("200 ready");
  disk.fail({ calls: 2, error: "EIO" });
  await until(server, "/readyz", "503 not saving");
  expect(await ask(server, "/healthz")).toBe("200 ok");
  disk.heal();
  await until(server, "/readyz", "200 ready");
  // Full: what is there already can be read, nothing can be added.
  disk.room(0);
  await until(server, "/readyz", "503 not saving");
  expect(await ask(server, "/healthz")).toBe("200 ok");
  disk.room(-1);
  await until(server, "/readyz", "200 ready");
  disk.slow(20_000);
  await until(server, "/readyz", "503 not saving");
  expect(await ask(server, "/healthz")).toBe("200 ok");
  disk.slow(0);
});

test("O08 under more work than it can do at once it goes on saying what is true: it writes", async () => {
  const server = await serverOn();
  const pads = await Promise.all([1, 2, 3].map(() => startWorkshop(server.url)));
  const account = newAccount();
  const clients = Array.from({ length: 30 }, (_, n) => {
    const pad = pads[n % 3]!;
    return new LiveClient({ url: server.live }, pad.id, pad.links.write);
  });
  for (const client of clients) ends.push(() => client.destroy());
  const stops = clients.map((client) => keepWriting(client, account, { prose: "text" }));
  const answers = new Set<string>();
  while (account.acknowledged.size < 600) {
    for (const path of ["/readyz", "/healthz"]) answers.add(await ask(server, path));
  }
  await Promise.all(stops.map((stop) => stop()));
  expect(answers).toEqual(new Set(["200 ready", "200 ok"]));
});

test.skipIf(noFaults)(`O08 while it stops nobody is told that it is ready${orSkipped}`, async () => {
  const dir = newDataDir();
  const disk = new FaultyDisk(dir.path);
  ends.push(() => disk.remove());
  const server = await serverOn({ DATA_DIR: dir.path, ...disk.environment });
  const { id, links } = await startWorkshop(server.url);
  const client = new LiveClient({ url: server.live }, id, links.write);
  ends.push(() => client.destroy());
  await client.saved();
  // A connection that was there before, and an entry that is still on its way to the disk.
  const { hostname, port } = new URL(server.url);
  disk.slow(400);
  client.write("en route", "notes");
  const asked = request({ hostname, port, path: "/readyz" });
  asked.on("error", () => undefined);
  asked.flushHeaders();
  server.signal("SIGTERM");
  const ended = server.ended();
  const said: string[] = [];
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    const stopping = server.output.includes("stopping");
    const answer = await ask(server, "/readyz");
    if (stopping) said.push(answer);
  }
  expect(said.filter((answer) => answer.startsWith("200"))).toEqual([]);
  await ended;
});

test("O08 while it starts nobody is told that it is ready, and then it is", async () => {
  const server = await serverOn();
  await server.stop();
  const answers: string[] = [];
  let started = false;
  const starting = server.start().then(() => (started = true));
  while (!started) answers.push(await ask(server, "/readyz"));
  await starting;
  expect(await ask(server, "/readyz")).toBe("200 ready");
  expect(new Set(answers.map((answer) => answer === "gone" || answer === "200 ready"))).toEqual(new Set([true]));
});
