/** S09 over the wire: one program with a writing link that sends whatever it likes, comes back when thrown out, and never tires. */
import { once } from "node:events";
import { WebSocket as Socket } from "ws";
import * as Y from "yjs";
import { FRAME, readFrame, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import { syncRest } from "../support/raw-client.ts";
import type { Started, TestServer } from "../support/server.ts";
import type { At } from "../support/forged.ts";
import { anyUpdate, damaged, honestFrames } from "./gate.ts";
import type { Random } from "./random.ts";

interface Deeds {
  connections: number;
  sent: number;
  /** How its connections ended, by close code. */
  closed: Record<number, number>;
}

const sync = (type: number, payload: Uint8Array): Uint8Array => syncRest(type, payload);

/** Some ids that are there, and the newest of each writer. */
const idsIn = (doc: Y.Doc, random: Random): At[] =>
  [...doc.store.clients].slice(-40).flatMap(([client, structs]) =>
    Array.from({ length: 2 }, (): At => {
      const { id, length } = random.pick(structs);
      return [client, id.clock + random.below(length)];
    }),
  );

/** What it sends in one go, mostly nearly right. */
const volley = (name: string, doc: Y.Doc, random: Random): Uint8Array[] => {
  const own: At = [1 + random.below(2 ** 31), 0];
  const update = (): Uint8Array =>
    writeFrame(name, FRAME.sync, sync(SYNC.update, anyUpdate(random, idsIn(doc, random), own)));
  const updates = (): Uint8Array[] => Array.from({ length: 1 + random.below(20) }, update);
  return random.pick<() => Uint8Array[]>([
    updates,
    updates,
    updates,
    () => {
      const honest = honestFrames(name, doc, random);
      return Array.from({ length: 1 + random.below(10) }, () => damaged(honest, random));
    },
    () => Array.from({ length: 5 }, (_, clock) => writeFrame(name, FRAME.presence, Uint8Array.of(3, 1, 5, clock))),
    () => [writeFrame(name, FRAME.sync, sync(SYNC.step1, Uint8Array.of(0)))],
    () => [writeFrame(name, FRAME.sync, sync(SYNC.step2, anyUpdate(random, idsIn(doc, random), own)))],
    () => [
      writeFrame(
        name,
        random.below(256),
        Uint8Array.from({ length: random.below(60) }, () => random.below(256)),
      ),
    ],
  ])();
};

/** Rages until `over`; what the server shows it is all it knows of the document. */
export const raid = async (
  server: TestServer,
  { id, links }: Started,
  random: Random,
  over: () => boolean,
): Promise<Deeds> => {
  const deeds: Deeds = { connections: 0, sent: 0, closed: {} };
  const doc = new Y.Doc();
  while (!over()) {
    const socket = new Socket(server.live);
    deeds.connections += 1;
    const gone = once(socket, "close").then(([code]: number[]) => {
      deeds.closed[code ?? 0] = (deeds.closed[code ?? 0] ?? 0) + 1;
    });
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer) => {
      const frame = readFrame(new Uint8Array(data));
      if (frame?.kind !== FRAME.sync || frame.rest[0] === SYNC.step1) return;
      try {
        Y.applyUpdate(doc, payloadIn(frame.rest));
      } catch {
        // Its own copy may be nonsense by now; that is its affair.
      }
    });
    const opened = await Promise.race([once(socket, "open").then(() => true), gone.then(() => false)]);
    if (!opened) continue;
    socket.send(writeToken(id, links.write));
    socket.send(writeFrame(id, FRAME.sync, sync(SYNC.step1, Y.encodeStateVector(doc))));
    socket.send(writeFrame(id, FRAME.sync, sync(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc()))));
    let open = true;
    void gone.then(() => (open = false));
    for (let volleys = 0; open && volleys < 200 && !over(); volleys += 1) {
      for (const bytes of volley(id, doc, random)) {
        if (socket.readyState !== 1) break;
        socket.send(bytes);
        deeds.sent += 1;
      }
      await Promise.race([new Promise((next) => setTimeout(next, 5)), gone]);
    }
    socket.close();
    const late = setTimeout(() => socket.terminate(), 2000);
    await gone;
    clearTimeout(late);
  }
  return deeds;
};

/** The update inside a sync frame. */
const payloadIn = (rest: Uint8Array): Uint8Array => {
  let [at, more] = [1, true];
  for (; more; at += 1) more = (rest[at] ?? 0) >= 0x80;
  return rest.subarray(at);
};
