/** A thread that floods a room as fast as its line takes it, so that whoever measures does not pay for the flood. */
import { parentPort, workerData } from "node:worker_threads";
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { FRAME, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";

export interface Flood {
  url: string;
  workshop: string;
  secret: string;
}

export interface Flooded {
  edits: number;
  presences: number;
  bytes: number;
  /** The code it was sent away with. */
  closed: number;
}

const EVERY_MS = 10;
const EDITS = 50;
const PRESENCES = 10;
/** With the edits, a megabyte a second. */
const PIECE = "y".repeat(8_000);
/** Not more than its own memory takes. */
const MOST_WAITING = 4 * 1024 * 1024;

const { url, workshop, secret } = workerData as Flood;
const flooded: Flooded = { edits: 0, presences: 0, bytes: 0, closed: 0 };
const doc = new Y.Doc();

const syncFrame = (type: number, payload: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, type);
  writeVarUint8Array(encoder, payload);
  return writeFrame(workshop, FRAME.sync, toUint8Array(encoder));
};

const presenceFrame = (clock: number): Uint8Array => {
  const inside = createEncoder();
  writeVarUint(inside, 1);
  writeVarUint(inside, doc.clientID);
  writeVarUint(inside, clock);
  writeVarString(inside, JSON.stringify({ section: "notes" }));
  const outside = createEncoder();
  writeVarUint8Array(outside, toUint8Array(inside));
  return writeFrame(workshop, FRAME.presence, toUint8Array(outside));
};

const socket = new WebSocket(url);
const send = (frame: Uint8Array): void => {
  flooded.bytes += frame.length;
  socket.send(frame);
};
const edit = (words: string): Uint8Array => {
  const before = Y.encodeStateVector(doc);
  const text = doc.getText("prose:flood");
  text.insert(text.length, words);
  // Written and taken back, so that the document does not become large.
  if (words.length > 1) text.delete(text.length - words.length, words.length);
  return syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc, before));
};
const round = (): void => {
  if (socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > MOST_WAITING) return;
  for (let i = 0; i < EDITS; i += 1) send(edit("x"));
  for (let i = 0; i < PRESENCES; i += 1) send(presenceFrame((flooded.presences += 1)));
  send(edit(PIECE));
  flooded.edits += EDITS + 1;
};

socket.on("error", () => undefined);
socket.once("open", () => {
  socket.send(writeToken(workshop, secret));
  socket.send(syncFrame(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  const flooding = setInterval(round, EVERY_MS);
  socket.once("close", (code) => {
    flooded.closed = code;
    clearInterval(flooding);
  });
});
parentPort?.on("message", () => {
  socket.terminate();
  parentPort?.postMessage(flooded);
  parentPort?.close();
});
