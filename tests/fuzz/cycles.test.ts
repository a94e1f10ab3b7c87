/** C04: a line that breaks again and again while somebody types: one socket at a time, and each word saved on the next. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addItem } from "../../document/edit/items.ts";
import { proseOf } from "../../document/layout.ts";
import { itemsKept } from "../support/desk.ts";
import { Proxy } from "../support/proxy.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { countedSocket, isSaved, stay, whenever } from "../support/stays.ts";
import { Random } from "./random.ts";

const CYCLES = Number(process.env["CYCLES"] ?? 8);
vi.setConfig({ testTimeout: 60_000 + CYCLES * 5_000 });

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How many sessions the server counts. */
const sessions = async (): Promise<number> => {
  const told = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^minutier_clients (\d+)/mu.exec(told)?.[1]);
};

test(`C04 ${CYCLES} lines lost while typing, some while entering: never two sockets, each edit saved on the next line`, async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const proxy = await new Proxy(() => server.url).start();
  const sockets = countedSocket();
  const session = await stay(proxy.url, workshop, sockets.Socket);
  const watcher = await stay(server.url, workshop);
  const random = new Random(Number(process.env["FIRST"] ?? 4));
  const texts: string[] = [];
  const section = session.minutes.value.sections.find(({ kind }) => kind === "items")!.id;
  const write = (): void => {
    const text = `tour ${texts.length}`;
    texts.push(text);
    addItem(session.doc, section, { text, at: session.now().toISOString() });
    proseOf(session.doc, "sujet").insert(0, "x");
  };
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    write();
    // In the middle of a word, of the exchange, of the handshake, or of nothing.
    await pause(random.below(60));
    proxy.cut();
    write();
    await whenever(() => session.saved.value.state === "offline");
    // The exchange of the next line takes its time, and that line breaks as well.
    if (cycle % 4 === 3) {
      const asked = proxy.asked.length;
      proxy.delay = 200;
      await vi.waitUntil(() => proxy.asked.slice(asked).some((each) => each.endsWith("/sessions")), 30_000);
      for (const socket of sockets.alive()) socket.close();
      proxy.delay = 0;
    }
    await isSaved(session);
    expect(sockets.alive()).toHaveLength(1);
  }
  expect([sockets.most(), sockets.entries()]).toEqual([1, 1]);
  expect(await itemsKept(server, workshop)).toEqual(texts.toSorted());
  await whenever(() => watcher.present.value.length === 1);
  // Shown under the id it writes under, or it would not be shown for long.
  expect(watcher.present.value[0]?.client).toBe(session.doc.clientID);
  await vi.waitUntil(async () => (await sessions()) === 2, 30_000);
  process.stdout.write(
    `C04 cycles ${CYCLES}, words ${texts.length}, stuck 0, most sockets at once ${sockets.most()}\n`,
  );
  for (const each of [session, watcher]) each.close();
  proxy.stop();
});
