/** C03: a network that repeats, delays, swaps and drops frames, and breaks off in the middle of one: found out, made good. */
import { Transform } from "node:stream";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { addItem, setItem } from "../../document/edit/items.ts";
import { proseOf } from "../../document/layout.ts";
import { meddling, noMischief } from "../support/mischief.ts";
import { Proxy } from "../support/proxy.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { countedSocket, stay } from "../support/stays.ts";
import { lostAndDoubled, tokensIn } from "../support/tokens.ts";
import { Random, seeds } from "./random.ts";

const EDITS = Number(process.env["EDITS"] ?? 90);
const RARITY = 15;
vi.setConfig({ testTimeout: 90_000 + EDITS * 200 });

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test.each(seeds(1))(
  "C03 nothing waits for a frame that never came, and in the end everybody has everything, once (seed %i)",
  async (seed) => {
    const random = new Random(seed);
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const done = noMischief();
    let active = false;
    const hands = await Promise.all(
      [0, 1, 2].map(async () => {
        const proxy = await new Proxy(() => server.url).start();
        proxy.meddle = meddling(random, RARITY, done, () => active);
        const { Socket, made } = countedSocket();
        return { proxy, session: await stay(proxy.url, workshop, Socket), made };
      }),
    );
    const sessions = hands.map(({ session }) => session);
    const section = sessions[0]!.minutes.value.sections.find(({ kind }) => kind === "items")!.id;
    const wanted = new Set<string>();
    const write = (who: number): void => {
      const { doc } = sessions[who]!;
      const token = `<t${wanted.size}>`;
      wanted.add(token);
      if (random.chance(0.5)) proseOf(doc, "sujet").insert(0, token);
      else
        setItem(doc, section, addItem(doc, section, { text: token, at: new Date().toISOString() }), "owner", "Nadia");
    };
    active = true;
    for (let edit = 0; edit < EDITS; edit += 1) {
      write(random.below(3));
      await pause(random.below(80));
    }
    active = false;
    // The next word of each tells that something before it is missing; nobody mends the line from outside.
    for (const who of sessions.keys()) write(who);
    await expect
      .poll(() => sessions.map(({ doc }) => lostAndDoubled(tokensIn(doc), wanted)), { timeout: 60_000 })
      .toEqual(sessions.map(() => ({ lost: [], doubled: [] })));
    const [first] = sessions as [(typeof sessions)[0]];
    const alike = (): boolean =>
      sessions.every(
        ({ doc }) => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(first.doc)) && !doc.store.pendingStructs,
      );
    await expect.poll(alike, { timeout: 30_000 }).toBe(true);
    await expect
      .poll(() => sessions.map(({ saved }) => saved.value.state), { timeout: 30_000 })
      .toEqual(Array(3).fill("saved"));
    const resyncs = hands.reduce((sum, { made }) => sum + made() - 1, 0);
    expect(Object.values(done).reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0);
    process.stdout.write(
      `C03 seed ${seed}: edits ${EDITS}, ${JSON.stringify(done)}, resyncs ${resyncs}, lost 0, doubled 0\n`,
    );
    for (const { session, proxy } of hands) {
      session.close();
      proxy.stop();
    }
  },
);

test("C03 C10 one frame that never arrived is found out by what comes after it, and asked for again", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const proxy = await new Proxy(() => server.url).start();
  let losing = "";
  proxy.meddle = (way) =>
    new Transform({
      transform(chunk: Buffer, _encoding, next) {
        if (way === "up" || losing === "" || !chunk.includes(losing)) return next(null, chunk);
        losing = "";
        next();
      },
    });
  const [writer, reader] = await Promise.all([stay(server.url, workshop), stay(proxy.url, workshop)]);
  losing = "perdu";
  proseOf(writer.doc, "sujet").insert(0, "perdu, ");
  await vi.waitUntil(() => losing === "", 30_000);
  proseOf(writer.doc, "sujet").insert(7, "retrouvé");
  await expect.poll(() => proseOf(reader.doc, "sujet").toJSON(), { timeout: 30_000 }).toBe("perdu, retrouvé");
  expect(reader.doc.store.pendingStructs).toBe(null);
  for (const each of [writer, reader]) each.close();
  proxy.stop();
});
