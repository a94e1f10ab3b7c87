/** The least that can be done: forwards what arrives within 30 ms as one frame, keeps all in memory, saves nothing. */
import { createServer } from "node:http";
import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { WebSocketServer } from "ws";
import * as Y from "yjs";

const rooms = new Map();

const frame = (kind, step, bytes) => {
  const encoder = createEncoder();
  writeVarUint(encoder, kind);
  if (step !== undefined) writeVarUint(encoder, step);
  writeVarUint8Array(encoder, bytes);
  return toUint8Array(encoder);
};

const open = (name) => {
  const room = { sockets: new Set(), updates: [], states: new Map(), doc: new Y.Doc() };
  setInterval(() => {
    const frames = [...room.states.values()];
    if (room.updates.length > 0) frames.push(frame(0, 2, Y.mergeUpdates(room.updates)));
    room.updates = [];
    room.states.clear();
    for (const each of frames) for (const socket of room.sockets) socket.send(each);
  }, 30);
  rooms.set(name, room);
  return room;
};

const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket, { url }) => {
  const room = rooms.get(url) ?? open(url);
  room.sockets.add(socket);
  socket.on("close", () => room.sockets.delete(socket));
  socket.on("message", (data) => {
    const decoder = createDecoder(new Uint8Array(data));
    if (readVarUint(decoder) === 1) return room.states.set(socket, new Uint8Array(data));
    const step = readVarUint(decoder);
    if (step === 0) return socket.send(frame(0, 1, Y.encodeStateAsUpdate(room.doc)));
    const update = readVarUint8Array(decoder);
    Y.applyUpdate(room.doc, update);
    room.updates.push(update);
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("ready\n"));
