/** C01: eight editors at the real server, each behind a line of its own that breaks at random: all end as one. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { readLines } from "../../document/text/read.ts";
import { LiveClient } from "../support/clients.ts";
import { Proxy } from "../support/proxy.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { Alphabet, MIXES, type Mix } from "./moves.ts";
import { judge, startUpdate, type Outcome } from "./preservation.ts";
import { Random, seeds } from "./random.ts";
import { Relay, Site } from "./site.ts";

const EDITS = Number(process.env["EDITS"] ?? 400);
const EDITORS = 8;
/** One edit in so many breaks a line, or mends a broken one. */
const RARITY = 12;
vi.setConfig({ testTimeout: 60_000 + EDITS * 150 });

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());

/** Every move but undo: what undo brings back is somebody's characters a second time. */
const mix = MIXES.findLast(({ undoes }) => !undoes) as Mix;

interface Hand {
  site: Site;
  client: LiveClient;
  proxy: Proxy;
  apart: boolean;
}

const characters = (words: string): Set<string> => new Set(words.replaceAll("\n", ""));
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const run = async (seed: number): Promise<Outcome & { breaks: number }> => {
  const random = new Random(seed);
  const alphabet = new Alphabet(seed % 2 === 0);
  const { id, links } = await startWorkshop(server.url, "vierge");
  const start = startUpdate(alphabet, 6, 6);
  const hands: Hand[] = [];
  for (let count = 0; count < EDITORS; count += 1) {
    const proxy = await new Proxy(() => server.url).start();
    const site = new Site(new Relay(), count === 0 ? start : Y.encodeStateAsUpdate(new Y.Doc()), random);
    const where = { url: `${proxy.url.replace("http", "ws")}/live` };
    hands.push({ site, client: new LiveClient(where, id, links.write, { doc: site.doc }), proxy, apart: false });
  }
  const [first] = hands as [Hand];
  await Promise.all(hands.map(({ client }) => client.saved()));
  await Promise.all(hands.map(({ site, client }) => client.when(() => site.shown() === first.site.shown())));

  const typed = characters(first.site.shown());
  const killed = new Set<string>();
  let breaks = 0;
  for (let edit = 0; edit < EDITS; edit += 1) {
    const hand = random.pick(hands);
    const before = characters(hand.site.shown());
    random.pick(mix.moves)({ site: hand.site, random, alphabet });
    const after = characters(hand.site.shown());
    for (const one of after) if (!before.has(one)) typed.add(one);
    for (const one of before) if (!after.has(one)) killed.add(one);
    if (random.chance(1 / RARITY)) {
      const other = random.pick(hands);
      other.apart = !other.apart;
      other.proxy.upgrades = other.apart ? 403 : "pass";
      if (other.apart) {
        other.proxy.cut();
        breaks += 1;
      }
    }
    // The others' letters arrive in between, as they come.
    await nextTurn();
    const listening = random.pick(hands);
    if (!listening.apart && random.chance(0.1)) await listening.client.saved();
  }
  for (const hand of hands) hand.proxy.upgrades = "pass";
  await Promise.all(hands.map(({ client }) => client.saved()));
  const alike = ({ doc }: Site): boolean => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(first.site.doc));
  await expect.poll(() => hands.every(({ site }) => alike(site)), { timeout: 60_000 }).toBe(true);

  // What the server itself holds, by somebody who was never there.
  const newcomer = new LiveClient({ url: server.live }, id, links.write);
  await newcomer.saved();
  const kept = Y.equalSnapshots(Y.snapshot(newcomer.doc), Y.snapshot(first.site.doc));
  expect({ seed, kept, lines: readLines(newcomer.doc.getText("prose:text")) }).toEqual({
    seed,
    kept: true,
    lines: readLines(first.site.text),
  });
  for (const { client, proxy } of hands) {
    client.destroy();
    proxy.stop();
  }
  newcomer.destroy();
  const sites = hands.map(({ site }) => site);
  return { ...judge(sites, typed, killed), breaks };
};

let all = { seeds: 0, edits: 0, breaks: 0, typed: 0 };
afterAll(() => {
  const { seeds: count, edits, breaks, typed } = all;
  process.stdout.write(`C01 seeds ${count}, edits ${edits}, lines broken ${breaks}, typed ${typed}, divergences 0\n`);
});

test.each(seeds(2))(
  "C01 eight editors, lines that break at random: one text, one state, nothing pending (seed %i)",
  async (seed) => {
    const { typed, breaks, ...outcome } = await run(seed);
    expect({ seed, ...outcome }).toEqual({
      seed,
      lost: 0,
      doubled: 0,
      observer: 0,
      diverged: 0,
      rereads: 0,
      broken: 0,
    });
    // Lines that never broke would prove nothing.
    expect(breaks).toBeGreaterThan(0);
    all = { seeds: all.seeds + 1, edits: all.edits + EDITS, breaks: all.breaks + breaks, typed: all.typed + typed };
  },
);
