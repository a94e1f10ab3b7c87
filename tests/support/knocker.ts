/** A thread that knocks at the door again and again and never really comes in, so that whoever measures does not pay for it. */
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { writeToken } from "../../server/rooms/frames.ts";
import { OPCODE, rawFrame } from "./raw-websocket.ts";

export interface Knocking {
  host: string;
  port: number;
  workshop: string;
  /** Lets one in: a tenth of those who knock opens the workshop with it, and leaves at once. */
  secret: string;
  attempts: number;
  seconds: number;
}

export interface Knocked {
  attempts: number;
  /** Those whose upgrade was granted, and those told to come again later. */
  opened: number;
  refused: number;
  /** What this thread took of a processor, in seconds. */
  processor: number;
  seconds: number;
}

const EVERY_MS = 5;
const AT_ONCE = 20;
const { host, port, workshop, secret, attempts, seconds } = workerData as Knocking;
const knocked: Knocked = { attempts: 0, opened: 0, refused: 0, processor: 0, seconds: 0 };
const sockets = new Set<Socket>();

const upgrade =
  `GET /live HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`;
const show = (token: string): Buffer => rawFrame({ opcode: OPCODE.binary, payload: writeToken(workshop, token) });
const known = show(secret);

/** Half of them say nothing at all; of the others most show something wrong. */
const knock = (count: number): void => {
  const says = count % 2 === 1 ? undefined : count % 10 === 0 ? known : show(`guess-${count}`);
  const socket = connect(port, host);
  sockets.add(socket);
  let opened = false;
  socket.on("error", () => socket.destroy());
  socket.on("connect", () => socket.write(upgrade));
  socket.on("data", (chunk: Buffer) => {
    if (says === known && opened) socket.destroy();
    if (opened) return;
    if (chunk.subarray(9, 12).toString() === "101") {
      opened = true;
      knocked.opened += 1;
      if (says) socket.write(says);
    } else {
      knocked.refused += 1;
      socket.destroy();
    }
  });
  socket.on("close", () => sockets.delete(socket));
};

const began = performance.now();
const before = process.threadCpuUsage();
let over = false;
const end = (): void => {
  if (over) return;
  over = true;
  clearInterval(rounds);
  const { user, system } = process.threadCpuUsage(before);
  knocked.processor = (user + system) / 1e6;
  knocked.seconds = (performance.now() - began) / 1000;
};
const rounds = setInterval(() => {
  const due = Math.min(attempts, Math.round(((performance.now() - began) / 1000 / seconds) * attempts));
  // What this machine had no time for is not made up for in one heap.
  for (let most = AT_ONCE; knocked.attempts < due && most > 0; most -= 1) knock((knocked.attempts += 1));
  if (knocked.attempts >= attempts) end();
}, EVERY_MS);

parentPort?.on("message", () => {
  end();
  parentPort?.postMessage(knocked);
  for (const each of sockets) each.destroy();
  parentPort?.close();
});
