/** L04 L06 L07 L08: floods from one client over a real socket, and what the others in the room notice of them. */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket as Socket } from "ws";
import * as Y from "yjs";
import { FRAME, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import { ask } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { syncRest } from "../support/raw-client.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

/** Long runs take their length from outside. */
const SECONDS = Number(process.env["SECONDS"] ?? 3);
const ATTEMPTS = Number(process.env["ATTEMPTS"] ?? 1000);
const MEBIBYTE = 1024 * 1024;

let server: TestServer;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  server = await new TestServer().start();
});
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});
afterAll(async () => {
  await server.remove();
});

const live = async ({ id, links }: Started): Promise<LiveClient> => {
  const client = new LiveClient({ url: server.live }, id, links.write);
  open.push(client);
  await client.saved();
  return client;
};

/** A socket that has entered; what it hears is only counted. */
const enter = async ({ id, links }: Started) => {
  const socket = new Socket(server.live);
  const told = { bytes: 0, closed: 0 };
  socket.on("message", (data: Buffer) => (told.bytes += data.length));
  socket.on("close", (code) => (told.closed = code));
  socket.on("error", () => socket.terminate());
  open.push({ destroy: () => socket.terminate() });
  await once(socket, "open");
  socket.send(writeToken(id, links.write));
  await once(socket, "message");
  socket.send(writeFrame(id, FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc()))));
  return { socket, told };
};

/** How long a letter takes from one client to the disk and to the other, again and again; its 95th percentile in ms. */
const latency = async (from: LiveClient, to: LiveClient, seconds: number): Promise<number> => {
  const taken: number[] = [];
  const end = Date.now() + seconds * 1000;
  for (let count = 0; Date.now() < end || count < 20; count += 1) {
    const token = `<${count}:${Math.random()}>`;
    const began = performance.now();
    from.doc.getText("prose:probe").insert(0, token);
    await to.when(() => to.doc.getText("prose:probe").toJSON().startsWith(token));
    await from.saved();
    taken.push(performance.now() - began);
    await new Promise((next) => setTimeout(next, 20));
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0;
};

/** Megabytes the server holds; not known where there is no /proc. */
const resident = (): number => {
  const path = `/proc/${server.pid}/status`;
  return existsSync(path) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, "utf8"))?.[1]) / 1024 : Number.NaN;
};

test("L06 five thousand edits a second from one: slowed down, and the others go on", async () => {
  const [flooded, elsewhere] = [await startWorkshop(server.url), await startWorkshop(server.url)];
  const [one, two, three, four] = [
    await live(flooded),
    await live(flooded),
    await live(elsewhere),
    await live(elsewhere),
  ];
  const quiet = await latency(one, two, 1);
  const { socket, told } = await enter(flooded);
  const doc = new Y.Doc();
  let sent = 0;
  const flood = setInterval(() => {
    for (let count = 0; count < 50 && socket.readyState === 1; count += 1) {
      const before = Y.encodeStateVector(doc);
      doc.getText("prose:flood").insert(0, "x");
      const update = syncRest(SYNC.update, Y.encodeStateAsUpdate(doc, before));
      socket.send(writeFrame(flooded.id, FRAME.sync, update));
      sent += 1;
    }
  }, 10);
  const [same, other] = await Promise.all([latency(one, two, SECONDS), latency(three, four, SECONDS)]);
  clearInterval(flood);
  const applied = two.doc.getText("prose:flood").length;
  process.stdout.write(
    `L06 p95 quiet ${quiet.toFixed()} ms, same workshop ${same.toFixed()} ms, another ${other.toFixed()} ms; ` +
      `${sent} sent, ${applied} applied, closed ${told.closed}\n`,
  );
  // What is beyond the budget waits with the flooder, not with us.
  expect(applied).toBeLessThanOrEqual(3_000 + 500 * (SECONDS + 10));
  expect((await ask(server.url, "/readyz")).status).toBe(200);
});

test("L07 a thousand questions for a large workshop are not a thousand answers", async () => {
  const workshop = await startWorkshop(server.url);
  const writer = await live(workshop);
  for (let part = 0; part < 3; part += 1) writer.write("x".repeat(400_000), "texte");
  await writer.saved();
  const size = Y.encodeStateAsUpdate(writer.doc).length;
  expect(size).toBeGreaterThan(MEBIBYTE);
  const { socket, told } = await enter(workshop);
  const step = writeFrame(workshop.id, FRAME.sync, syncRest(SYNC.step1, new Uint8Array([0])));
  for (let count = 0; count < 1000; count += 1) socket.send(step);
  // Somebody else's word reaches us only after what was answered before it: by then the burst is over.
  writer.write("après", "texte");
  await writer.saved();
  const other = await live(workshop);
  await other.when(() => other.doc.getText("prose:texte").toJSON().includes("après"));
  process.stdout.write(
    `L07 ${size} bytes, asked 1000 times: ${told.bytes} bytes out (${(told.bytes / size).toFixed(1)} ×)\n`,
  );
  expect(told.bytes).toBeLessThan(size * 8);
});

test("L08 clients that never read are cut, and cost no more than they may keep waiting", async () => {
  const workshop = await startWorkshop(server.url);
  const writer = await live(workshop);
  const deaf = await Promise.all(Array.from({ length: 10 }, () => enter(workshop)));
  for (const { socket } of deaf) socket.pause();
  const before = resident();
  let peak = before;
  const text = writer.doc.getText("prose:texte");
  // Written and taken back, so that the text stays small while much of it travels.
  for (let round = 0; round < 40; round += 1) {
    text.insert(0, String(round % 10).repeat(300_000));
    await writer.saved();
    text.delete(0, text.length);
    await writer.saved();
    peak = Math.max(peak, resident());
  }
  const { body } = await ask(server.url, "/metrics");
  const clients = Number(/^minutier_clients (\d+)/m.exec(body)?.[1]);
  process.stdout.write(
    `L08 10 deaf clients, 12 MB each: ${clients - 1} left, resident ${before.toFixed()} MB, at most ${peak.toFixed()} MB\n`,
  );
  expect(clients).toBe(1);
});

describe("L04 connections that lead to nothing", () => {
  test("do not keep those out who have a link, and leave no socket behind", async () => {
    const workshop = await startWorkshop(server.url);
    const [one, two] = [await live(workshop), await live(workshop)];
    const quiet = await latency(one, two, 1);
    const sockets: Socket[] = [];
    const flooding = (async () => {
      for (let count = 0; count < ATTEMPTS; count += 1) {
        const socket = new Socket(server.live);
        socket.on("error", () => undefined);
        sockets.push(socket);
        // Half of them show something, and it is wrong; a tenth opens the workshop and leaves at once.
        if (count % 2 === 0) socket.on("open", () => socket.send(writeToken(workshop.id, `guess-${count}`)));
        else if (count % 10 === 1) socket.on("open", () => socket.send(writeToken(workshop.id, workshop.links.read)));
        if (count % 10 === 1) socket.on("message", () => socket.close());
        if (count % 20 === 0) await new Promise((next) => setTimeout(next, 10));
      }
    })();
    const [under] = await Promise.all([latency(one, two, 2), flooding]);
    const late = await live(workshop);
    expect(late.provider.isSynced).toBe(true);
    for (const socket of sockets) socket.terminate();
    process.stdout.write(
      `L04 ${ATTEMPTS} attempts: p95 quiet ${quiet.toFixed()} ms, meanwhile ${under.toFixed()} ms\n`,
    );
    await expect.poll(async () => /^minutier_clients 3$/m.test((await ask(server.url, "/metrics")).body)).toBe(true);
  });
});
