/** C13, C08, C09, S12: people who crash, close, hide or lose their network leave no ghosts; all open and create at once; five type while it is copied. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { Session } from "../../client/session/session.ts";
import { addField, setField } from "../../document/edit/fields.ts";
import { addGroup, addItem } from "../../document/edit/items.ts";
import { addPerson } from "../../document/edit/people.ts";
import { addPhase } from "../../document/edit/runsheet.ts";
import { addSection } from "../../document/edit/sections.ts";
import { proseOf } from "../../document/layout.ts";
import type { Minutes } from "../../minutes/value.ts";
import { LiveClient } from "../support/clients.ts";
import { minutesOf } from "../support/desk.ts";
import { Proxy } from "../support/proxy.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { stay } from "../support/stays.ts";
import { keepWriting, lostAndDoubled, newAccount, tokensIn } from "../support/tokens.ts";

const CLIENTS = Number(process.env["CLIENTS"] ?? 8);
/** Whether some fall silent without a farewell: that shows after half a minute only. */
const FROZEN = process.env["FROZEN"] !== undefined;
vi.setConfig({ testTimeout: 240_000 });

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const shownAt = ({ present }: Session): number[] => present.value.map(({ client }) => client).toSorted((a, b) => a - b);

test(`C13 ${CLIENTS} people, of whom some crash, close${FROZEN ? ", are put away, lose their network" : ""}: no ghosts`, async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const watcher = await stay(server.url, workshop);
  const hands = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const proxy = await new Proxy(() => server.url).start();
      return { proxy, session: await stay(proxy.url, workshop) };
    }),
  );
  await expect.poll(() => shownAt(watcher).length, { timeout: 30_000 }).toBe(CLIENTS);
  const began = Date.now();
  const staying: Session[] = [];
  for (const [n, { proxy, session }] of hands.entries()) {
    const fate = n % 5;
    // Killed by its machine: the network says so, nobody else does.
    if (fate === 0) proxy.stop();
    if (fate === 1) session.close();
    // Put away by its phone, and stopped; or on a network that is gone: neither says anything any more.
    const silent = FROZEN && (fate === 2 || fate === 3);
    if (silent && fate === 2) session.awareness.setLocalState(null);
    if (silent) proxy.freeze();
    if (fate > 1 && !silent) staying.push(session);
  }
  const wanted = (): number[] => staying.map(({ doc }) => doc.clientID).toSorted((a, b) => a - b);
  await expect.poll(() => shownAt(watcher), { timeout: FROZEN ? 60_000 : 30_000 }).toEqual(wanted());
  const took = Date.now() - began;
  let ghosts = 0;
  if (FROZEN) {
    expect(took).toBeLessThanOrEqual(35_000);
    for (let second = 0; second < 120; second += 1) {
      await pause(1000);
      if (JSON.stringify(shownAt(watcher)) !== JSON.stringify(wanted())) ghosts += 1;
    }
  }
  expect(ghosts).toBe(0);
  process.stdout.write(`C13 clients ${CLIENTS}, presence right after ${took} ms, ghosts ${ghosts}\n`);
  for (const { proxy, session } of hands) {
    session.close();
    proxy.stop();
  }
  watcher.close();
});

test("C08 twenty open a new workshop at the same moment, some of whom had written before: the template stands once", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const before = (await minutesOf(server, workshop)).sections;
  const docs = Array.from({ length: 20 }, () => new Y.Doc());
  // A program that was without a line until now, and knows of the template nothing but a name.
  for (const [n, doc] of docs.entries()) if (n % 3 === 0) proseOf(doc, "sujet").insert(0, `<${n}>`);
  const began = performance.now();
  const clients = docs.map((doc) => new LiveClient({ url: server.live }, workshop.id, workshop.links.write, { doc }));
  const within = performance.now() - began;
  await Promise.all(clients.map((client) => client.saved()));
  const wanted = new Set(docs.flatMap((_, n) => (n % 3 === 0 ? [`<${n}>`] : [])));
  for (const client of clients) {
    await client.when(() => lostAndDoubled(tokensIn(client.doc), wanted).lost.length === 0);
    expect(lostAndDoubled(tokensIn(client.doc), wanted).doubled).toEqual([]);
  }
  const [first, ...others] = docs.map((doc) => JSON.stringify(doc.toJSON()));
  expect(others.filter((each) => each !== first)).toEqual([]);
  const after = (await minutesOf(server, workshop)).sections;
  const shape = (sections: Minutes["sections"]): string[][] => sections.map(({ id, heading }) => [id, heading]);
  expect(shape(after)).toEqual(shape(before));
  process.stdout.write(
    `C08 clients 20 within ${within.toFixed()} ms, ${wanted.size} of them with words, headings ${after.length} of ${before.length}\n`,
  );
  for (const client of clients) client.destroy();
});

test("C09 everybody uses everything that can be created, without a line, and comes back at once: every entry is there", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { sections } = await minutesOf(server, workshop);
  const of = (kind: string): string => sections.find((section) => section.kind === kind)?.id ?? "";
  const proxy = await new Proxy(() => server.url).start();
  const where = { url: `${proxy.url.replace("http", "ws")}/live` };
  const clients = Array.from({ length: 12 }, () => new LiveClient(where, workshop.id, workshop.links.write));
  await Promise.all(clients.map((client) => client.saved()));
  proxy.upgrades = 403;
  proxy.cut();
  await Promise.all(clients.map((client) => client.when(() => client.closed.length > 0)));
  const at = new Date().toISOString();
  for (const [n, { doc }] of clients.entries()) {
    addItem(doc, of("items"), { text: `item-${n}.`, at });
    addGroup(doc, of("items"), { text: `group-${n}.` });
    addPerson(doc, of("people"), { name: `person-${n}.` });
    setField(doc, of("fields"), addField(doc, of("fields"), { label: `field-${n}.`, type: "line" }), `value-${n}.`);
    addPhase(doc, of("runsheet"), { label: `phase-${n}.`, minutes: 1 });
    addItem(doc, addSection(doc, { kind: "items", heading: `section-${n}.` }), { text: `inside-${n}.`, at });
    proseOf(doc, addSection(doc, { kind: "prose", heading: "" })).insert(0, `prose-${n}.`);
  }
  proxy.upgrades = "pass";
  await Promise.all(clients.map((client) => client.saved()));
  const kinds = { items: ["item", "group"], people: ["person"], fields: ["field", "value"], runsheet: ["phase"] };
  const nouns = [
    ...Object.entries(kinds).flatMap(([kind, all]) => (of(kind) ? all : [])),
    "section",
    "inside",
    "prose",
  ];
  const kept = JSON.stringify(await minutesOf(server, workshop));
  const lost = nouns.flatMap((noun) => clients.map((_, n) => `${noun}-${n}.`)).filter((words) => !kept.includes(words));
  expect(lost).toEqual([]);
  process.stdout.write(`C09 clients 12, containers ${nouns.length}, lost entries ${lost.length}\n`);
  for (const client of clients) client.destroy();
  proxy.stop();
});

test("S12 copied while five type: nobody's words are lost here, and what was saved before is in the copy", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const clients = [0, 1, 2, 3, 4].map(() => new LiveClient({ url: server.live }, workshop.id, workshop.links.write));
  const accounts = clients.map(() => newAccount());
  const stops = clients.map((client, n) =>
    keepWriting(client, accounts[n]!, n % 2 ? { items: "propositions" } : { prose: "contexte" }),
  );
  await vi.waitUntil(() => accounts.every(({ acknowledged }) => acknowledged.size > 5), 60_000);
  const before = new Set(accounts.flatMap(({ acknowledged }) => [...acknowledged]));
  const answer = await fetch(`${server.url}/api/workshops/${workshop.id}/duplicates`, {
    method: "POST",
    headers: { authorization: `Bearer ${workshop.links.write}`, "content-type": "application/json" },
    body: JSON.stringify({ text: true, kind: "workshop" }),
  });
  expect(answer.status).toBe(201);
  const copy = (await answer.json()) as Started;
  const enough = accounts.map(({ acknowledged }) => acknowledged.size + 5);
  await vi.waitUntil(() => accounts.every(({ acknowledged }, n) => acknowledged.size > enough[n]!), 60_000);
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(clients.map((client) => client.saved()));
  const written = new Set(accounts.flatMap((account) => [...account.written]));
  const [first] = clients as [LiveClient];
  await first.when(() => lostAndDoubled(tokensIn(first.doc), written).lost.length === 0);
  expect(lostAndDoubled(tokensIn(first.doc), written).doubled).toEqual([]);
  const copied = JSON.stringify(((await minutesOf(server, copy)) satisfies Minutes).sections);
  expect([...before].filter((token) => !copied.includes(token))).toEqual([]);
  process.stdout.write(
    `S12 written while copied ${written.size}, lost 0; saved before ${before.size}, missing in the copy 0\n`,
  );
  for (const client of clients) client.destroy();
});
