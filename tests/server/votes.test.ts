/** Picks over the real server: ballots as commands, at once, twice, through kill -9, and never past the gate. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import type { SessionAnswer } from "../../document/session.ts";
import type { Item, ItemsSection, Minutes } from "../../minutes/value.ts";
import { ask, bearer, type Told } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

const SECTION = "propositions";

let server: TestServer;
const open: LiveClient[] = [];

beforeAll(async () => {
  server = await new TestServer().start();
});
afterEach(() => {
  for (const client of open.splice(0)) client.destroy();
});
afterAll(async () => {
  await server.remove();
});

const post = (workshop: Started, path: string, credential: string, body: object, headers = {}): Promise<Told> =>
  ask(server.url, `/api/workshops/${workshop.id}${path}`, {
    method: "POST",
    headers: { ...bearer(credential), ...headers },
    body,
  });
const vote = (workshop: Started, credential: string, item: string, picked = true): Promise<Told> =>
  post(workshop, "/votes", credential, { section: SECTION, item, picked });
const setPick = (workshop: Started, change: object, credential = workshop.links.manage): Promise<Told> =>
  ask(server.url, `/api/workshops/${workshop.id}/votes`, {
    method: "PATCH",
    headers: bearer(credential),
    body: { section: SECTION, ...change },
  });
const codeOf = ({ body }: Told): string => (JSON.parse(body) as { error: { code: string } }).error.code;

const sectionNow = async (workshop: Started): Promise<ItemsSection> => {
  const told = await ask(server.url, `/api/workshops/${workshop.id}`, { headers: bearer(workshop.links.read) });
  return (JSON.parse(told.body) as Minutes).sections.find((each): each is ItemsSection => each.id === SECTION)!;
};

/** A workshop with as many items, and the token of a session for each of so many visitors. */
const prepare = async (items: number, visitors: number): Promise<{ at: Started; ids: string[]; tokens: string[] }> => {
  const at = await startWorkshop(server.url, "propositions-en-direct");
  const ids: string[] = [];
  for (let index = 0; index < items; index += 1) {
    const told = await post(at, "/items", at.links.write, { section: SECTION, text: `Proposition ${index + 1}` });
    ids.push((JSON.parse(told.body) as Item).id);
  }
  const tokens = await Promise.all(
    Array.from({ length: visitors }, async (_, index) => {
      const told = await post(at, "/sessions", at.links.vote, {
        visitor: `visiteur-${index}`.padEnd(22, "x"),
        layout: 1,
      });
      return (JSON.parse(told.body) as SessionAnswer).token;
    }),
  );
  return { at, ids, tokens };
};

const live = async (workshop: Started, token: string): Promise<LiveClient> => {
  const client = new LiveClient({ url: server.live }, workshop.id, token);
  open.push(client);
  await client.when(() => client.provider.isSynced);
  return client;
};
const ballots = (doc: Y.Doc): string[] => [...doc.getMap("ballots").keys()].toSorted();

describe("T14 a ballot is a command", () => {
  test("T14 a link that only votes picks, three at most, everybody sees it, and a pick can be taken back", async () => {
    const { at, ids, tokens } = await prepare(4, 1);
    const [token = ""] = tokens;
    expect(codeOf(await vote(at, token, ids[0]!))).toBe("no-pick");
    expect(JSON.parse((await setPick(at, { open: true })).body)).toEqual({
      size: 3,
      open: true,
      hidden: false,
      voters: 0,
    });
    const onlooker = await live(at, at.links.vote);
    for (const [index, id] of ids.slice(0, 3).entries())
      expect(JSON.parse((await vote(at, token, id)).body)).toMatchObject({ left: 2 - index });
    const full = await vote(at, token, ids[3]!);
    expect([full.status, codeOf(full)]).toEqual([409, "no-picks-left"]);
    expect(JSON.parse((await vote(at, token, ids[0]!)).body)).toMatchObject({ left: 0 });
    expect(JSON.parse((await vote(at, token, ids[0]!, false)).body)).toMatchObject({
      picked: [ids[1], ids[2]],
      left: 1,
    });
    await onlooker.when(() => ballots(onlooker.doc).length === 2);
    expect((await vote(at, token, "nothing")).status).toBe(400);
    expect((await sectionNow(at)).items.map((item) => item.votes)).toEqual([0, 1, 1, 0]);
    await setPick(at, { open: false });
    expect(codeOf(await vote(at, token, ids[3]!))).toBe("no-pick");
    expect(codeOf(await setPick(at, { open: true, section: "nothing" }))).toBe("unknown-section");
  });

  test("T14 twelve people who press everything at once, twice, hold three each, and the tally is theirs", async () => {
    const { at, ids, tokens } = await prepare(6, 12);
    await setPick(at, { open: true });
    const told = await Promise.all(
      tokens.flatMap((token, who) => {
        const order = ids.map((_, index) => ids[(index * 5 + who) % ids.length]!);
        return [...order, ...order].map((id) => vote(at, token, id));
      }),
    );
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const { items, pick } = await sectionNow(at);
    expect(items.reduce((sum, { votes = 0 }) => sum + votes, 0)).toBe(36);
    expect(pick?.voters).toBe(12);
    const onlooker = await live(at, at.links.read);
    const each = new Map<string, number>();
    for (const key of ballots(onlooker.doc)) each.set(key.split(":")[1]!, (each.get(key.split(":")[1]!) ?? 0) + 1);
    expect([...each.values()]).toEqual(Array.from({ length: 12 }, () => 3));
  });

  test("T14 a ballot that was answered is on disk: killed in the middle, sent again, counted once", async () => {
    const { at, ids, tokens } = await prepare(5, 8);
    await setPick(at, { open: true });
    const answered: [token: string, item: string][] = [];
    const storm = tokens.map(async (token, who) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const item = ids[(who + turn) % ids.length]!;
        const told = await vote(at, token, item).catch(() => undefined);
        if (told?.status === 200) answered.push([token, item]);
      }
    });
    // Somewhere in the middle of it: when the first have had their answers.
    while (answered.length < 4) await new Promise((resolve) => setImmediate(resolve));
    await server.kill();
    await Promise.all(storm);
    await server.start();
    const before = await sectionNow(at);
    const votesOf = (item: string): number => before.items.find(({ id }) => id === item)?.votes ?? 0;
    for (const id of ids) {
      const least = answered.filter(([, item]) => item === id).length;
      expect(votesOf(id)).toBeGreaterThanOrEqual(least);
    }
    // Whoever had no answer presses again, and so does whoever had one.
    for (const [who, token] of tokens.entries())
      for (let turn = 0; turn < 3; turn += 1) await vote(at, token, ids[(who + turn) % ids.length]!);
    const after = await sectionNow(at);
    expect(after.items.reduce((sum, { votes = 0 }) => sum + votes, 0)).toBe(24);
    process.stdout.write(`T14 ${answered.length} ballots answered before kill -9, none lost, 24 of 24 after\n`);
  });

  test("T14 hidden results are in no answer and no export before the close", async () => {
    const { at, ids, tokens } = await prepare(2, 2);
    await setPick(at, { open: true, hidden: true });
    for (const token of tokens) await vote(at, token, ids[1]!);
    expect((await sectionNow(at)).items.map((item) => item.votes)).toEqual([undefined, undefined]);
    expect((await sectionNow(at)).pick).toMatchObject({ voters: 2, hidden: true });
    await setPick(at, { open: false });
    expect((await sectionNow(at)).items.map((item) => item.votes)).toEqual([0, 2]);
  });
});

describe("D20 past the gate", () => {
  const attempts: [name: string, act: (doc: Y.Doc, item: string) => void][] = [
    ["a ballot of one's own making", (doc, item) => doc.getMap("ballots").set(`${item}:somebody`, 1)],
    ["another's ballot over again", (doc) => doc.getMap("ballots").set(ballots(doc)[0]!, 0)],
    ["another's ballot away", (doc) => doc.getMap("ballots").delete(ballots(doc)[0]!)],
    ["all ballots away", (doc) => doc.getMap("ballots").clear()],
    [
      "the pick closed by a writer",
      (doc) => (doc.getMap("sections").get(SECTION) as Y.Map<unknown>).set("pick", "closed"),
    ],
    ["the pick deleted by a writer", (doc) => (doc.getMap("sections").get(SECTION) as Y.Map<unknown>).delete("pick")],
    ["the results unveiled", (doc) => (doc.getMap("sections").get(SECTION) as Y.Map<unknown>).set("pickHidden", false)],
  ];
  test.each(attempts)("D20 %s is refused, and changes nothing for anybody", async (_, act) => {
    const { at, ids, tokens } = await prepare(1, 1);
    await setPick(at, { open: true });
    await vote(at, tokens[0]!, ids[0]!);
    const before = await sectionNow(at);
    const [honest, cheat] = [await live(at, at.links.read), await live(at, at.links.write)];
    await cheat.saved();
    act(cheat.doc, ids[0]!);
    await cheat.when(() => cheat.closed.includes(4400));
    cheat.destroy();
    expect(await sectionNow(at)).toEqual(before);
    expect(ballots(honest.doc)).toHaveLength(1);
  });
});

describe("T15 an item that is sent twice", () => {
  const key = (value: string): Record<string, string> => ({ "idempotency-key": value });
  const body = { section: SECTION, text: "Un banc" };

  test("T15 is added once, at once or later, and through kill -9", async () => {
    const { at } = await prepare(0, 0);
    const send = (value = "banc-1", what: object = body): Promise<Told> =>
      post(at, "/items", at.links.write, what, key(value));
    const first = await Promise.all(Array.from({ length: 6 }, () => send()));
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(first.map((each) => each.body)).size).toBe(1);
    await server.kill();
    await server.start();
    expect((await send()).body).toBe(first[0]!.body);
    await send("banc-2");
    expect((await sectionNow(at)).items.map(({ number, text }) => [number, text])).toEqual([
      [1, "Un banc"],
      [2, "Un banc"],
    ]);
    const other = await send("banc-1", { ...body, text: "Deux bancs" });
    expect([other.status, codeOf(other)]).toEqual([400, "malformed-request"]);
    expect((await send(" ")).status).toBe(400);
    expect((await send("k".repeat(201))).status).toBe(400);
  });

  test("T15 stays removed when it is sent again after somebody removed it", async () => {
    const { at } = await prepare(0, 0);
    const { id, number } = JSON.parse((await post(at, "/items", at.links.write, body, key("k"))).body) as Item;
    const writer = await live(at, at.links.write);
    (writer.doc.getMap(`items:${SECTION}`).get(id) as Y.Map<unknown>).set("removed", true);
    await writer.saved();
    const again = await post(at, "/items", at.links.write, body, key("k"));
    expect([again.status, JSON.parse(again.body)]).toMatchObject([201, { id, number, text: "Un banc" }]);
    expect((await sectionNow(at)).items).toEqual([]);
  });
});
