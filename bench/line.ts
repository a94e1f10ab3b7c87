/** One simulated person: types letters whose bytes are made by hand, and counts what comes back. */
import { createDecoder, hasContent, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import {
  createEncoder,
  toUint8Array,
  writeUint8,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from "lib0/encoding";
import { WebSocket } from "ws";
import { writeStanding } from "../document/tick.ts";
import { FRAME, SYNC, writeFrame, writeToken } from "../server/rooms/frames.ts";
import type { Protocol } from "./contender.ts";

const EMPTY = Uint8Array.of(0, 0);
const FIRST_STEP = Uint8Array.of(0);

const bytes = (write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array => {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
};

/** The update of one letter behind the one before it, or the first of its writer in `root`. */
const letter = (client: number, clock: number, root: string): Uint8Array =>
  bytes((encoder) => {
    for (const each of [1, 1, client, clock]) writeVarUint(encoder, each);
    writeUint8(encoder, clock > 0 ? 0x84 : 0x04);
    if (clock > 0) {
      writeVarUint(encoder, client);
      writeVarUint(encoder, clock - 1);
    } else {
      writeVarUint(encoder, 1);
      writeVarString(encoder, root);
    }
    writeVarString(encoder, "a");
    writeVarUint(encoder, 0);
  });

/** A position behind that letter, as Yjs encodes it. */
const position = (client: number, clock: number): Uint8Array =>
  bytes((encoder) => {
    for (const each of [0, client, clock, 0]) writeVarUint(encoder, each);
  });

export interface Room {
  address: string;
  protocol: Protocol;
  name: string;
}

export class Line {
  readonly client: number;
  readonly section: string;
  /** Everything received, in bytes and in frames. */
  received = 0;
  frames = 0;
  acknowledged = 0;
  /** Letters typed; the next one's clock. */
  typed = 0;
  sent = 0;
  /** Bytes of the updates in what was sent. */
  written = 0;
  /** The largest update received: whether the document is here. */
  largest = 0;
  /** The latest update or second step. */
  last: Uint8Array | undefined;
  closed = false;
  onUpdate: ((update: Uint8Array) => void) | undefined;
  readonly ready: Promise<void>;
  readonly #room: Room;
  readonly #socket: WebSocket;
  readonly #entered = Promise.withResolvers<void>();
  #clock = 0;

  constructor(room: Room, client: number, section: string) {
    this.#room = room;
    this.client = client;
    this.section = section;
    this.ready = this.#entered.promise;
    this.#socket = new WebSocket(room.address, { perMessageDeflate: false });
    this.#socket.on("open", () => this.#open());
    this.#socket.on("message", (data: Buffer) => this.#hear(data));
    this.#socket.on("error", (error) => this.#entered.reject(error));
    this.#socket.on("close", (code) => {
      this.closed = true;
      this.#entered.reject(new Error(`closed with ${code}`));
    });
    // Whoever does not wait for it looks at `closed`.
    this.ready.catch(() => undefined);
  }

  get waiting(): number {
    return this.#socket.bufferedAmount;
  }

  type(carets: boolean): void {
    const update = letter(this.client, this.typed, `prose:${this.section}`);
    this.typed += 1;
    const at = position(this.client, this.typed - 1);
    if (carets && this.#room.protocol === "packed") return this.#write(update, at);
    this.update(update);
    if (carets) this.#showCaret(at);
  }

  update(update: Uint8Array): void {
    this.written += update.length;
    this.#sync(SYNC.update, update);
  }

  /** As our own clients send it: words, and behind them where the caret stands. */
  #write(update: Uint8Array, anchor: Uint8Array): void {
    this.written += update.length;
    const place = `prose:${this.section}`;
    const clock = (this.#clock += 1);
    const standing = { client: this.client, clock, section: this.section, place, anchor, head: new Uint8Array() };
    const rest = bytes((encoder) => {
      writeVarUint(encoder, SYNC.update);
      writeVarUint8Array(encoder, update);
      writeUint8Array(encoder, writeStanding(standing));
    });
    this.#send(FRAME.writes, rest);
  }

  /** Says that it is here, once. */
  show(): void {
    this.#presence({ user: { name: `Visiteur ${this.client % 1000}` }, section: this.section });
  }

  leave(): void {
    this.#socket.terminate();
  }

  #showCaret(at: Uint8Array): void {
    const anchor = Buffer.from(at).toString("base64url");
    const place = `prose:${this.section}`;
    const item = { client: this.client, clock: this.typed - 1 };
    const stock = { type: null, tname: null, item, assoc: 0 };
    // Ours reads `caret`, the others' clients read `cursor`: each is sent what its own clients send.
    const ours = this.#room.address.endsWith("/live");
    this.#presence({
      user: { name: `Visiteur ${this.client % 1000}`, color: "#30bced" },
      ...(ours
        ? { section: this.section, caret: { place, anchor, head: anchor } }
        : { cursor: { anchor: stock, head: stock } }),
    });
  }

  #presence(state: object): void {
    const inside = bytes((encoder) => {
      for (const each of [1, this.client, (this.#clock += 1)]) writeVarUint(encoder, each);
      writeVarString(encoder, JSON.stringify(state));
    });
    this.#send(
      FRAME.presence,
      bytes((encoder) => writeVarUint8Array(encoder, inside)),
    );
  }

  #open(): void {
    const { protocol, name } = this.#room;
    if (protocol === "bare") return this.#sync(SYNC.step1, FIRST_STEP);
    this.#socket.send(writeToken(name, "token"));
    if (protocol === "packed") this.#send(FRAME.packed, Uint8Array.of(1));
    this.#sync(SYNC.step1, FIRST_STEP);
    // Whoever waits for this step takes what comes before it for early.
    this.#sync(SYNC.step2, EMPTY);
  }

  #sync(step: number, payload: Uint8Array): void {
    const rest = bytes((encoder) => {
      writeVarUint(encoder, step);
      writeVarUint8Array(encoder, payload);
    });
    this.#send(FRAME.sync, rest);
  }

  #send(kind: number, rest: Uint8Array): void {
    this.sent += 1;
    const { protocol, name } = this.#room;
    const bare = (): Uint8Array =>
      bytes((encoder) => {
        writeVarUint(encoder, kind);
        writeUint8Array(encoder, rest);
      });
    this.#socket.send(protocol === "bare" ? bare() : writeFrame(name, kind, rest));
  }

  #hear(data: Buffer): void {
    this.received += data.length;
    this.frames += 1;
    const decoder = createDecoder(data);
    if (this.#room.protocol !== "bare") readVarString(decoder);
    const kind = readVarUint(decoder);
    if (kind === FRAME.syncStatus) this.acknowledged += 1;
    if (kind === FRAME.tick) {
      const update = readVarUint8Array(decoder);
      this.acknowledged += readVarUint(decoder);
      if (update.length > 0) this.onUpdate?.(update);
      return;
    }
    if ((kind !== FRAME.sync && kind !== FRAME.syncReply) || !hasContent(decoder)) return;
    const step = readVarUint(decoder);
    if (step === SYNC.step1) return;
    const update = readVarUint8Array(decoder);
    this.last = update;
    this.largest = Math.max(this.largest, update.length);
    if (step === SYNC.step2) this.#entered.resolve();
    else this.onUpdate?.(update);
  }
}
