/** /live over HTTP, on the real server with real frames: the same room and the same promises as over a WebSocket. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LaneSocket } from "../../client/session/lane.ts";
import { FRAME, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import { LiveClient } from "../support/clients.ts";
import { Proxy } from "../support/proxy.ts";
import { syncRest } from "../support/raw-client.ts";
import { RawLane } from "../support/raw-lane.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { keepWriting, lostAndDoubled, newAccount, tokensIn } from "../support/tokens.ts";

let server: TestServer;
let proxy: Proxy;
let workshop: Started;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  server = await new TestServer({ LOG_LEVEL: "debug" }).start();
  proxy = await new Proxy(() => server.url).start();
});
beforeEach(async () => {
  workshop = await startWorkshop(server.url, "propositions-en-direct");
});
afterEach(() => {
  for (const client of open.splice(0)) client.destroy();
});
afterAll(async () => {
  proxy.stop();
  await server.remove();
});

const enter = (socket?: typeof WebSocket, token = workshop.links.write, url = server.live): LiveClient => {
  const client = new LiveClient({ url, ...(socket ? { socket } : {}) }, workshop.id, token);
  open.push(client);
  return client;
};
const prose = ({ doc }: { doc: Y.Doc }): string => doc.getText("prose:contexte").toJSON();
const manage = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/workshops/${workshop.id}${path}`, {
    method,
    headers: { authorization: `Bearer ${workshop.links.manage}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const rawLane = (headers: Record<string, string> = {}): Promise<RawLane> => {
  const lane = new RawLane(server.url);
  open.push(lane);
  return lane.open(headers);
};
const token = (secret: string): Uint8Array => writeToken(workshop.id, secret);
const write = (words: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText("prose:contexte").insert(0, words);
  return writeFrame(workshop.id, FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(doc)));
};
/** What the log holds, as a program reads it. */
const kept = async (): Promise<string> => (await manage("GET", "/minutes.txt")).text();

describe("R19 the lane leads to the same room, and keeps the order of frames", () => {
  test("two lanes and a WebSocket see each other's words and presence, and end equal", async () => {
    const [one, other, direct] = [enter(LaneSocket), enter(LaneSocket), enter()];
    await Promise.all([one, other, direct].map((each) => each.saved()));
    for (let round = 0; round < 20; round += 1) {
      one.write(`a${round} `, "contexte");
      other.write(`b${round} `, "contexte");
      direct.write(`c${round} `, "contexte");
      await new Promise((next) => setImmediate(next));
    }
    one.provider.awareness?.setLocalStateField("section", "contexte");
    await Promise.all([one, other, direct].map((each) => each.saved()));
    await direct.when(() => direct.provider.awareness?.getStates().get(one.doc.clientID)?.["section"] === "contexte");
    const all = ["a", "b", "c"].flatMap((who) => Array.from({ length: 20 }, (_, round) => `${who}${round}`));
    for (const each of [one, other, direct]) await each.when(() => all.every((word) => prose(each).includes(word)));
    expect(prose(one)).toBe(prose(direct));
    expect(prose(other)).toBe(prose(direct));
    expect(prose(one).split(" ").filter(Boolean).toSorted()).toEqual(all.toSorted());
    expect([one, other].flatMap((each) => each.closed)).toEqual([]);
  });

  test("what is nearly as long as a frame may be arrives whole both ways, with what waits behind it", async () => {
    const [one, other] = [enter(LaneSocket), enter(LaneSocket)];
    await Promise.all([one, other].map((each) => each.saved()));
    const long = "é".repeat(450_000);
    one.write(`${long} fin`, "contexte");
    for (const word of [" un", " deux", " trois"]) {
      await new Promise((next) => setImmediate(next));
      one.write(word, "contexte");
    }
    await one.saved();
    const wanted = `${long} fin un deux trois`;
    await other.when(() => prose(other).length === wanted.length);
    expect(prose(other) === wanted).toBe(true);
    expect([...one.closed, ...other.closed]).toEqual([]);
  });

  test("a read link reads over the lane, and writes nothing", async () => {
    const [reader, writer] = [enter(LaneSocket, workshop.links.read), enter()];
    await writer.saved();
    await reader.when(() => reader.provider.isSynced);
    reader.write("en fraude", "contexte");
    writer.write("permis", "contexte");
    await reader.when(() => prose(reader).includes("permis"));
    expect(await kept()).not.toContain("en fraude");
  });

  test("a leased session is one connection's, for as long as its lane answers", async () => {
    const answer = await manage("POST", "/sessions", { layout: 1, name: "Céline" });
    const session = (await answer.json()) as { token: string };
    const first = enter(LaneSocket, session.token);
    await first.saved();
    const second = enter(LaneSocket, session.token);
    await second.when(() => second.denied.length > 0);
    expect(first.closed).toEqual([]);
  });
});

describe("R20 what was acknowledged over the lane is on disk; what was lost on the way is sent again", () => {
  test("kill -9 with nobody left to send again: lost 0, doubled 0", async () => {
    const account = newAccount();
    const clients = [enter(LaneSocket), enter(LaneSocket)];
    for (const client of clients) void keepWriting(client, account, { prose: "contexte" });
    await clients[0]!.when(() => account.acknowledged.size > 60);
    await server.kill();
    for (const client of open.splice(0)) client.destroy();
    await server.start();
    const fresh = enter(LaneSocket);
    await fresh.saved();
    expect(lostAndDoubled(tokensIn(fresh.doc), account.acknowledged)).toEqual({ lost: [], doubled: [] });
  });

  test("kill -9, lost answers, repeated and cut connections while writing: all is there in the end, once", async () => {
    const account = newAccount();
    const client = enter(LaneSocket, workshop.links.write, `${proxy.url.replace("http", "ws")}/live`);
    await client.saved();
    const stop = keepWriting(client, account, { items: "propositions" });
    const more = async (): Promise<void> => {
      const before = account.acknowledged.size;
      await client.when(() => account.acknowledged.size > before + 6);
    };
    await more();
    proxy.losing = 1;
    await more();
    proxy.repeating = 3;
    await more();
    proxy.cut();
    await more();
    await server.kill();
    await server.start();
    await more();
    await stop();
    await client.saved();
    expect([proxy.losing, proxy.repeating]).toEqual([0, 0]);
    expect(client.closed.length).toBeGreaterThanOrEqual(3);
    const fresh = enter();
    await fresh.saved();
    expect(lostAndDoubled(tokensIn(fresh.doc), account.written)).toEqual({ lost: [], doubled: [] });
    expect(lostAndDoubled((await kept()).match(/<[0-9a-z]+>/g) ?? [], account.written).lost).toEqual([]);
  });

  test("a turn is taken once: repeated it is refused, and nothing of it goes in again", async () => {
    const lane = await rawLane();
    expect(await lane.post([token(workshop.links.write)])).toBe(204);
    expect(await lane.post([write("une fois")])).toBe(204);
    await lane.when(() => lane.acknowledged() === 1);
    expect(await lane.post([write("encore")], 2)).toBe(400);
    expect(await lane.post([write("la suite")], 3)).toBe(204);
    await lane.when(() => lane.acknowledged() === 2);
    expect(await kept()).not.toContain("encore");
    expect(lane.closed()).toBeUndefined();
  });

  test("a missing turn ends the lane: what it held is lost, and only a new line can tell", async () => {
    const lane = await rawLane();
    expect(await lane.post([token(workshop.links.write)])).toBe(204);
    expect(await lane.post([write("trop tôt")], 3)).toBe(400);
    await lane.when(() => lane.closed() !== undefined);
    expect(lane.closed()).toBe(4408);
    expect(await lane.post([write("trop tard")], 2)).toBe(404);
    expect(await kept()).not.toContain("trop");
  });
});

describe("R21 the lane is its client's alone, is limited, and closes like a socket", () => {
  test("an unknown or a foreign id opens nothing; ids do not repeat", async () => {
    const [one, other] = [await rawLane(), await rawLane()];
    expect(one.id).toMatch(/^[\w-]{32}$/);
    expect(one.id).not.toBe(other.id);
    expect(await one.post([token(workshop.links.write)], 1, "x".repeat(32))).toBe(404);
    expect(await one.post([token(workshop.links.write)], 1, "")).toBe(404);
  });

  test("a page of another place may neither open nor use one", async () => {
    const foreign = { origin: "https://ailleurs.example", accept: "text/event-stream" };
    expect((await fetch(`${server.url}/live`, { headers: foreign })).status).toBe(403);
    expect((await fetch(`${server.url}/live`, { method: "POST", headers: foreign })).status).toBe(403);
    expect((await fetch(`${server.url}/live`)).status).toBe(404);
    expect((await fetch(`${server.url}/live`, { method: "PUT" })).headers.get("allow")).toBe("GET, POST");
  });

  test("withdrawing the link closes it with 4403, and nothing more is taken", async () => {
    const given = await manage("POST", "/links", { capability: "write" });
    const { id, secret } = (await given.json()) as { id: string; secret: string };
    const lane = await rawLane();
    expect(await lane.post([token(secret), write("permis")])).toBe(204);
    await lane.when(() => lane.acknowledged() === 1);
    expect((await manage("DELETE", `/links/${id}`)).ok).toBe(true);
    await lane.when(() => lane.closed() !== undefined);
    expect(lane.closed()).toBe(4403);
    expect(await lane.post([write("retiré")])).toBe(404);
    expect(await kept()).not.toContain("retiré");
  });

  test("more than a megabyte is refused and closes with 1009; a client does not even send it", async () => {
    const lane = await rawLane();
    await lane.post([token(workshop.links.write)]);
    expect(await lane.postRaw(new Uint8Array(1024 * 1024 + 1), 2)).toBe(413);
    await lane.when(() => lane.closed() !== undefined);
    expect(lane.closed()).toBe(1009);
    const client = enter(LaneSocket);
    await client.saved();
    client.write("x".repeat(1024 * 1024 + 1), "contexte");
    await client.when(() => client.closed.length > 0);
    expect(client.closed[0]).toBe(1009);
  });

  test.each([
    ["a frame cut short", (): Uint8Array<ArrayBuffer> => Uint8Array.of(200, 1, 2, 3)],
    ["an empty frame", (): Uint8Array<ArrayBuffer> => Uint8Array.of(0)],
  ])("%s closes with 4400", async (_what, body) => {
    const lane = await rawLane();
    await lane.postRaw(body(), 1);
    await lane.when(() => lane.closed() !== undefined);
    expect(lane.closed()).toBe(4400);
  });

  test("SIGTERM says goodbye, and the server ends with 0", async () => {
    const lane = await rawLane();
    await lane.post([token(workshop.links.write)]);
    await lane.when(() => lane.frames.some(({ kind }) => kind === FRAME.auth));
    const ended = await server.stop();
    expect(ended).toEqual({ code: 0, signal: null });
    await server.start();
    expect(lane.closed()).toBe(1001);
  });
});

describe("R22 nothing on the way holds the stream back, and nothing in an address is secret", () => {
  test("it is not compressed, not cached, not transformed; its id stands in no address and no log", async () => {
    const lane = await rawLane({ "accept-encoding": "gzip, br" });
    await lane.post([token(workshop.links.write)]);
    await lane.when(() => lane.frames.some(({ kind }) => kind === FRAME.auth));
    expect(lane.headers.get("content-encoding")).toBeNull();
    expect(lane.headers.get("cache-control")).toBe("no-store, no-transform");
    expect(lane.headers.get("x-accel-buffering")).toBe("no");
    expect(lane.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(server.output).toContain('"route":"/live"');
    expect(server.output).not.toContain(lane.id);
  });
});
