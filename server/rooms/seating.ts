/** Where the frames of one socket go: to the seat they are addressed to, or aside until that seat is taken. */
import { Refusal } from "../../document/refusal.ts";
import { FRAME, SYNC, type Frame } from "./frames.ts";
import { syncFrame, syncRest } from "./tick.ts";
import type { Wire } from "./wire.ts";

/** What one socket may say before it has entered: a program that types ahead of a slow door, and no more. */
const MOST_FRAMES = 1000;
const MOST_BYTES = 5 * 1024 * 1024;

interface Seat {
  receive(frame: Frame): void;
}

/** The first step of whoever knows nothing: its number, and a state vector of one byte. */
const ASKS_ALL = Uint8Array.of(SYNC.step1, 1, 0);

const asksAll = ({ kind, rest }: Frame): boolean => kind === FRAME.sync && Buffer.compare(rest, ASKS_ALL) === 0;

/** What Hocuspocus answers: who enters, and what is not about a document. */
const isForTheDoor = ({ kind }: Frame): boolean => kind === FRAME.auth || kind === FRAME.ping || kind === FRAME.pong;

export class Seating {
  readonly #wire: Wire;
  readonly #toTheDoor: (bytes: Uint8Array) => void;
  readonly #seats = new Map<string, Seat>();
  readonly #aside = new Map<string, Frame[]>();
  /** What whoever waits for a document and knows nothing of it may have already. */
  readonly #offers = new Map<string, Uint8Array>();
  /** First steps that were answered with that. */
  readonly #answered = new Set<Frame>();
  #frames = 0;
  #bytes = 0;

  /** `toTheDoor` takes what shows a credential. */
  constructor(wire: Wire, toTheDoor: (bytes: Uint8Array) => void) {
    this.#wire = wire;
    this.#toTheDoor = toTheDoor;
    wire.onClose(() => {
      this.#seats.clear();
      this.#aside.clear();
      this.#offers.clear();
      this.#answered.clear();
    });
  }

  receive(bytes: Uint8Array, frame: Frame): void {
    if (isForTheDoor(frame)) return this.#toTheDoor(bytes);
    const seat = this.#seats.get(frame.address) ?? this.#seats.get(frame.name);
    if (seat) return seat.receive(frame);
    this.#frames += 1;
    this.#bytes += bytes.length;
    if (this.#frames > MOST_FRAMES || this.#bytes > MOST_BYTES) {
      const { closeCode, code } = new Refusal("too-many-tries");
      return this.#wire.close(closeCode, code);
    }
    const aside = this.#aside.get(frame.address) ?? [];
    aside.push(frame);
    this.#aside.set(frame.address, aside);
    this.#give(frame);
  }

  /**
   * Whoever asks for all of a document while it is being opened gets `bytes` at once: the whole of it, as it is kept. What is
   * returned ends that, and is told the state vector of what was opened: all that is lacking then is what came since.
   */
  offer(name: string, bytes: Uint8Array): (vector: Uint8Array) => void {
    this.#offers.set(name, bytes);
    for (const frame of [...this.#aside.values()].flat()) this.#give(frame);
    return (vector) => {
      this.#offers.delete(name);
      for (const frame of this.#answered) if (frame.name === name) frame.rest = syncRest(SYNC.step1, vector);
    };
  }

  /** From now on frames to this address are this seat's, those first that came before. */
  take(address: string, seat: Seat): void {
    this.#seats.set(address, seat);
    for (const frame of this.#release(address)) seat.receive(frame);
  }

  /** The seat is free again. */
  leave(address: string): void {
    this.#seats.delete(address);
  }

  /** Answers a first step with what is offered: once, however often it is asked. */
  #give(frame: Frame): void {
    const bytes = this.#offers.get(frame.name);
    if (!bytes || !asksAll(frame) || !this.#wire.open) return;
    this.#offers.delete(frame.name);
    this.#answered.add(frame);
    this.#wire.send(syncFrame(frame.address, SYNC.step2, bytes));
  }

  #release(address: string): Frame[] {
    const aside = this.#aside.get(address) ?? [];
    this.#aside.delete(address);
    this.#frames -= aside.length;
    for (const frame of aside) {
      this.#answered.delete(frame);
      this.#bytes = Math.max(0, this.#bytes - frame.rest.length);
    }
    return aside;
  }
}
