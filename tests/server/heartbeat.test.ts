/** T20 L05: lines behind which nobody answers any more are cut, whatever trickles in; the others stay. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Heartbeat } from "../../server/routes/heartbeat.ts";
import { OPCODE, rawFrame, RawWebSocket } from "../support/raw-websocket.ts";

const EVERY_MS = 250;

let sockets: WebSocketServer;
let heartbeat: Heartbeat;
let address: string;

beforeEach(async () => {
  sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(sockets, "listening");
  address = `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`;
  heartbeat = new Heartbeat(sockets.clients, EVERY_MS);
  sockets.on("connection", (socket) => {
    socket.on("error", () => undefined);
    heartbeat.listen(socket);
  });
});
afterEach(async () => {
  heartbeat.stop();
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  await once(sockets, "close");
});

/** The ends of the server's sockets, as they come. */
const cut = async (): Promise<number> => {
  const [socket] = [...sockets.clients];
  const [code] = (await once(socket!, "close")) as [number];
  return code;
};

test("T20 L05 a line on which nothing is heard any more is cut", async () => {
  const client = new WebSocket(address.replace("http", "ws"), { autoPong: false });
  await once(client, "open");
  expect(await cut()).toBe(1006);
  client.terminate();
});

test("T20 L05 a frame that comes byte by byte is no answer", async () => {
  const client = await RawWebSocket.open(address);
  const whole = rawFrame({ opcode: OPCODE.binary, payload: new Uint8Array(100_000) });
  client.socket.write(whole.subarray(0, 10));
  let at = 10;
  const trickle = setInterval(() => client.socket.write(whole.subarray(at, (at += 1))), 20);
  expect(await cut()).toBe(1006);
  clearInterval(trickle);
  expect(at).toBeGreaterThan(10);
});

test("T20 whoever answers stays, also one that is not heard for a while because it said too much", async () => {
  const clients = [new WebSocket(address.replace("http", "ws")), new WebSocket(address.replace("http", "ws"))];
  await Promise.all(clients.map((client) => once(client, "open")));
  const [paused] = [...sockets.clients];
  paused!.pause();
  // Ten questions, counted where they arrive.
  let asked = 0;
  const [other] = clients;
  await new Promise<void>((resolve) => {
    for (const client of clients) client.on("ping", () => ((asked += 1), asked === 10 && resolve()));
  });
  paused!.resume();
  expect(sockets.clients.size).toBe(2);
  expect(other!.readyState).toBe(WebSocket.OPEN);
  for (const client of clients) client.terminate();
});
