/** Where the ticks of a room go for one connection, and what it has missed while its line was slow. */
import * as Y from "yjs";
import type { Wire } from "./wire.ts";

/** Above this many bytes that wait for a line it gets no more ticks, until there are as few as that. */
const SLOW_BYTES = 256 * 1024;
const DRAINED_BYTES = 32 * 1024;
/** A line that would need more than this to catch up, or longer, is closed: coming back costs less. */
const MOST_MISSED_BYTES = 4 * 1024 * 1024;
const PATIENCE_MS = 60_000;
const TRY_AGAIN_LATER = 1013;

/** What a line gets in this tick. */
export interface Share {
  update: Uint8Array | undefined;
  /** It has missed some, and needs to hear of everybody. */
  late: boolean;
}

export class Listener {
  readonly wire: Wire;
  /** What frames to it are addressed with. */
  readonly address: string;
  /** Reads ticks. */
  packed = false;
  /** The section it looks at, as far as it has said so. */
  section: string | undefined;
  /** Updates of its own that are on disk and not yet acknowledged. */
  saved = 0;
  /** It has shown what everybody knows: it is answered, so that its line does not pass for dead. */
  answer: Uint8Array | undefined;
  #missed: Uint8Array[] = [];
  #missedBytes = 0;
  #since = 0;

  constructor(wire: Wire, address: string) {
    this.wire = wire;
    this.address = address;
  }

  /** It has not got everything. */
  get behind(): boolean {
    return this.#since > 0;
  }

  /** What to send now of a tick with this update; undefined while the line is too slow. */
  share(update: Uint8Array | undefined, now: number): Share | undefined {
    const { waiting } = this.wire;
    if (!this.behind && waiting <= SLOW_BYTES) return { update, late: false };
    if (update) {
      this.#missed.push(update);
      this.#missedBytes += update.length;
    }
    this.#since ||= now;
    if (waiting > DRAINED_BYTES) {
      const hopeless =
        waiting + this.#missedBytes > MOST_MISSED_BYTES + this.wire.excused || now - this.#since > PATIENCE_MS;
      if (hopeless) this.wire.close(TRY_AGAIN_LATER, "slow");
      return undefined;
    }
    const missed = this.#missed.splice(0);
    this.#missedBytes = this.#since = 0;
    return { update: missed.length > 1 ? Y.mergeUpdates(missed) : missed[0], late: true };
  }
}
