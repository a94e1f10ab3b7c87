/** The two WebSocket addresses: /live for Hocuspocus clients and /yjs/<id> for y-websocket clients, same room, same door. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { WebSocketServer, type WebSocket } from "ws";
import type { Config } from "../config.ts";
import { Refusal } from "../../document/refusal.ts";
import { bridge } from "../rooms/bridge.ts";
import { Purse } from "../access/purse.ts";
import type { Rooms } from "../rooms/rooms.ts";
import { MAX_FRAME, type Carrier, type Peer } from "../rooms/wire.ts";
import { answerBare, bareBytes, cutBare } from "./bare.ts";
import { secretIn } from "./credential.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { Knocks } from "./knocks.ts";
import { allowedOrigin } from "./origin.ts";
import { Turnstile } from "./turnstile.ts";

const OPEN = 1;
const UNSUPPORTED_DATA = 1003;
const NO_STATUS = 1005;
const SILENCE_MS = 1500;
/** Whoever does not answer our goodbye, asleep or not reading, is cut: what still waits for them must not stay with us. */
const CLOSING_MS = 1000;

/** Each piece of a frame costs more memory than it brings; a proxy cuts the longest frame into a thousand at most. */
const MOST_PIECES = 4096;
/** Proxies that ask whether we are there do so every few seconds, browsers never. */
const QUESTIONS = { burst: 40, perSecond: 5 };
/** Said to whoever knocks too often; programs that listen come back after so many seconds. */
const TOO_MANY = bareBytes(429, "Retry-After: 5\r\n");

/** The client a path asks for; undefined where there is nothing at this address. */
const clientFor = (request: IncomingMessage, rooms: Rooms): ((carrier: Carrier) => Peer) | undefined => {
  const url = URL.parse(request.url ?? "", "http://room/");
  if (url?.pathname === "/live") return (carrier) => rooms.connect(carrier);
  const id = /^\/yjs\/([\w-]{1,64})$/.exec(url?.pathname ?? "")?.[1];
  const link = secretIn(url?.searchParams.get("link") ?? "");
  return id ? (carrier) => bridge(carrier, id, link, (inner) => rooms.connect(inner)) : undefined;
};

/** Asks the other end, and takes silence for an answer. */
const answers = (socket: WebSocket): Promise<boolean> =>
  new Promise((resolve) => {
    const silent = setTimeout(() => resolve(false), SILENCE_MS);
    socket.once("pong", () => {
      clearTimeout(silent);
      resolve(true);
    });
    socket.ping();
  });

/** What was framed before, by what is in it: a tick is the same bytes for a whole plenary. Short ones are sooner made than found. */
const framed = new WeakMap<Uint8Array, Buffer>();
const HEADER = 2;
const FINAL_BINARY = 0x82;
/** Longer payloads have their length behind the header, in two bytes or in eight. */
const SHORT = 125;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** One whole WebSocket frame as a server sends it, made once for everybody who gets these bytes. */
const onTheWire = (payload: Uint8Array): Buffer => {
  const { length } = payload;
  const known = length > SHORT ? framed.get(payload) : undefined;
  if (known) return known;
  const lengthBytes = length <= SHORT ? 0 : length < 0x1_00_00 ? 2 : 8;
  const frame = Buffer.allocUnsafe(HEADER + lengthBytes + length);
  frame[0] = FINAL_BINARY;
  frame[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? TWO_BYTES : EIGHT_BYTES;
  if (lengthBytes === 2) frame.writeUInt16BE(length, HEADER);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), HEADER);
  frame.set(payload, HEADER + lengthBytes);
  if (length > SHORT) framed.set(payload, frame);
  return frame;
};

/** `stream`: what carries the socket; `entered` hears once somebody has come in through it. */
const carry = (
  socket: WebSocket,
  { stream, client, entered }: { stream: Duplex; client: (carrier: Carrier) => Peer; entered: () => void },
): void => {
  const peer = client({
    get readyState() {
      return socket.readyState;
    },
    get bufferedAmount() {
      return stream.writableLength;
    },
    // Past `ws`, which would make a header for each: nothing is compressed here, so frames are independent of each other.
    send: (frame) => stream.write(onTheWire(frame)),
    gather: () => stream.cork(),
    release: () => stream.uncork(),
    close: (code, reason) => socket.close(code === NO_STATUS ? undefined : code, reason),
    entered,
    answers: () => answers(socket),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  });
  socket.on("message", (data, isBinary) => {
    if (!isBinary || !(data instanceof Buffer)) {
      socket.close(UNSUPPORTED_DATA);
      return;
    }
    peer.receive(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  });
  const questions = new Purse(QUESTIONS, performance.now());
  const asked = (): void => {
    if (questions.wait(1, performance.now()) === 0) questions.pay(1);
    else if (socket.readyState === OPEN) {
      const { closeCode, code } = new Refusal("too-many-tries");
      socket.close(closeCode, code);
      // Not even to hear the goodbye: what comes before it would have to be read.
      socket.pause();
    }
  };
  socket.on("ping", asked);
  socket.on("pong", asked);
  socket.on("close", (code) => peer.closed(code));
};

/** Opens both addresses on a server. Returns what closes them: sockets still open after `patience` ms are cut. */
export const openSockets = (
  server: Server,
  { rooms, config, logger, knocks }: { rooms: Rooms; config: Config; logger: Logger; knocks: Knocks },
): { close: (patience: number) => Promise<void> } => {
  const options = {
    noServer: true,
    maxPayload: MAX_FRAME,
    maxFragments: MOST_PIECES,
    perMessageDeflate: false,
    closeTimeout: CLOSING_MS,
  };
  const sockets = new WebSocketServer(options);
  const [turnstile, outside] = [new Turnstile(), new Turnstile()];
  const heartbeat = new Heartbeat(sockets.clients);
  // What `ws` would say by itself lacks the policy.
  sockets.on("wsClientError", (_error, socket) => answerBare(socket, 400));
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const client = clientFor(request, rooms);
    if (!client) return answerBare(socket, 404);
    if (!allowedOrigin(request, config.publicUrl)) return answerBare(socket, 403);
    const entered = knocks.knock(request);
    // One in each turn as well, in a row of their own: those inside are heard between two of them.
    if (!entered) return outside.pass(() => cutBare(socket, TOO_MANY));
    // Two hundred who come in one breath would keep everybody inside waiting for as long as all of them take.
    turnstile.pass(() => {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        // An oversized or broken frame: `ws` closes with the right code by itself.
        opened.on("error", (error) => logger.debug({ reason: error.message }, "a socket failed"));
        heartbeat.listen(opened);
        carry(opened, { stream: socket, client, entered });
      });
    });
  });
  return {
    close: async (patience) => {
      heartbeat.stop();
      const open = [...sockets.clients];
      const cut = setTimeout(() => open.forEach((each) => each.terminate()), patience);
      await Promise.all(
        open.map(
          (each) => new Promise<void>((done) => (each.readyState === 3 ? done() : each.once("close", () => done()))),
        ),
      );
      clearTimeout(cut);
    },
  };
};
