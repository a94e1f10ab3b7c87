/** M03: frames without measure, pieces without number, questions without pause, while others write. */
import { existsSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { FRAME, readFrame, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import { MAX_FRAME } from "../../server/rooms/wire.ts";
import { ask } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { syncRest } from "../support/raw-client.ts";
import { OPCODE, rawFrame, RawWebSocket } from "../support/raw-websocket.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

vi.setConfig({ testTimeout: 180_000 });

/** Longer when asked for by MEGABYTES. */
const MEGABYTES = Number(process.env["MEGABYTES"] ?? 30);
const MEBIBYTE = 1024 * 1024;

let server: TestServer;
let workshop: Started;
let writer: LiveClient;
let reader: LiveClient;
const open: RawWebSocket[] = [];

beforeAll(async () => {
  server = await new TestServer().start();
  workshop = await startWorkshop(server.url);
  writer = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  reader = new LiveClient({ url: server.live }, workshop.id, workshop.links.read);
  await writer.saved();
  await reader.when(() => reader.provider.isSynced);
});
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.destroy();
});
afterAll(async () => {
  writer.destroy();
  reader.destroy();
  await server.remove();
});

const binary = (payload: Uint8Array): Buffer => rawFrame({ opcode: OPCODE.binary, payload });

/** A socket that has entered and synchronised. */
const enter = async (): Promise<RawWebSocket> => {
  const raw = await RawWebSocket.open(server.live);
  open.push(raw);
  await raw.send(binary(writeToken(workshop.id, workshop.links.write)));
  await raw.send(binary(sync(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc()))));
  await raw.when(() => acknowledged(raw) === 1);
  return raw;
};

const sync = (type: number, payload: Uint8Array): Uint8Array =>
  writeFrame(workshop.id, FRAME.sync, syncRest(type, payload));

const acknowledged = ({ frames }: RawWebSocket): number =>
  frames.filter(({ payload }) => readFrame(new Uint8Array(payload))?.kind === FRAME.syncStatus).length;

/** A real update whose frame has exactly so many bytes. */
const frameOf = (size: number): Uint8Array => {
  const made = (letters: number): Uint8Array => {
    const doc = new Y.Doc();
    // An id of one length, so that a letter more is a byte more.
    doc.clientID = 2 ** 31 + letters;
    doc.getText("prose:long").insert(0, "x".repeat(letters));
    return sync(SYNC.update, Y.encodeStateAsUpdate(doc));
  };
  for (let letters = size - 64; ;) {
    const frame = made(letters);
    if (frame.length === size) return frame;
    letters += Math.sign(size - frame.length);
  }
};

/** Megabytes the server holds; not known where there is no /proc. */
const resident = (): number => {
  const path = `/proc/${server.pid}/status`;
  return existsSync(path) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, "utf8"))?.[1]) / 1024 : 0;
};

/** How long a word takes to the disk and to somebody else, while `act` goes on; the 95th percentile, and the memory at most. */
const meanwhile = async (act: () => Promise<void>): Promise<{ p95: number; grown: number }> => {
  const taken: number[] = [];
  const before = resident();
  let peak = before;
  let over = false;
  const acting = act().finally(() => (over = true));
  for (let count = 0; !over || count < 10; count += 1) {
    const word = `<${count}:${Math.random()}>`;
    const began = performance.now();
    writer.doc.getText("prose:texte").insert(0, word);
    await reader.when(() => reader.doc.getText("prose:texte").toJSON().startsWith(word));
    taken.push(performance.now() - began);
    peak = Math.max(peak, resident());
  }
  await acting;
  return { p95: taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0, grown: peak - before };
};

describe("M03 frames without measure", () => {
  test("the longest one is taken, one byte more closes with 1009", async () => {
    const raw = await enter();
    await raw.send(binary(frameOf(MAX_FRAME)));
    await raw.when(() => acknowledged(raw) === 2);
    expect(acknowledged(raw)).toBe(2);
    await raw.send(binary(frameOf(MAX_FRAME + 1)));
    expect(await raw.closed).toBe(1009);
    expect(acknowledged(raw)).toBe(2);
  });

  test("a hundred megabytes are refused by what they announce, before they come", async () => {
    for (const announced of [100 * MEBIBYTE, 2 ** 31, 2 ** 52]) {
      const raw = await enter();
      await raw.send(rawFrame({ opcode: OPCODE.binary, payload: new Uint8Array(8), announced }));
      expect({ announced, closed: await raw.closed }).toEqual({ announced, closed: 1009 });
    }
    // Beyond what a number can say, the protocol itself is broken.
    const raw = await enter();
    await raw.send(rawFrame({ opcode: OPCODE.binary, payload: new Uint8Array(8), announced: 2 ** 60 }));
    expect(await raw.closed).toBe(1009);
  });

  test("a real frame in pieces of one byte is taken; more pieces than any proxy makes are not", async () => {
    const raw = await enter();
    const doc = new Y.Doc();
    doc.getText("prose:texte").insert(0, "en morceaux");
    const bytes = sync(SYNC.update, Y.encodeStateAsUpdate(doc));
    for (const [at, byte] of bytes.entries()) {
      const opcode = at === 0 ? OPCODE.binary : OPCODE.continuation;
      await raw.send(rawFrame({ opcode, payload: Uint8Array.of(byte), last: at === bytes.length - 1 }));
    }
    await raw.when(() => acknowledged(raw) === 2);
    expect(acknowledged(raw)).toBe(2);
    await reader.when(() => reader.doc.getText("prose:texte").toJSON().includes("en morceaux"));
  });

  test("compressed, though nobody agreed to it, or in words: closed", async () => {
    const one = await enter();
    await one.send(rawFrame({ opcode: OPCODE.binary, payload: new Uint8Array(4), compressed: true }));
    expect(await one.closed).toBe(1002);
    const other = await enter();
    await other.send(rawFrame({ opcode: 1, payload: Buffer.from("bonjour") }));
    expect(await other.closed).toBe(1003);
  });
});

describe("M03 without an end, while others write", () => {
  const zeros = new Uint8Array(64 * 1024);
  const piece = (payload: Uint8Array): Buffer => rawFrame({ opcode: OPCODE.continuation, payload, last: false });
  const tenfold = (bytes: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => bytes));

  test.each<[string, number, Buffer]>([
    ["pieces of 64 kB", 1009, piece(zeros)],
    ["pieces of one byte", 1008, tenfold(piece(Uint8Array.of(0)), 1000)],
    ["empty pieces", 1008, tenfold(piece(new Uint8Array()), 1000)],
    ["questions of 125 bytes", 4429, tenfold(rawFrame({ opcode: OPCODE.ping, payload: zeros.subarray(0, 125) }), 1000)],
    [
      "answers nobody asked for",
      4429,
      tenfold(rawFrame({ opcode: OPCODE.pong, payload: zeros.subarray(0, 125) }), 1000),
    ],
  ])("%s: closed with %i, again and again; memory stays, and words arrive", async (what, code, bytes) => {
    const quiet = await meanwhile(() => Promise.resolve());
    let [sent, lines] = [0, 0];
    const codes = new Set<number>();
    const { p95, grown } = await meanwhile(async () => {
      while (sent < MEGABYTES * MEBIBYTE && lines < 40 * MEGABYTES) {
        const raw = await enter();
        lines += 1;
        if (code !== 4429) await raw.send(rawFrame({ opcode: OPCODE.binary, payload: Uint8Array.of(1), last: false }));
        while (await raw.send(bytes)) sent += bytes.length;
        codes.add(await raw.closed);
      }
    });
    process.stdout.write(
      `M03 ${what}: ${(sent / MEBIBYTE).toFixed()} MB over ${lines} lines; p95 ${quiet.p95.toFixed()} ms, meanwhile ` +
        `${p95.toFixed()} ms; memory +${grown.toFixed()} MB\n`,
    );
    // Where the line is cut before the farewell was read, it was lost on the way.
    expect([...codes].filter((each) => each !== code && each !== 1006)).toEqual([]);
    expect(grown).toBeLessThan(150);
    expect((await ask(server.url, "/readyz")).status).toBe(200);
    expect([...writer.closed, ...reader.closed]).toEqual([]);
  });
});
