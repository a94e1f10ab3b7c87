/** O09: every alert that hosts are given, tried on a server that is in that very state, and on one that is not. */
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi, type TestContext } from "vitest";
import WebSocket from "ws";
import { LiveClient } from "../support/clients.ts";
import { newDataDir, smallDisk } from "../support/data-dir.ts";
import { FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { Prometheus, rules, seconds } from "../support/prometheus.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** As often as Prometheus asks, in the seconds of its own clock: the tests need not wait for them. */
const EVERY = 15;
const RULES = rules();
/** Whoever asks without drawing breath keeps the server from what is waited for. */
const BREATH_MS = 25;
/** What comes meanwhile would be part of the commit, and not wait for it. */
const COMMIT_BEGINS_MS = 1_000;

const serverOn = async (
  { onTestFinished }: TestContext,
  environment: Record<string, string> = {},
): Promise<TestServer> => {
  const server = new TestServer(environment);
  onTestFinished(() => server.remove());
  return server.start();
};

/** A disk that can be made to fail, and a server on it. */
const faulty = async (context: TestContext): Promise<{ disk: FaultyDisk; server: TestServer }> => {
  const dir = newDataDir();
  const disk = new FaultyDisk(dir.path);
  context.onTestFinished(() => disk.remove());
  return { disk, server: await serverOn(context, { DATA_DIR: dir.path, ...disk.environment }) };
};

const told = (server: TestServer): Promise<string | undefined> =>
  fetch(`${server.url}/metrics`).then(
    (answer) => answer.text(),
    () => undefined,
  );

/** Alerts on one server: scrapes when told to, a quarter of a minute of Prometheus's clock apart. */
const watching = (server: TestServer) => {
  const prometheus = new Prometheus();
  let at = 0;
  const scrape = async (): Promise<void> => {
    at += EVERY;
    prometheus.scrape(at, await told(server));
  };
  return {
    scrape,
    /** The names of those whose expression holds. */
    firing: (): string[] => RULES.filter(({ expr }) => prometheus.holds(expr)).map(({ alert }) => alert),
    /** Scrapes until an alert holds, or does not any more. */
    async until(alert: string, holds: boolean): Promise<void> {
      await scrape();
      while (RULES.some((rule) => rule.alert === alert && prometheus.holds(rule.expr)) !== holds) {
        await after(BREATH_MS);
        await scrape();
      }
    },
  };
};

test("O09 each is told within a minute: its time to be sure, and the scrapes it needs", () => {
  for (const { for: wait = "0s" } of RULES) expect(seconds(wait) + 2 * EVERY).toBeLessThanOrEqual(60);
  expect(RULES.length).toBeGreaterThan(6);
});

/** For those that leave it as they found it. */
const common = new TestServer();
beforeAll(() => common.start());
afterAll(() => common.remove());

test("O09 a server that does well sets none of them off, people writing in it", async ({ onTestFinished }) => {
  const server = common;
  const { id, links } = await startWorkshop(server.url);
  const client = new LiveClient({ url: server.live }, id, links.write);
  onTestFinished(() => client.destroy());
  const watch = watching(server);
  for (let n = 0; n < 6; n += 1) {
    client.write(`mot ${n} `, "notes");
    await client.saved();
    await watch.scrape();
  }
  // What is left on the disk of whoever runs the tests, and how slow their machine is, is none of our business.
  const theirs = ["MinutierDiskFilling", "MinutierDiskSlow", "MinutierBusy"];
  expect(watch.firing().filter((alert) => !theirs.includes(alert))).toEqual([]);
});

test("O09 a server that is gone: MinutierGone, and it clears", async () => {
  const server = common;
  const watch = watching(server);
  await watch.scrape();
  await server.kill();
  await watch.until("MinutierGone", true);
  await server.start();
  await watch.until("MinutierGone", false);
});

test("O09 frames that are refused, one after the other: MinutierRefusing, and it clears", async () => {
  const server = common;
  const watch = watching(server);
  await watch.scrape();
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      const socket = new WebSocket(server.live);
      socket.on("open", () => socket.send(Uint8Array.of(255, 255, 255)));
      await new Promise((resolve) => socket.on("close", resolve));
    }),
  );
  await watch.until("MinutierRefusing", true);
  await watch.until("MinutierRefusing", false);
});

test("O09 a process that is held up: MinutierBusy, and it clears", async () => {
  const server = common;
  const watch = watching(server);
  for (let held = false; !held; held = watch.firing().includes("MinutierBusy")) {
    await watch.scrape();
    server.signal("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    server.signal("SIGCONT");
    await watch.scrape();
  }
  await watch.until("MinutierBusy", false);
});

// Those that have a server of their own wait at once.
(noFaults ? test.skip : test.concurrent)(
  `O09 a disk that takes nothing: MinutierNotSaving, and it clears${orSkipped}`,
  async (context) => {
    const { disk, server } = await faulty(context);
    const { id, links } = await startWorkshop(server.url);
    const client = new LiveClient({ url: server.live }, id, links.write);
    context.onTestFinished(() => client.destroy());
    await client.saved();
    const watch = watching(server);
    disk.fail({ calls: 2, error: "EIO" });
    client.write("perdu ?", "notes");
    await watch.until("MinutierNotSaving", true);
    disk.heal();
    await watch.until("MinutierNotSaving", false);
  },
);

(noFaults ? test.skip : test.concurrent)(
  `O09 a slow disk: MinutierDiskSlow and MinutierQueue, and they clear${orSkipped}`,
  async (context) => {
    const { disk, server } = await faulty(context);
    const { id, links } = await startWorkshop(server.url);
    const enter = (): Promise<Response> =>
      fetch(`${server.url}/api/workshops/${id}/sessions`, {
        method: "POST",
        headers: { authorization: `Bearer ${links.write}`, "content-type": "application/json" },
        body: JSON.stringify({ name: "Nadia", layout: 1 }),
      });
    const watch = watching(server);
    await watch.scrape();
    disk.slow(800);
    await enter();
    await enter();
    await watch.until("MinutierDiskSlow", true);
    // Until it is told otherwise: as many as come wait behind one commit, which is given one to begin with and time to begin.
    disk.slow(120_000);
    const first = enter();
    await after(COMMIT_BEGINS_MS);
    const entering = [first, ...Array.from({ length: 160 }, enter)];
    await watch.until("MinutierQueue", true);
    disk.slow(0);
    await Promise.all(entering);
    await watch.until("MinutierQueue", false);
    await watch.until("MinutierDiskSlow", false);
  },
);

test.concurrent("O09 a page that rotted: MinutierDamaged soon after the start, and its log says what to do", async (context) => {
  const server = await serverOn(context);
  await startWorkshop(server.url, "forum-ouvert");
  await server.stop();
  const path = join(server.dataDir, "minutier.db");
  const file = openSync(path, "r+");
  // The end of the file: pages of tables, whatever they are.
  writeSync(file, Buffer.alloc(64, 0xa5), 0, 64, statSync(path).size - 2048 - 4096);
  writeSync(file, Buffer.alloc(64, 0xa5), 0, 64, statSync(path).size - 4096);
  closeSync(file);
  await server.start();
  const watch = watching(server);
  await watch.until("MinutierDamaged", true);
  expect(server.output).toContain("the database is damaged");
});

const disk = smallDisk(8192);
const filling = "O09 a disk with little room: MinutierDiskFilling, and it clears";

(disk ? test.concurrent : test.skip)(
  `${filling}${disk ? "" : " (skipped: this account may not mount a small disk)"}`,
  async (context) => {
    const server = await serverOn(context, { DATA_DIR: disk!.path });
    // Before the server's directory, which is where it stands: what is said last is done first.
    context.onTestFinished(() => disk!.remove());
    const watch = watching(server);
    await watch.until("MinutierDiskFilling", true);
    disk!.resize(1024 * 1024);
    await watch.until("MinutierDiskFilling", false);
  },
);
