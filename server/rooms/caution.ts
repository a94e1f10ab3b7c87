/** Who is let in a little later: whoever was sent away for what they sent, and whoever comes again and again without end. */
import { createHash } from "node:crypto";
import type { Frame } from "./frames.ts";

interface Law {
  /** So many times a minute cost nothing. */
  free: number;
  /** Milliseconds of waiting for each time beyond. */
  each: number;
  most: number;
}

/**
 * Little enough that nobody who tries every mistake there is notices, and enough that a program which comes back at once for
 * minutes costs the server some hundredths of its time.
 */
const SENT_AWAY: Law = { free: 600, each: 1, most: 50 };
/** So many times as often, where each attempt is made with another session; whoever comes in beside them waits as well. */
const BESIDE = 10;
/** All programs behind one bare link count together, and may all come back at once after a restart, more than once. */
const CAME: Law = { free: 1_500, each: 1, most: 1_000 };

/** How long it takes until a time counts for little more than a third. */
const FADES_MS = 60_000;
const FORGOTTEN = 0.5;
const MOST_REMEMBERED = 10_000;

/** Times that fade. */
class Times {
  readonly #law: Law;
  /** Those counted longest ago first. */
  readonly #times = new Map<string, { count: number; at: number }>();

  constructor(law: Law) {
    this.#law = law;
  }

  count(key: string): void {
    const count = this.#counted(key) + 1;
    this.#times.delete(key);
    this.#times.set(key, { count, at: performance.now() });
    for (const [oldest] of this.#times) {
      if (this.#times.size <= MOST_REMEMBERED && this.#counted(oldest) > FORGOTTEN) return;
      this.#times.delete(oldest);
    }
  }

  /** Milliseconds. */
  wait(key: string): number {
    const { free, each, most } = this.#law;
    const count = this.#counted(key);
    return count < FORGOTTEN ? 0 : Math.round(Math.min(most, Math.max(0, count - free) * each));
  }

  #counted(key: string): number {
    const times = this.#times.get(key);
    return times ? times.count * Math.exp((times.at - performance.now()) / FADES_MS) : 0;
  }
}

/** What an entering frame shows, in a form that opens nothing: secrets are not kept. */
export const credentialOf = ({ name, rest }: Frame): string =>
  createHash("sha256").update(name).update("\0").update(rest).digest("base64");

export class Caution {
  readonly #sentAway: Times;
  readonly #beside: Times;
  readonly #came: Times;

  /** `free`: how often a minute whoever shows a credential may be sent away, or come, without waiting. */
  constructor({ free = SENT_AWAY.free }: { free?: number } = {}) {
    this.#sentAway = new Times({ ...SENT_AWAY, free });
    this.#came = new Times({ ...CAME, free: Math.max(CAME.free, free) });
    this.#beside = new Times({ ...SENT_AWAY, free: free * BESIDE });
  }

  /** Somebody shows `credential` at a workshop: how many milliseconds nothing they say shall be heard. */
  enter(workshop: string, credential: string): number {
    this.#came.count(credential);
    return Math.max(this.#came.wait(credential), this.#sentAway.wait(credential), this.#beside.wait(workshop));
  }

  /** Whoever showed it was sent away for what they sent. */
  sendAway(workshop: string, credential: string): void {
    this.#sentAway.count(credential);
    this.#beside.count(workshop);
  }
}
