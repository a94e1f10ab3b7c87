/** What Prometheus is told by a running server: true figures, and nothing that belongs to anybody. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { LiveClient } from "../support/clients.ts";
import { smallDisk } from "../support/data-dir.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let server: TestServer;
afterEach(() => server.remove());

const told = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();

/** One figure, by its name and labels as they stand in the text. */
const figure = (text: string, name: string): number => {
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  if (line === undefined) throw new Error(`There is no figure ${name}.`);
  return Number(line.slice(name.length + 1));
};

test("T7 rooms, clients, commits, refusals, the disk; no id, no secret, no word", async () => {
  server = await new TestServer().start();
  const { id, links, code } = await startWorkshop(server.url);
  const client = new LiveClient({ url: server.live }, id, links.write);
  await client.saved();
  const before = await told();
  client.write("abracadabra", "notes");
  await client.saved();
  const socket = new WebSocket(server.live);
  socket.on("open", () => socket.send(Uint8Array.of(255, 255, 255)));
  await new Promise((resolve) => socket.on("close", resolve));

  const text = await told();
  expect(figure(text, "minutier_rooms")).toBe(1);
  expect(figure(text, "minutier_clients")).toBe(1);
  expect(figure(text, "minutier_writing")).toBe(1);
  expect(figure(text, "minutier_queue")).toBe(0);
  expect(figure(text, "minutier_unsaved_seconds")).toBe(0);
  expect(figure(text, "minutier_commit_seconds_count")).toBeGreaterThan(
    figure(before, "minutier_commit_seconds_count"),
  );
  expect(figure(text, 'minutier_refused_total{reason="malformed-update"}')).toBe(1);
  expect(figure(text, "minutier_data_bytes")).toBeGreaterThan(4096);
  expect(figure(text, "minutier_disk_free_bytes")).toBeGreaterThan(0);
  expect(figure(text, "nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  for (const secret of [id, code, "abracadabra", ...Object.values(links)]) expect(text).not.toContain(secret);
  client.destroy();
});

const disk = smallDisk(4096);
const title = "O09 a disk that takes nothing is told within seconds, and told to be well again";

test.skipIf(!disk)(`${title}${disk ? "" : " (skipped: this account may not mount a small disk)"}`, async () => {
  server = await new TestServer({ DATA_DIR: disk!.path }).start();
  const { id, links } = await startWorkshop(server.url);
  const client = new LiveClient({ url: server.live }, id, links.write);
  await client.saved();
  expect(() => writeFileSync(join(disk!.path, "ballast"), new Uint8Array(5_000_000))).toThrow(/ENOSPC/);
  client.write("x".repeat(200_000), "notes");
  await client.when(() => client.closed.includes(4500));
  const full = await told();
  expect(figure(full, "minutier_writing")).toBe(0);
  expect(figure(full, "minutier_unsaved_seconds")).toBeGreaterThan(0);
  disk!.resize(16_384);
  await client.saved();
  const well = await told();
  expect(figure(well, "minutier_writing")).toBe(1);
  expect(figure(well, "minutier_unsaved_seconds")).toBe(0);
  client.destroy();
  await server.kill();
  disk!.remove();
});

test("T7 every figure the handbook for hosts speaks of is told", async () => {
  server = await new TestServer().start();
  const handbook = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const spoken = [...handbook.matchAll(/\b(?:minutier|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
  expect(spoken.length).toBeGreaterThan(10);
  const text = await told();
  expect(spoken.filter((name) => !text.includes(name))).toEqual([]);
});
