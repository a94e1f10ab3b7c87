/** Which local changes the server has confirmed: counted on the wire itself, frame by frame, one line per socket. */
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";

const SYNC = 0;
const SYNC_STATUS = 8;
const STEP_TWO = 1;
const UPDATE = 2;

/** One socket's account. A new socket gets a new line; what an old one still says is not heard. */
interface Line {
  /** For every frame still to be acknowledged, in order: how many local changes it covers, and whether it is a SyncStep2. */
  awaited: { covers: number; whole: boolean; at: number }[];
  /** A SyncStep2 has left on this line, so that later updates have nothing missing before them. */
  based: boolean;
}

export interface Ledger {
  /** A local change was made to the document. */
  wrote(): void;
  /** `changes` were found on this device from an earlier stay, and nobody knows whether the server has them. */
  inherit(changes: number): void;
  /** Starts the account of a new socket and gives the two ears that belong to it. */
  open(): { sent(frame: Uint8Array): void; received(frame: Uint8Array): void };
  /** Forgets the account of the socket: nothing it carried counts unless it was acknowledged. */
  drop(): void;
  /** Changes made or found here that no acknowledgement covers. */
  readonly unsent: number;
  /** The present socket has had an acknowledgement for everything this device held when it synchronised. */
  readonly based: boolean;
  /** When the oldest frame still unanswered was sent, in milliseconds; undefined when all were answered. */
  readonly waitingSince: number | undefined;
}

/**
 * The provider's own counter starts at 1 on every reconnection and also counts acknowledgements of frames that were
 * queued before it synchronised; ours is right because acknowledgements come in the order of the frames of a socket.
 * Calls `changed` after every movement and `refused` when the server would not take an update.
 */
export const createLedger = (changed: () => void, refused: () => void, clock: () => number = Date.now): Ledger => {
  let written = 0;
  let confirmed = 0;
  let inherited = 0;
  let based = false;
  let line: Line = { awaited: [], based: false };

  const hear = (mine: Line, taken: boolean): void => {
    if (mine !== line) return;
    const frame = mine.awaited.shift();
    if (!frame) return;
    if (!taken) return refused();
    if (frame.whole) {
      based = true;
      inherited = 0;
    }
    // An update that left before the SyncStep2 may have gaps before it: it proves nothing about earlier changes.
    if (based) confirmed = Math.max(confirmed, frame.covers);
    changed();
  };

  return {
    wrote() {
      written += 1;
      changed();
    },
    inherit(changes) {
      inherited = changes;
      changed();
    },
    open() {
      const mine: Line = { awaited: [], based: false };
      line = mine;
      based = false;
      changed();
      return {
        sent(frame) {
          const kind = outgoing(frame);
          if (kind === undefined || mine !== line) return;
          if (kind === STEP_TWO) mine.based = true;
          mine.awaited.push({ covers: mine.based ? written : 0, whole: kind === STEP_TWO, at: clock() });
        },
        received(frame) {
          const taken = acknowledgement(frame);
          if (taken !== undefined) hear(mine, taken);
        },
      };
    },
    drop() {
      line = { awaited: [], based: false };
      based = false;
      changed();
    },
    get unsent() {
      return written - confirmed + inherited;
    },
    get based() {
      return based;
    },
    get waitingSince() {
      return line.awaited[0]?.at;
    },
  };
};

/** STEP_TWO or UPDATE when the frame is one the server acknowledges. */
const outgoing = (frame: Uint8Array): number | undefined => {
  try {
    const decoder = createDecoder(frame);
    readVarString(decoder);
    if (readVarUint(decoder) !== SYNC) return undefined;
    const kind = readVarUint(decoder);
    return kind === STEP_TWO || kind === UPDATE ? kind : undefined;
  } catch {
    return undefined; // ping and pong carry no document name
  }
};

/** Whether the server took the oldest unanswered frame; undefined when the frame is about something else. */
const acknowledgement = (frame: Uint8Array): boolean | undefined => {
  try {
    const decoder = createDecoder(frame);
    readVarString(decoder);
    if (readVarUint(decoder) !== SYNC_STATUS) return undefined;
    return readVarUint(decoder) === 1;
  } catch {
    return undefined;
  }
};

/** A WebSocket class whose every frame passes under the ledger's eyes; what the provider is given to connect with. */
export const tapped = (Socket: typeof WebSocket, ledger: Ledger): typeof WebSocket =>
  class extends Socket {
    readonly #ears = ledger.open();

    constructor(address: string | URL) {
      super(address);
      this.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (event.data instanceof ArrayBuffer) this.#ears.received(new Uint8Array(event.data));
      });
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      super.send(data as ArrayBufferView<ArrayBuffer>);
      if (data instanceof Uint8Array) this.#ears.sent(data);
    }
  };
