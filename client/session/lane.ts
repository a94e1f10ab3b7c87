/** A WebSocket in shape only, for networks that block them: frames come in a stream of events and leave in POSTs. */
import { createEncoder, length, toUint8Array, writeVarUint8Array } from "lib0/encoding";
import { eventsOf } from "./events.ts";

/** As large as the server takes; a longer frame can never arrive. */
const MAX_BODY = 1024 * 1024;
/** What waits leaves together up to this size, which every proxy lets through. */
const BATCH = 256 * 1024;
/** A POST that was not answered for this long is lost; a server that is asked for too much at once lets us wait. */
const POST_PATIENCE = 40_000;
/** How long the server's own farewell is waited for when a POST fails: it knows better why. */
const FAREWELL = 300;

const LOST = 1006;
const TOO_LARGE = 1009;

const bytesOf = (base64: string): ArrayBuffer => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes.buffer;
};

/** Frames in one body, each with its length before it. */
const packed = (frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const encoder = createEncoder();
  for (const frame of frames) writeVarUint8Array(encoder, frame);
  return toUint8Array(encoder);
};

const packedLength = (frame: Uint8Array): number => {
  const encoder = createEncoder();
  writeVarUint8Array(encoder, frame);
  return length(encoder);
};

/** Opens at once; speaks the part of the WebSocket interface that the provider uses. */
class Lane extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly url: string;
  binaryType = "arraybuffer";
  readyState = Lane.CONNECTING;
  readonly #address: string;
  readonly #cut = new AbortController();
  #id = "";
  #turn = 0;
  #waiting: Uint8Array[] = [];
  #posting = false;
  /** The server wants to know whether anybody is here. */
  #asked = false;

  constructor(url: string | URL) {
    super();
    this.url = String(url);
    this.#address = this.url.replace(/^ws/, "http");
    // In the next turn, as with a WebSocket: nobody listens yet.
    queueMicrotask(() => void this.#listen());
  }

  get bufferedAmount(): number {
    return this.#waiting.reduce((sum, frame) => sum + frame.length, 0);
  }

  send(data: Uint8Array): void {
    if (this.readyState !== Lane.OPEN) return;
    if (packedLength(data) > MAX_BODY) return this.#end(TOO_LARGE, "too-large");
    this.#waiting.push(data.slice());
    // Frames of one turn leave in one POST.
    queueMicrotask(() => void this.#post());
  }

  close(code = 1000, reason = ""): void {
    this.#end(code, reason);
  }

  async #listen(): Promise<void> {
    try {
      const headers = { accept: "text/event-stream" };
      const response = await fetch(this.#address, { headers, cache: "no-store", signal: this.#cut.signal });
      if (!response.ok || !response.body) return this.#end(LOST, `status ${response.status}`);
      for await (const { event, data } of eventsOf(response.body)) this.#hear(event, data);
    } catch {
      // However it broke, the line is gone.
    }
    this.#end(LOST, "");
  }

  #hear(event: string, data: string): void {
    if (this.readyState === Lane.CLOSED) return;
    if (event === "message") this.dispatchEvent(new MessageEvent("message", { data: bytesOf(data) }));
    if (event === "open") {
      this.#id = data;
      this.readyState = Lane.OPEN;
      this.dispatchEvent(new Event("open"));
    }
    if (event === "ask") {
      this.#asked = true;
      void this.#post();
    }
    if (event === "close") {
      const { code, reason } = JSON.parse(data) as { code: number; reason: string };
      this.#end(code, reason);
    }
  }

  /** One POST at a time carries all that waits, so that the order of frames is kept whatever the network does. */
  async #post(): Promise<void> {
    if (this.#posting) return;
    this.#posting = true;
    while (this.readyState === Lane.OPEN && (this.#asked || this.#waiting.length > 0)) {
      this.#asked = false;
      const failed = await this.#bring(packed(this.#batch()));
      if (failed === undefined) continue;
      // What it held may have arrived or not: only a new line, on which everything is compared again, can tell.
      if (failed === 413) this.#end(TOO_LARGE, "too-large");
      else setTimeout(() => this.#end(LOST, ""), FAREWELL);
      return;
    }
    this.#posting = false;
  }

  #batch(): Uint8Array[] {
    let size = 0;
    const more = this.#waiting.findIndex((frame, index) => (size += frame.length) > BATCH && index > 0);
    return this.#waiting.splice(0, more < 0 ? this.#waiting.length : more);
  }

  /** Gives nothing when the server took it, else the status that said no; 0: nobody answered. */
  async #bring(body: Uint8Array<ArrayBuffer>): Promise<number | undefined> {
    this.#turn += 1;
    try {
      const { status } = await fetch(this.#address, {
        method: "POST",
        headers: { lane: this.#id, "lane-turn": String(this.#turn), "content-type": "application/octet-stream" },
        body,
        signal: AbortSignal.any([this.#cut.signal, AbortSignal.timeout(POST_PATIENCE)]),
      });
      return status === 204 ? undefined : status;
    } catch {
      return 0;
    }
  }

  #end(code: number, reason: string): void {
    if (this.readyState === Lane.CLOSED) return;
    this.readyState = Lane.CLOSED;
    this.#waiting = [];
    this.#cut.abort();
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason, wasClean: code !== LOST }));
  }
}

/** For whatever makes its own sockets from a class. */
export const LaneSocket = Lane as unknown as typeof WebSocket;
