/** C02: somebody was away for thousands of edits, their own and the others', and comes back: all of it, on both sides. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { LiveClient } from "../support/clients.ts";
import { Proxy } from "../support/proxy.ts";
import { FRAME, readFrame, SYNC } from "../../server/rooms/frames.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { isSaved, stay, whenever } from "../support/stays.ts";
import { lostAndDoubled, tokensIn } from "../support/tokens.ts";
import { Random } from "./random.ts";

const OWN = Number(process.env["OWN"] ?? 150);
const REMOTE = 4 * OWN;
const OTHERS = 4;
vi.setConfig({ testTimeout: 300_000 });

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());

const random = new Random(20);
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A network that can be away: then nobody answers. */
const newNetwork = async () => {
  const network = { there: true };
  const proxy = await new Proxy(() => (network.there ? server.url : "http://127.0.0.1:9")).start();
  const leave = (): void => {
    network.there = false;
    proxy.cut();
  };
  /** Resolves when somebody has tried again. */
  const comeBack = (): Promise<unknown> => {
    const { length } = proxy.asked;
    network.there = true;
    return vi.waitUntil(() => proxy.asked.length > length, { timeout: 30_000, interval: 5 });
  };
  return { proxy, leave, comeBack };
};

/** How often the server has refused something, whatever it was. */
const refusals = async (): Promise<number> => {
  const told = await (await fetch(`${server.url}/metrics`)).text();
  return [...told.matchAll(/^minutier_refused_total\S* (\d+)/gmu)].reduce((sum, [, count]) => sum + Number(count), 0);
};

/** What each text reads, for as long as nobody else has written in it: reading all of it for each token takes for ever. */
const read = new WeakMap<Y.Doc, string>();

/** One token somewhere in a text, as somebody types it there; now and then an old letter that was no token's goes. */
const write = (doc: Y.Doc, token: string): void => {
  const text = doc.getText("prose:text");
  let words = read.get(doc) ?? text.toJSON();
  // Between tokens, never inside one.
  const gap = words.indexOf("<", random.below(words.length + 1));
  const at = gap < 0 ? words.length : gap;
  const typed = random.chance(0.2) ? `.${token}` : token;
  text.insert(at, typed);
  words = words.slice(0, at) + typed + words.slice(at);
  if (words[at - 1] === ".") {
    text.delete(at - 1, 1);
    words = words.slice(0, at - 1) + words.slice(at);
  }
  read.set(doc, words);
};

test(`C02 away for ${OWN} own edits and ${REMOTE} of others: back, merged, nothing lost on either side`, async () => {
  const workshop = await startWorkshop(server.url, "vierge");
  const { id, links } = workshop;
  const { proxy, leave, comeBack } = await newNetwork();
  const away = await stay(proxy.url, workshop);
  const others = Array.from({ length: OTHERS }, () => new LiveClient({ url: server.live }, id, links.write));
  const docs = [away.doc, ...others.map(({ doc }) => doc)];
  for (const doc of docs) doc.on("afterTransaction", ({ local }: Y.Transaction) => void (local || read.delete(doc)));
  away.doc.getText("prose:text").insert(0, "Avant. ");
  await Promise.all([isSaved(away), ...others.map((client) => client.saved())]);
  leave();
  await whenever(() => away.saved.value.state === "offline");

  const wanted = new Set<string>();
  for (let count = 0; count < REMOTE; count += 1) {
    const token = `<r${count}>`;
    wanted.add(token);
    write(others[count % OTHERS]!.doc, token);
    // As fast as the room takes them, and no faster.
    if (count % 400 === 399) await Promise.all(others.map((client) => client.saved()));
    else if (count % 40 === 39) await nextTurn();
  }
  for (let count = 0; count < OWN; count += 1) {
    const token = `<o${count}>`;
    wanted.add(token);
    write(away.doc, token);
  }
  await Promise.all(others.map((client) => client.saved()));

  const owed = Y.encodeStateAsUpdate(away.doc, Y.encodeStateVector(others[0]!.doc)).length;
  const due = Y.encodeStateAsUpdate(others[0]!.doc, Y.encodeStateVector(away.doc)).length;
  const whole = new Map<number, number>();
  for (const doc of docs) {
    for (const client of doc.store.clients.keys()) {
      whole.set(client, Math.max(whole.get(client) ?? 0, Y.getState(doc.store, client)));
    }
  }
  /** Whether all that anybody wrote is there: cheap to ask at every frame; read as words it is in the end. */
  const hasAll = ({ store }: Y.Doc): boolean =>
    [...whole].every(([client, clock]) => Y.getState(store, client) >= clock);
  const refused = await refusals();
  await comeBack();
  const began = performance.now();
  const since = (): string => `${Math.round(performance.now() - began)} ms`;
  await isSaved(away);
  const saved = since();
  await Promise.all(others.map((client) => client.when(() => hasAll(client.doc))));
  await vi.waitUntil(() => hasAll(away.doc), { timeout: 60_000 });
  const merged = since();
  const same = (doc: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(away.doc));
  await expect.poll(() => docs.every(same), { timeout: 60_000 }).toBe(true);
  for (const doc of docs) {
    expect(lostAndDoubled(tokensIn(doc), wanted)).toEqual({ lost: [], doubled: [] });
    expect(doc.store.pendingStructs).toBe(null);
  }
  // It was let in as it is: nobody was sent away for what they had to bring.
  expect(others.flatMap(({ closed }) => closed).filter((code) => code >= 4000)).toEqual([]);
  expect(await refusals()).toBe(refused);
  process.stdout.write(
    `C02 own ${OWN}, remote ${REMOTE}: back and saved after ${saved}, everybody has all after ${merged}, ` +
      `${owed} bytes up, ${due} down, lost 0\n`,
  );
  for (const client of others) client.destroy();
  away.close();
  proxy.stop();
});

test("C02 C8 what was typed key by key without a line leaves with the exchange of the next, and not key by key as well", async () => {
  const KEYS = 30;
  const workshop = await startWorkshop(server.url, "vierge");
  const { proxy, leave, comeBack } = await newNetwork();
  let updates = 0;
  const Socket = class extends WebSocket {
    override send(data: Uint8Array<ArrayBuffer>): void {
      super.send(data);
      const frame = readFrame(data);
      if (frame?.kind === FRAME.writes || (frame?.kind === FRAME.sync && frame.rest[0] === SYNC.update)) updates += 1;
    }
  };
  const session = await stay(proxy.url, workshop, Socket);
  leave();
  await whenever(() => session.saved.value.state === "offline");
  const text = session.doc.getText("prose:text");
  for (let key = 0; key < KEYS; key += 1) {
    text.insert(text.length, "x");
    // Each in a window of its own, as hands type.
    await new Promise((resolve) => setTimeout(resolve, 45));
  }
  updates = 0;
  await comeBack();
  await isSaved(session);
  // The newest may have been on its way when the line came.
  expect(updates).toBeLessThanOrEqual(2);
  session.close();
  proxy.stop();
});
