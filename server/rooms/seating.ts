/** Where the frames of one socket go: to the seat they are addressed to, or aside until that seat is taken. */
import { Refusal } from "../../document/refusal.ts";
import { FRAME, type Frame } from "./frames.ts";
import type { Wire } from "./wire.ts";

/** What one socket may say before it has entered: a program that types ahead of a slow door, and no more. */
const MOST_FRAMES = 1000;
const MOST_BYTES = 5 * 1024 * 1024;

interface Seat {
  receive(frame: Frame): void;
}

/** What Hocuspocus answers: who enters, and what is not about a document. */
const isForTheDoor = ({ kind }: Frame): boolean => kind === FRAME.auth || kind === FRAME.ping || kind === FRAME.pong;

export class Seating {
  readonly #wire: Wire;
  readonly #toTheDoor: (bytes: Uint8Array) => void;
  readonly #seats = new Map<string, Seat>();
  readonly #aside = new Map<string, Frame[]>();
  #frames = 0;
  #bytes = 0;

  /** `toTheDoor` takes what shows a credential. */
  constructor(wire: Wire, toTheDoor: (bytes: Uint8Array) => void) {
    this.#wire = wire;
    this.#toTheDoor = toTheDoor;
    wire.onClose(() => {
      this.#seats.clear();
      this.#aside.clear();
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

  #release(address: string): Frame[] {
    const aside = this.#aside.get(address) ?? [];
    this.#aside.delete(address);
    this.#frames -= aside.length;
    for (const { rest } of aside) this.#bytes = Math.max(0, this.#bytes - rest.length);
    return aside;
  }
}
