/** C02: somebody was away for thousands of edits, their own and the others', and comes back: all of it, on both sides. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { LiveClient } from "../support/clients.ts";
import { Proxy } from "../support/proxy.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
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

/** One token somewhere in a text, as somebody types it there; now and then an old letter that was no token's goes. */
const write = ({ doc }: LiveClient, token: string): void => {
  const text = doc.getText("prose:text");
  const words = text.toJSON();
  // Between tokens, never inside one.
  const gap = words.indexOf("<", random.below(words.length + 1));
  const at = gap < 0 ? words.length : gap;
  text.insert(at, random.chance(0.2) ? `.${token}` : token);
  if (words[at - 1] === ".") text.delete(at - 1, 1);
};

test(`C02 away for ${OWN} own edits and ${REMOTE} of others: back, merged, nothing lost on either side`, async () => {
  const { id, links } = await startWorkshop(server.url, "vierge");
  const proxy = await new Proxy(() => server.url).start();
  const away = new LiveClient({ url: `${proxy.url.replace("http", "ws")}/live` }, id, links.write);
  const others = Array.from({ length: OTHERS }, () => new LiveClient({ url: server.live }, id, links.write));
  away.write("Avant. ");
  await Promise.all([away, ...others].map((client) => client.saved()));
  proxy.upgrades = 403;
  proxy.cut();
  await away.when(() => away.closed.length > 0);

  const wanted = new Set<string>();
  for (let count = 0; count < REMOTE; count += 1) {
    const token = `<r${count}>`;
    wanted.add(token);
    write(others[count % OTHERS]!, token);
    // As fast as the room takes them, and no faster.
    if (count % 400 === 399) await Promise.all(others.map((client) => client.saved()));
    else if (count % 20 === 19) await nextTurn();
  }
  for (let count = 0; count < OWN; count += 1) {
    const token = `<o${count}>`;
    wanted.add(token);
    write(away, token);
  }
  await Promise.all(others.map((client) => client.saved()));

  const owed = Y.encodeStateAsUpdate(away.doc, Y.encodeStateVector(others[0]!.doc)).length;
  const due = Y.encodeStateAsUpdate(others[0]!.doc, Y.encodeStateVector(away.doc)).length;
  const began = performance.now();
  proxy.upgrades = "pass";
  await away.saved();
  await away.when(() => lostAndDoubled(tokensIn(away.doc), wanted).lost.length === 0);
  const merged = performance.now() - began;
  const all = [away, ...others];
  await expect
    .poll(() => all.every(({ doc }) => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(away.doc))), { timeout: 60_000 })
    .toBe(true);
  for (const { doc } of all) {
    expect(lostAndDoubled(tokensIn(doc), wanted)).toEqual({ lost: [], doubled: [] });
    expect(doc.store.pendingStructs).toBe(null);
  }
  // It was let in as it is: nobody was sent away for what they had to bring.
  expect(away.closed.filter((code) => code >= 4000)).toEqual([]);
  process.stdout.write(
    `C02 own ${OWN}, remote ${REMOTE}: back and merged after ${Math.round(merged)} ms, ${owed} bytes up, ${due} down, lost 0\n`,
  );
  for (const client of all) client.destroy();
  proxy.stop();
});
