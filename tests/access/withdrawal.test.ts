/** A04 A06 A08 A16 over real sockets: links withdrawn under many open ones, codes guessed, pages of elsewhere. */
import { once } from "node:events";
import type { Socket as Line } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket as Socket } from "ws";
import * as Y from "yjs";
import { FRAME, readFrame, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import { ask, bearer } from "../support/asking.ts";
import { LiveClient, until } from "../support/clients.ts";
import { openLine } from "../support/line.ts";
import { syncRest } from "../support/raw-client.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

/** More when asked for by GUESSES. */
const GUESSES = Number(process.env["GUESSES"] ?? 300);

let server: TestServer;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  // As behind one proxy: the address people come from is what that proxy says.
  server = await new TestServer({ TRUST_PROXY: "1", PUBLIC_URL: "https://minutes.example.org" }).start();
});
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});
afterAll(async () => {
  await server.remove();
});

const manage = async (id: string, secret: string, method: string, path: string, body?: object): Promise<string> =>
  (await ask(server.url, `/api/workshops/${id}${path}`, { method, headers: bearer(secret), body })).body;

/** A socket that has entered and synchronised; `text` is what it will send from then on, letter by letter. */
const enter = async (id: string, secret: string) => {
  const socket = new Socket(server.live);
  let heard = "";
  let closed: { code: number; at: number } | undefined;
  const looks = new Set<() => void>();
  let synced = false;
  socket.on("message", (data: Buffer) => {
    heard += data.toString("latin1");
    const frame = readFrame(new Uint8Array(data));
    if (frame?.kind === FRAME.syncStatus) synced = true;
    for (const look of looks) look();
  });
  socket.on("close", (code) => {
    closed = { code, at: Date.now() };
    for (const look of looks) look();
  });
  const when = (check: () => boolean): Promise<void> =>
    until(check, (look) => {
      looks.add(look);
      return () => looks.delete(look);
    });
  await once(socket, "open");
  open.push({ destroy: () => socket.terminate() });
  socket.send(writeToken(id, secret));
  socket.send(writeFrame(id, FRAME.sync, syncRest(SYNC.step1, new Uint8Array([0]))));
  socket.send(writeFrame(id, FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc()))));
  await when(() => synced);
  const doc = new Y.Doc();
  const frame = (letter: string): Uint8Array => {
    const before = Y.encodeStateVector(doc);
    doc.getText("prose:text").insert(0, letter);
    return writeFrame(id, FRAME.sync, syncRest(SYNC.update, Y.encodeStateAsUpdate(doc, before)));
  };
  const send = (letter: string): void => socket.send(frame(letter));
  /** Sends the first half of a frame, as a network that is slow does; what is returned sends the rest. */
  const begin = (letter: string): (() => void) => {
    const payload = frame(letter);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(payload.length);
    // A last binary frame, with its length in two bytes, masked with nothing.
    const bytes = Buffer.concat([Buffer.from([0x82, 0xfe]), length, Buffer.alloc(4), payload]);
    const { _socket: line } = socket as unknown as { _socket: Line };
    line.write(bytes.subarray(0, bytes.length / 2));
    return () => void line.write(bytes.subarray(bytes.length / 2));
  };
  return { socket, send, begin, when, heard: () => heard, closed: () => closed };
};

describe("A04 a link withdrawn, a workshop closed", () => {
  test.each(["withdrawn", "closed"])("%s: twenty sockets, some asleep, hear and say nothing more", async (how) => {
    const { id, links } = await startWorkshop(server.url);
    const given = JSON.parse(await manage(id, links.manage, "POST", "/links", { capability: "write" })) as {
      id: string;
      secret: string;
    };
    const [asleep, awake] = [[], []] as Awaited<ReturnType<typeof enter>>[][];
    for (let count = 0; count < 20; count += 1) (count % 4 === 0 ? asleep : awake)!.push(await enter(id, given.secret));
    // Of somebody who is not concerned.
    const bystander = new LiveClient({ url: server.live }, id, links.manage);
    open.push(bystander);
    await bystander.saved();
    for (const { socket } of asleep!) socket.pause();
    const [midway, ...busy] = awake!;
    const writing = setInterval(() => busy.forEach((each) => each.closed() ?? each.send("x")), 2);
    await bystander.when(() => bystander.doc.getText("prose:text").length > 50);
    // The two halves make a frame: while all is well it is taken.
    midway!.begin("m")();
    await bystander.when(() => bystander.doc.getText("prose:text").toJSON().includes("m"));
    const goOn = midway!.begin("x");
    const asked = Date.now();
    if (how === "withdrawn") await manage(id, links.manage, "DELETE", `/links/${given.id}`);
    else await manage(id, links.manage, "POST", "/state", { state: "closed" });
    const answered = Date.now();
    goOn();
    await Promise.all(awake!.map((each) => each.when(() => each.closed() !== undefined)));
    clearInterval(writing);
    const last = Math.max(...awake!.map((each) => each.closed()!.at)) - asked;
    expect(new Set(awake!.map((each) => each.closed()!.code))).toEqual(new Set([how === "withdrawn" ? 4403 : 4401]));
    // A stock client counts its acknowledgements wrongly where it writes without a line: it is to be back first.
    if (how === "closed") await bystander.when(() => bystander.closed.length > 0);
    await bystander.saved();
    // What came before was taken or not; from the answer on nothing is, nor told, to those who sleep either.
    // Entries keep their order: once this one is acknowledged, everything taken before it is here as well.
    bystander.write("!", "text");
    await bystander.saved();
    const kept = bystander.doc.getText("prose:text").length;
    bystander.write("apres", "text");
    await bystander.saved();
    for (const { socket } of asleep!) {
      socket.resume();
      socket.send(writeFrame(id, FRAME.sync, syncRest(SYNC.step1, new Uint8Array([0]))));
    }
    await Promise.all(asleep!.map((each) => each.when(() => each.closed() !== undefined)));
    expect([...awake!, ...asleep!].filter((each) => each.heard().includes("apres"))).toEqual([]);
    const reader = new LiveClient({ url: server.live }, id, links.read);
    open.push(reader);
    await reader.when(() => reader.provider.isSynced);
    expect(reader.doc.getText("prose:text").length).toBe(kept + "apres".length);
    process.stdout.write(`A04 ${how}: answered after ${answered - asked} ms, last of 15 closed after ${last} ms\n`);
  });
});

describe("A06 A16 guessing codes", () => {
  const guess = async (code: string, headers: Record<string, string> = {}): Promise<number> =>
    (await ask(server.url, "/api/codes", { method: "POST", headers, body: { code } })).status;
  const from = (address: string): Record<string, string> => ({ "x-forwarded-for": address });

  test(
    "is stopped by address, also from fifty at once; whoever comes from elsewhere enters",
    async () => {
      const { code } = await startWorkshop(server.url);
      const began = Date.now();
      for (const addresses of [1, 50]) {
        const statuses = new Map<number, number>();
        let left = GUESSES;
        const hand = async (): Promise<void> => {
          while (left > 0) {
            left -= 1;
            const status = await guess("ZZZZZZ", from(`203.0.${addresses}.${left % addresses}`));
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          }
        };
        await Promise.all(Array.from({ length: 8 }, hand));
        // What counts is a minute's: a long run goes through several of them.
        const minutes = 1 + Math.floor((Date.now() - began) / 60_000);
        const looked = statuses.get(404) ?? 0;
        process.stdout.write(
          `A06 ${GUESSES} guesses from ${addresses}, ${looked} looked up in ${minutes} min, found 0\n`,
        );
        expect(looked).toBeLessThanOrEqual(30 * addresses * minutes);
        expect([...statuses.keys()].filter((status) => status !== 404 && status !== 429)).toEqual([]);
        expect(statuses.get(429) ?? 0).toBeGreaterThan(addresses === 1 || GUESSES > 3000 ? 0 : -1);
      }
      expect(await guess(code, from("203.0.113.10"))).toBe(200);
    },
    120_000 + GUESSES * 20,
  );

  test("T28 the page of a code counts with it: no code is looked for there that could not be tried, nor told otherwise", async () => {
    const opened = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", ...from("203.0.113.55") };
    const { code } = await startWorkshop(server.url);
    const look = (wanted: string) => ask(server.url, `/j/${wanted}`, { headers: opened });
    for (let count = 0; count < 40; count += 1) expect((await look(code)).status).toBe(200);
    // A program that says nothing of opening the page is neither told nor counted.
    for (let count = 0; count < 40; count += 1) {
      const { status } = await ask(server.url, "/j/ZZZZZZ", { headers: from("203.0.113.55") });
      expect(status).toBe(200);
    }
    for (let count = 0; count < 15; count += 1) {
      expect((await look("ZZZZZZ")).status).toBe(404);
      expect(await guess("ZZZZZZ", from("203.0.113.55"))).toBe(404);
    }
    const late = await look(code);
    expect(late.status).toBe(429);
    expect(late.body).not.toContain('id="minutes"');
    expect(await guess(code, from("203.0.113.55"))).toBe(429);
    expect((await ask(server.url, `/j/${code}`, { headers: { ...opened, ...from("203.0.113.56") } })).status).toBe(200);
  });

  test("no header moves the limit: the one proxy we trust appends, everything before it is hearsay", async () => {
    const bypassed: string[] = [];
    const last = "203.0.113.77";
    for (let count = 0; count < 40; count += 1) await guess("ZZZZZZ", from(last));
    for (const [name, value] of Object.entries({
      "x-forwarded-for": `198.51.100.1, ${last}`,
      "x-real-ip": "198.51.100.2",
      "cf-connecting-ip": "198.51.100.3",
      "true-client-ip": "198.51.100.4",
      forwarded: "for=198.51.100.5",
      "x-client-ip": "198.51.100.6",
    })) {
      const headers = name === "x-forwarded-for" ? { [name]: value } : { ...from(last), [name]: value };
      if ((await guess("ZZZZZZ", headers)) !== 429) bypassed.push(name);
    }
    expect(bypassed).toEqual([]);
  });

  test("a whole room that enters at the same moment through one router gets in", async () => {
    const { code } = await startWorkshop(server.url);
    const statuses = await Promise.all(Array.from({ length: 80 }, () => guess(code, from("203.0.113.200"))));
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  test("without a trusted proxy nobody chooses the address they are counted by", async () => {
    const bare = await new TestServer().start();
    const body = { code: "ZZZZZZ" };
    let counted = 0;
    for (let count = 0; count < 60; count += 1) {
      const headers = from(`198.51.100.${count}`);
      const { status } = await ask(bare.url, "/api/codes", { method: "POST", headers, body });
      if (status === 404) counted += 1;
    }
    expect(counted).toBeLessThanOrEqual(30);
    await bare.remove();
  });
});

describe("A08 pages that may open a socket where the address is known", () => {
  const upgrade = async (origin: string): Promise<string> => {
    const line = await openLine(
      server.url,
      `GET /live HTTP/1.1\r\nHost: minutes.example.org\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    await Promise.race([once(line.socket, "data"), line.closed]);
    line.socket.destroy();
    return line.said().slice(9, 12);
  };

  test("only its own, exactly as it was given", async () => {
    expect(await upgrade("https://minutes.example.org")).toBe("101");
    const accepted: string[] = [];
    const origins = [
      "http://minutes.example.org",
      "https://minutes.example.org:444",
      "https://minutes.example.org:443",
      "https://minutes.example.org.evil.example",
      "https://evil-minutes.example.org",
      "https://sub.minutes.example.org",
      "https://example.org",
      "HTTPS://MINUTES.EXAMPLE.ORG",
      "https://minutes.example.org/",
      "https://minutes.example.org@evil.example",
      "https://minutes.example.org, https://evil.example",
      "null",
      "file://",
      "",
    ];
    for (const origin of origins) if ((await upgrade(origin)) !== "403") accepted.push(origin);
    process.stdout.write(`A08 ${origins.length} foreign origins, accepted ${accepted.length}\n`);
    expect(accepted).toEqual([]);
  });
});
