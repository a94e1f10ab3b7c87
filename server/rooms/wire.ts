/** One WebSocket, or whatever stands in for it, as the rooms see it: closed once, never buffering without end. */

/** What carries frames to one client; a `ws` socket in production, a pair of callbacks in tests. */
export interface Carrier {
  /** As in the WebSocket standard: 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Bytes accepted but not yet handed to the network. */
  readonly bufferedAmount?: number;
  send(frame: Uint8Array): void;
  /** Until `release`, what is sent is gathered, to leave in one write; absent: each frame leaves as it is sent. */
  gather?(): void;
  release?(): void;
  close(code: number, reason: string): void;
  /** Whoever is at the other end has shown a credential that leads somewhere; may be said again. */
  entered?(): void;
  /** Whether the other end still answers; absent: as long as it is open. */
  answers?(): Promise<boolean>;
  /** Takes nothing more from the network for now; absent: what still comes is kept here. */
  pause?(): void;
  resume?(): void;
}

/** What a carrier tells back. */
export interface Peer {
  receive(frame: Uint8Array): void;
  closed(code: number): void;
}

/** A larger frame is a pasted book: the client limits the paste, this limits everybody else. */
export const MAX_FRAME = 1024 * 1024;

const OPEN = 1;
const CLOSED = 3;
const NO_STATUS = 1005;
const TRY_AGAIN_LATER = 1013;
/** A client that reads nothing is cut here, long before it costs the others their memory. */
const MAX_BUFFERED = 4 * 1024 * 1024;
/** A frame that holds a whole document. It may be longer than that, and whoever has just asked for it is given the time. */
const LARGE = 1024 * 1024;
const LARGE_MS = 60_000;

export class Wire {
  readonly #carrier: Carrier;
  readonly #onClose = new Set<(code: number) => void>();
  #closed = false;
  /** The large frame that is on its way. */
  #large = { bytes: 0, until: 0 };

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** False as soon as either side has begun to close: from then on nothing is taken and nothing is sent. */
  get open(): boolean {
    return !this.#closed && this.#carrier.readyState === OPEN;
  }

  /** For Hocuspocus, which looks before it sends. */
  get readyState(): number {
    return this.#closed ? CLOSED : this.#carrier.readyState;
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (!this.open || !(data instanceof Uint8Array)) return;
    const { waiting } = this;
    if (waiting > MAX_BUFFERED && waiting > MAX_BUFFERED + this.excused) {
      this.close(TRY_AGAIN_LATER, "slow");
      return;
    }
    if (data.length > LARGE && waiting < LARGE)
      this.#large = { bytes: data.length, until: performance.now() + LARGE_MS };
    this.#carrier.send(data);
  }

  /** What `send` sends leaves in one write. */
  together(send: () => void): void {
    this.#carrier.gather?.();
    try {
      send();
    } finally {
      this.#carrier.release?.();
    }
  }

  /** What is sent in this turn of the event loop, and in what follows it at once, leaves in one write. */
  gather(): void {
    this.#carrier.gather?.();
    process.nextTick(() => this.#carrier.release?.());
  }

  /** Bytes that wait for the network. */
  get waiting(): number {
    return this.#carrier.bufferedAmount ?? 0;
  }

  /** How many of them are a large document that was asked for a moment ago. */
  get excused(): number {
    const { bytes, until } = this.#large;
    return performance.now() < until ? bytes : 0;
  }

  /** Closes the socket itself: a client told only that its document is closed stays connected and resends nothing. */
  close(code = 1000, reason = ""): void {
    if (this.#closed) return;
    this.#carrier.close(code, reason);
    this.ended(code);
  }

  /** The socket has closed, by whichever side. */
  ended(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const each of this.#onClose) each(code);
    this.#onClose.clear();
  }

  /** It leads somewhere from now on. */
  entered(): void {
    this.#carrier.entered?.();
  }

  /** Whether somebody is still there at the other end. */
  async answers(): Promise<boolean> {
    return this.open && ((await this.#carrier.answers?.()) ?? true) && this.open;
  }

  /** Leaves with the other end what it has not sent yet, until `resume`. */
  pause(): void {
    this.#carrier.pause?.();
  }

  resume(): void {
    this.#carrier.resume?.();
  }

  /** Calls back once when the wire closes, from here or from there; at once where it has: whoever knocked is gone. */
  onClose(callback: (code: number) => void): void {
    if (this.#closed) callback(NO_STATUS);
    else this.#onClose.add(callback);
  }
}
