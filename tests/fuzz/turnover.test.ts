/** L10: workshops are opened, written to and closed, again and again: nothing of them stays in memory, no descriptor is left. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LiveClient } from "../support/clients.ts";
import { descriptors, figure, resident } from "../support/condition.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

/** Ten minutes and two hundred workshops in the soak. */
const SECONDS = Number(process.env["TURNOVER_SECONDS"] ?? 4);
const WORKSHOPS = Number(process.env["WORKSHOPS"] ?? 10);
/** So many are open at any time. */
const AT_ONCE = 5;
vi.setConfig({ testTimeout: 120_000 + SECONDS * 2000 });

let server: TestServer;
beforeAll(async () => {
  server = await new TestServer().start();
});
afterAll(async () => {
  await server?.remove();
});

/** One stay: somebody enters, writes, reads it on another device, takes most of it back, leaves. */
const stay = async ({ id, links }: Started, turn: number): Promise<void> => {
  const clients = [0, 1].map(() => new LiveClient({ url: server.live }, id, links.write));
  const [one, two] = clients as [LiveClient, LiveClient];
  await Promise.all([one.saved(), two.saved()]);
  const text = one.doc.getText("prose:notes");
  const word = `<${turn}>`;
  text.insert(0, word);
  await two.when(() => two.doc.getText("prose:notes").toJSON().includes(word));
  if (text.length > 500) text.delete(100, text.length - 100);
  await one.saved();
  await (await fetch(`${server.url}/r/${links.read}`)).text();
  for (const client of clients) client.destroy();
};

/** What a straight line through the samples gains in an hour. */
const slope = (samples: readonly (readonly [hours: number, value: number])[]): number => {
  const mean = (of: (sample: readonly [number, number]) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(([hours]) => hours), mean(([, value]) => value)];
  const spread = samples.reduce((sum, [hours]) => sum + (hours - x) ** 2, 0);
  return samples.reduce((sum, [hours, value]) => sum + (hours - x) * (value - y), 0) / spread;
};

test("L10 opened, written to and closed again and again: no room, no client and no descriptor is left, memory stays", async () => {
  const workshops: Started[] = [];
  for (let i = 0; i < WORKSHOPS; i += 1) workshops.push(await startWorkshop(server.url));
  for (const workshop of workshops.slice(0, 5)) await stay(workshop, 0);
  const empty = async (): Promise<void> => {
    for (const name of ["minutier_rooms", "minutier_clients"]) {
      await expect.poll(() => figure(server, name)).toBe(0);
    }
  };
  await empty();
  const before = descriptors(server);
  const began = Date.now();
  const end = began + SECONDS * 1000;
  let turn = 0;
  const samples: [hours: number, megabytes: number][] = [];
  const sampling = setInterval(
    () => samples.push([(Date.now() - began) / 3_600_000, resident(server)]),
    Math.max(100, SECONDS * 10),
  );
  const hands = Array.from({ length: AT_ONCE }, async () => {
    while (Date.now() < end) {
      turn += 1;
      await stay(workshops[turn % workshops.length]!, turn);
    }
  });
  await Promise.all(hands);
  clearInterval(sampling);
  await empty();
  // The keep-alive of the last answers may hold a few for some seconds.
  await expect.poll(() => descriptors(server) - before || 0).toBeLessThanOrEqual(5);
  // The first half warms up: caches fill, the heap finds its size.
  const settled = samples.slice(Math.floor(samples.length / 2));
  const perHour = slope(settled);
  process.stdout.write(
    `L10 ${turn} stays in ${WORKSHOPS} workshops within ${SECONDS} s: ${settled.at(0)?.[1].toFixed(1)} to ` +
      `${settled.at(-1)?.[1].toFixed(1)} MB in the second half (${perHour.toFixed(1)} MB an hour), rooms 0, ` +
      `descriptors ${before} to ${descriptors(server)}\n`,
  );
  expect(turn).toBeGreaterThan(AT_ONCE);
});
