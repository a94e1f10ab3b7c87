/** Lets y-websocket clients in: their frames carry no name, no token and no acknowledgement; everything else is the same. */
import { createDecoder, readVarUint } from "lib0/decoding";
import { FRAME, readDenial, readFrame, writeFrame, writeToken } from "./frames.ts";
import type { Carrier, Peer } from "./wire.ts";

/** What both protocols number alike; anything else a y-websocket client sends is not for us. */
const SHARED: ReadonlySet<number> = new Set([FRAME.sync, FRAME.presence, FRAME.queryPresence]);

/** Everything from 4400 to 4499 is final to a y-websocket client; these only mean: enter again, later or anew. */
const COME_BACK: ReadonlySet<number> = new Set([4401, 4408, 4429]);
const RESTART = 1012;

const MALFORMED = 4400;
const FORBIDDEN = 4403;

/** A y-websocket frame for the given frame of a room; undefined where that protocol has no word for it. */
const outgoing = (kind: number, rest: Uint8Array): Uint8Array | undefined => {
  // The same message; the other number only asks a Hocuspocus client not to answer with its own first step.
  const same = kind === FRAME.syncReply ? FRAME.sync : kind;
  if (!SHARED.has(same)) return undefined;
  const frame = new Uint8Array(rest.length + 1);
  frame[0] = same;
  frame.set(rest, 1);
  return frame;
};

/**
 * Joins a y-websocket client to a room through the same door as everybody (`connect`).
 * The link of the address is shown first, before anything the client sends; a denied client is closed with 4403.
 */
export const bridge = (carrier: Carrier, name: string, link: string, connect: (carrier: Carrier) => Peer): Peer => {
  const peer = connect({
    get readyState() {
      return carrier.readyState;
    },
    get bufferedAmount() {
      return carrier.bufferedAmount ?? 0;
    },
    send(bytes) {
      const frame = readFrame(bytes);
      if (!frame) return;
      if (frame.kind === FRAME.auth) {
        const reason = readDenial(frame.rest);
        // There is no frame to say it with, and a client left waiting would wait for ever.
        if (reason !== undefined) carrier.close(FORBIDDEN, reason);
        return;
      }
      const translated = outgoing(frame.kind, frame.rest);
      if (translated) carrier.send(translated);
    },
    gather: () => carrier.gather?.(),
    release: () => carrier.release?.(),
    close: (code, reason) => carrier.close(COME_BACK.has(code) ? RESTART : code, reason),
    entered: () => carrier.entered?.(),
    pause: () => carrier.pause?.(),
    resume: () => carrier.resume?.(),
    answers: async () => (await carrier.answers?.()) ?? true,
  });

  peer.receive(writeToken(name, link));
  return {
    receive(bytes) {
      if (bytes.length === 0) return carrier.close(MALFORMED, "malformed");
      const decoder = createDecoder(bytes);
      const kind = bytes[0]! < 0x80 ? readVarUint(decoder) : -1;
      if (SHARED.has(kind)) peer.receive(writeFrame(name, kind, bytes.subarray(decoder.pos)));
    },
    closed: (code) => peer.closed(code),
  };
};
