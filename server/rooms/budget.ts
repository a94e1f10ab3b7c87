/** How much one connection may ask of a room: beyond it, it is heard later, then not at all; the others notice nothing. */
import { Refusal } from "../../document/refusal.ts";
import { Purse, type Rate } from "../access/purse.ts";
import { FRAME, SYNC, type Frame } from "./frames.ts";
import type { Wire } from "./wire.ts";

/** Far above what hands and pasting do: a fast typist sends 15 updates a second, a caret moves 20 times. */
const RATES = {
  /** A program that carries over a whole workshop letter by letter is let through, and then slowed down. */
  update: { burst: 3_000, perSecond: 500 },
  bytes: { burst: 8 * 1024 * 1024, perSecond: 512 * 1024 },
  presence: { burst: 200, perSecond: 50 },
  /** Each is answered with a whole document; who comes back comes over another connection. */
  step1: { burst: 5, perSecond: 0.25 },
  /** Each asks the disk who this is. */
  entry: { burst: 100, perSecond: 2 },
} as const satisfies Record<string, Rate>;

type Kind = keyof typeof RATES;

/** Heard late for this long without a break is no haste any more, it is a flood. */
const FLOOD_MS = 30_000;
/**
 * So long without waiting is a break. A shorter one is only the time that a socket, read no further until all it had
 * brought was heard, takes to bring more.
 */
const BREAK_MS = 1_000;
/** What waits here; a socket that can be paused brings no more than it holds already. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

const kindOf = ({ kind, rest }: Frame): Kind => {
  if (kind === FRAME.auth) return "entry";
  if (kind === FRAME.presence || kind === FRAME.queryPresence || kind === FRAME.stands) return "presence";
  const sync = kind === FRAME.sync || kind === FRAME.syncReply;
  return sync && rest[0] === SYNC.step1 ? "step1" : "update";
};

/** Between one socket and the rooms: passes frames on in their order, as fast as this connection may go. */
export class Budget {
  readonly #wire: Wire;
  readonly #pass: (bytes: Uint8Array, frame: Frame) => void;
  readonly #purses = new Map<Kind, Purse>();
  #waiting: { bytes: Uint8Array; frame: Frame }[] = [];
  #size = 0;
  /** Since when this connection has been heard late, and until when. */
  #late = { from: 0, to: Number.NEGATIVE_INFINITY };
  #timer: NodeJS.Timeout | undefined;

  constructor(wire: Wire, pass: (bytes: Uint8Array, frame: Frame) => void) {
    this.#wire = wire;
    this.#pass = pass;
    wire.onClose(() => {
      clearTimeout(this.#timer);
      this.#waiting = [];
    });
  }

  /** Hears nothing for so long, and whatever comes meanwhile after it. */
  rest(milliseconds: number): void {
    if (this.#timer !== undefined || milliseconds <= 0) return;
    this.#wire.pause();
    this.#comeBack(milliseconds);
  }

  receive(bytes: Uint8Array, frame: Frame): void {
    if (this.#timer === undefined && this.#pay(bytes, frame) === 0) {
      this.#pass(bytes, frame);
      return;
    }
    this.#waiting.push({ bytes, frame });
    this.#size += bytes.length;
    this.#fallBehind(performance.now());
    this.#wire.pause();
    if (this.#size > MAX_WAITING_BYTES) this.#flooded();
    else this.#goOn();
  }

  /** What these bytes cost is paid, or how long that takes. */
  #pay(bytes: Uint8Array, frame: Frame): number {
    const now = performance.now();
    const kind = kindOf(frame);
    const costs: [Kind, number][] = [
      [kind, 1],
      ["bytes", bytes.length],
    ];
    const wait = Math.max(...costs.map(([each, cost]) => this.#purse(each, now).wait(cost, now)));
    if (wait === 0) for (const [each, cost] of costs) this.#purse(each, now).pay(cost);
    return wait;
  }

  #purse(kind: Kind, now: number): Purse {
    const purse = this.#purses.get(kind) ?? new Purse(RATES[kind], now);
    this.#purses.set(kind, purse);
    return purse;
  }

  #fallBehind(now: number): void {
    if (now - this.#late.to > BREAK_MS) this.#late.from = now;
    // Until it has caught up.
    this.#late.to = Number.POSITIVE_INFINITY;
  }

  /** Passes on what can be paid for by now, and comes back for the rest. */
  #goOn(): void {
    if (this.#timer !== undefined) return;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const wait = this.#pay(next.bytes, next.frame);
      if (wait > 0) {
        if (performance.now() - this.#late.from > FLOOD_MS) return this.#flooded();
        this.#comeBack(wait);
        return;
      }
      this.#waiting.shift();
      this.#size -= next.bytes.length;
      this.#pass(next.bytes, next.frame);
    }
    this.#late.to = performance.now();
    this.#wire.resume();
  }

  #comeBack(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#goOn();
    }, milliseconds);
  }

  #flooded(): void {
    const { closeCode, code } = new Refusal("too-many-tries");
    this.#wire.close(closeCode, code);
  }
}
