/** Keeps what a client writes before it has synchronised until it has: on its own such an update would leave a gap. */
import { FRAME, SYNC, type Frame } from "./frames.ts";

/** A phone on a slow line answers within this; a program that never synchronises is heard after it. */
const PATIENCE_MS = 10_000;
/** More than this of one socket is not kept back, under whatever names: it goes on and is judged as it is. */
const MAX_HELD_BYTES = 1024 * 1024;

type Pass = (bytes: Uint8Array, frame: Frame) => void;

/** What one socket has kept back. */
interface Held {
  bytes: number;
}

const isSync = (frame: Frame): boolean => frame.kind === FRAME.sync || frame.kind === FRAME.syncReply;

/**
 * One connection's updates of one document, in order. Whoever types while reconnecting sends the newest letters first
 * and everything before them with the SyncStep2; refusing the former would send the writer away in mid-word, for ever.
 */
class Early {
  readonly #pass: Pass;
  readonly #ofSocket: Held;
  #held: { bytes: Uint8Array; frame: Frame }[] = [];
  #based = false;
  #patience: NodeJS.Timeout | undefined;

  constructor(pass: Pass, ofSocket: Held) {
    this.#pass = pass;
    this.#ofSocket = ofSocket;
  }

  receive(bytes: Uint8Array, frame: Frame): void {
    const step = isSync(frame) ? frame.rest[0] : undefined;
    if (this.#based || step !== SYNC.update) {
      this.#pass(bytes, frame);
      if (step === SYNC.step2) this.release();
      return;
    }
    this.#held.push({ bytes, frame });
    this.#ofSocket.bytes += bytes.length;
    this.#patience ??= setTimeout(() => this.release(), PATIENCE_MS).unref();
    if (this.#ofSocket.bytes > MAX_HELD_BYTES) this.release();
  }

  /** Entering again on the same socket means synchronising again; what is kept back stays in its order. */
  enter(): void {
    this.#based = false;
  }

  /** Nothing is kept back from here on. */
  release(): void {
    this.#based = true;
    for (const { bytes, frame } of this.#take()) this.#pass(bytes, frame);
  }

  /** The connection is gone, and what was kept was never acknowledged: its writer still has it. */
  drop(): void {
    this.#take();
  }

  #take(): { bytes: Uint8Array; frame: Frame }[] {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#ofSocket.bytes -= this.#held.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return this.#held.splice(0);
  }
}

/** What stands between one socket and the rooms; gives what takes its frames and what ends it. */
export const holdEarly = (pass: Pass): { receive: (bytes: Uint8Array, frame: Frame) => void; drop: () => void } => {
  const byName = new Map<string, Early>();
  const held: Held = { bytes: 0 };
  return {
    receive(bytes, frame) {
      const early = byName.get(frame.name) ?? new Early(pass, held);
      byName.set(frame.name, early);
      if (frame.kind === FRAME.auth) early.enter();
      early.receive(bytes, frame);
    },
    drop() {
      for (const early of byName.values()) early.drop();
    },
  };
};
