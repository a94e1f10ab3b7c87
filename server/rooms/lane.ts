/** A wire without a WebSocket, for networks that block them: frames leave in a stream of events and arrive in POSTs. */
import { randomBytes } from "node:crypto";
import { createDecoder, hasContent, readVarUint8Array } from "lib0/decoding";
import { Refusal } from "../../document/refusal.ts";
import type { Carrier, Peer } from "./wire.ts";

/** The answer to the request that opened the lane, kept open for as long as the lane lives. */
export interface Outlet {
  write(text: string): void;
  /** Ends the answer once what was written has left, and in any case soon. */
  end(): void;
  /** Somebody has come in through it. */
  entered(): void;
  /** Bytes accepted but not yet handed to the network. */
  readonly waiting: number;
}

const OPEN = 1;
const CLOSED = 3;
const LOST = 1006;
const SILENT = 4408;
/** 192 bits: whoever knows it speaks for the session, as whoever holds the socket would. */
const ID_BYTES = 24;
/** Proxies cut a silent answer after half a minute or more. */
const HEARTBEAT_MS = 15_000;
const SILENCE_MS = 1500;

/** The frames of a body: each with its length before it, as lib0 writes a byte array. Throws where one is cut short. */
const framesIn = (body: Uint8Array): Uint8Array[] => {
  const decoder = createDecoder(body);
  const frames: Uint8Array[] = [];
  while (hasContent(decoder)) frames.push(readVarUint8Array(decoder));
  return frames;
};

class Lane implements Carrier {
  readonly id = randomBytes(ID_BYTES).toString("base64url");
  readyState = OPEN;
  readonly #outlet: Outlet;
  readonly #onClose: () => void;
  readonly #peer: Peer;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #listening = new Set<() => void>();
  #turn = 0;
  /** While set, whoever brought something is not answered yet, and therefore brings no more. */
  #pause: { over: Promise<void>; end: () => void } | undefined;

  constructor(outlet: Outlet, connect: (carrier: Carrier) => Peer, onClose: () => void) {
    this.#outlet = outlet;
    this.#onClose = onClose;
    this.#heartbeat = setInterval(() => outlet.write(":\n\n"), HEARTBEAT_MS).unref();
    outlet.write(`event: open\ndata: ${this.id}\n\n`);
    this.#peer = connect(this);
  }

  get bufferedAmount(): number {
    return this.#outlet.waiting;
  }

  send(frame: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = frame;
    this.#outlet.write(`data: ${Buffer.from(buffer, byteOffset, byteLength).toString("base64")}\n\n`);
  }

  close(code: number, reason: string): void {
    if (!this.#end()) return;
    this.#outlet.write(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`);
    this.#outlet.end();
  }

  entered(): void {
    this.#outlet.entered();
  }

  /** Asks for a POST, and takes silence for an answer. */
  answers(): Promise<boolean> {
    this.#outlet.write("event: ask\ndata:\n\n");
    return new Promise((resolve) => {
      const heard = (): void => {
        clearTimeout(silent);
        this.#listening.delete(heard);
        resolve(true);
      };
      const silent = setTimeout(() => {
        this.#listening.delete(heard);
        resolve(false);
      }, SILENCE_MS);
      this.#listening.add(heard);
    });
  }

  pause(): void {
    if (this.#pause || this.readyState === CLOSED) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#pause = { over: promise, end: resolve };
  }

  resume(): void {
    this.#pause?.end();
    this.#pause = undefined;
  }

  /** Resolves when more may be brought. */
  async ready(): Promise<void> {
    await this.#pause?.over;
  }

  /**
   * Takes in one body. Turns count from 1 without a gap: a repeated one is refused, a missing one ends the lane, for
   * what it held is lost. Throws Refusal; then nothing of the body went in.
   */
  take(turn: number, body: Uint8Array): void {
    if (turn <= this.#turn) throw new Refusal("malformed-request", "this turn has been taken");
    if (turn !== this.#turn + 1) {
      this.give(SILENT, "a turn is missing");
      throw new Refusal("malformed-request", "a turn is missing");
    }
    let frames: Uint8Array[];
    try {
      frames = framesIn(body);
    } catch {
      const refusal = new Refusal("malformed-request", "frames, each with its length before it");
      this.give(refusal.closeCode, refusal.code);
      throw refusal;
    }
    this.#turn = turn;
    for (const heard of this.#listening) heard();
    for (const frame of frames) this.#peer.receive(frame);
  }

  /** Ends the lane from here, with a farewell. */
  give(code: number, reason: string): void {
    this.close(code, reason);
    this.#peer.closed(code);
  }

  /** The other end has gone without a word. */
  lost(): void {
    if (this.#end()) this.#peer.closed(LOST);
  }

  #end(): boolean {
    if (this.readyState === CLOSED) return false;
    this.readyState = CLOSED;
    clearInterval(this.#heartbeat);
    this.resume();
    this.#onClose();
    return true;
  }
}

export type { Lane };

/** The lanes that are open, by the id only their own client was told. */
export class Lanes {
  readonly #byId = new Map<string, Lane>();
  readonly #connect: (carrier: Carrier) => Peer;

  /** `connect`: the door of the rooms, the same as for a WebSocket. */
  constructor(connect: (carrier: Carrier) => Peer) {
    this.#connect = connect;
  }

  open(outlet: Outlet): Lane {
    const lane: Lane = new Lane(outlet, this.#connect, () => this.#byId.delete(lane.id));
    this.#byId.set(lane.id, lane);
    return lane;
  }

  /** Throws Refusal `unknown-address` where no open lane has this id. */
  find(id: string | undefined): Lane {
    const lane = this.#byId.get(id ?? "");
    if (!lane) throw new Refusal("unknown-address", "no lane is open under this id");
    return lane;
  }
}
