/** O07: the server's clock jumps while people write: by hours, across a change of season, past 2038; nothing is lost, nobody is locked out. */
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { SessionAnswer } from "../../document/session.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// The machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const HOUR = 3_600_000;
const place = mkdtempSync(join(tmpdir(), "minutier-clock-"));
const clock = join(place, "offset");
const shifted = new URL("../support/shifted-clock.ts", import.meta.url).href;
/** Past the last second that 32 bits can count. */
const PAST_2038 = Date.UTC(2038, 0, 19, 3, 14, 5) - Date.now();
/** Half an hour before the clocks of Paris are set. */
const SPRING = Date.UTC(2027, 2, 28, 0, 30) - Date.now();
const JUMPS = [HOUR, -HOUR, SPRING, SPRING + HOUR, SPRING, PAST_2038, PAST_2038 + HOUR, 0, -HOUR, 0];

const server = new TestServer({ NODE_OPTIONS: `--import=${shifted}`, CLOCK: clock, TZ: "Europe/Paris" });
let workshop: Started;

beforeAll(async () => {
  writeFileSync(clock, "0");
  await server.start();
  workshop = await startWorkshop(server.url);
});
afterAll(async () => {
  await server.remove();
  rmSync(place, { recursive: true });
});

/** What the server's clock is wrong by, as it says itself. */
const shown = (): number => (existsSync(`${clock}.shown`) ? Number(readFileSync(`${clock}.shown`, "utf8")) : 0);

/** Sets the server's clock and waits until it shows. */
const jump = async (offset: number): Promise<void> => {
  if (shown() === offset) return;
  writeFileSync(clock, String(offset));
  while (shown() !== offset) await new Promise((resolve) => setTimeout(resolve, 10));
};

const call = (path: string, method: string, bearer: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/workshops/${workshop.id}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const enter = async (): Promise<SessionAnswer> =>
  (await (await call("/sessions", "POST", workshop.links.write, { name: "Nadia", layout: 1 })).json()) as SessionAnswer;

test("O07 the clock jumps under those who write: every word is there once, in the order of its author, after a restart too", async () => {
  const words: string[] = [];
  const client = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await client.saved();
  let n = 0;
  const write = async (): Promise<void> => {
    const word = `<${(n += 1)}>`;
    words.push(word);
    client.write(word, "notes");
    await client.saved();
  };
  for (const offset of JUMPS) {
    // Some before it, one across it, some after it.
    await write();
    const across = write();
    await jump(offset);
    await across;
    await write();
  }
  // Nobody was held back or sent away by it: a step back must not be taken for a flood.
  expect(client.closed).toEqual([]);
  const text = async (): Promise<string> => (await call("/minutes.txt", "GET", workshop.links.read)).text();
  expect((await text()).match(/<\d+>/g)).toEqual(words);
  client.destroy();
  writeFileSync(clock, String(-HOUR));
  await server.kill();
  await server.start();
  expect((await text()).match(/<\d+>/g)).toEqual(words);
  await jump(0);
});

test("O07 R17 whoever answers the heartbeat, or asks whether we are there, is not sent away by a clock that is set back", async () => {
  const line = new WebSocket(server.live);
  await once(line, "open");
  const answered = async (): Promise<string> => {
    line.ping();
    return Promise.race([once(line, "pong").then(() => "answered"), once(line, "close").then(String)]);
  };
  expect(await answered()).toBe("answered");
  await jump(-HOUR);
  for (const question of ["answered", "answered"]) expect(await answered()).toBe(question);
  line.terminate();
  await jump(0);
});

test("O07 sessions, links and the code outlast an hour either way; past their time they end, and come back with the clock", async () => {
  const { token } = await enter();
  const status = async (): Promise<number> => (await call("", "GET", token)).status;
  for (const offset of [HOUR, -HOUR, 11 * HOUR, 0]) {
    await jump(offset);
    expect({ offset, status: await status() }).toEqual({ offset, status: 200 });
  }
  await jump(PAST_2038 + HOUR);
  expect(await status()).toBe(401);
  // Links and codes have no age: whoever was sent away comes in again at once.
  const again = await enter();
  expect((await call("", "GET", again.token)).status).toBe(200);
  const code = await fetch(`${server.url}/api/codes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: workshop.code }),
  });
  expect(code.status).toBe(200);
  await jump(0);
  expect(await status()).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});
