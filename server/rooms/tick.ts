/** One tick of a room on its way out: encoded once for each way of reading it, however many read it. */
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { writeTick } from "../../document/tick.ts";
import { FRAME, SYNC, writeFrame } from "./frames.ts";
import type { Listener } from "./listener.ts";
import type { Roll, Shown } from "./roll.ts";

/** What a status says of an update that is on disk. */
export const TAKEN = Uint8Array.of(1);

/** What a sync frame of a step holds. */
export const syncRest = (step: number, payload: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, step);
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
};

/** A sync frame of a step, as every client reads it. */
export const syncFrame = (address: string, step: number, payload: Uint8Array): Uint8Array =>
  writeFrame(address, FRAME.sync, syncRest(step, payload));

/** What a tick is made of. */
export interface Content {
  update: Uint8Array | undefined;
  roll: Roll;
  /** This tick tells everybody where everybody stands; the others tell only those in the same section. */
  full: boolean;
}

export class Tick {
  readonly #content: Content;
  readonly #introductions: Uint8Array;
  /** Frames and parts of frames, by what they are for. */
  readonly #made = new Map<string, Uint8Array>();

  constructor(content: Content) {
    this.#content = content;
    this.#introductions = content.roll.takeIntroductions();
  }

  /** The frames of this tick for a listener; `late`: it needs to hear of everybody. */
  frames(listener: Listener, update: Uint8Array | undefined, late: boolean): Uint8Array[] {
    return listener.packed ? this.#packed(listener, update, late) : this.#stock(listener, update, late);
  }

  #packed(
    { address, section = "", saved, answer }: Listener,
    update: Uint8Array | undefined,
    late: boolean,
  ): Uint8Array[] {
    const records = late ? this.#content.roll.everyRecord() : this.#records(section);
    if (!update && saved === 0 && records.length === 0 && !answer) return [];
    const write = (): Uint8Array => writeFrame(address, FRAME.tick, writeTick(update, saved, records));
    // Whoever was late gets something of their own.
    return [late ? write() : this.#once(`tick ${saved} ${address} ${this.#content.full ? "" : section}`, write)];
  }

  #stock(listener: Listener, update: Uint8Array | undefined, late: boolean): Uint8Array[] {
    const { address, saved, answer } = listener;
    const { roll, full } = this.#content;
    const frames: Uint8Array[] = [];
    for (let count = 0; count < saved; count += 1) {
      frames.push(this.#once(`saved ${address}`, () => writeFrame(address, FRAME.syncStatus, TAKEN)));
    }
    if (update) {
      const write = (): Uint8Array => syncFrame(address, SYNC.update, update);
      frames.push(late ? write() : this.#once(`update ${address}`, write));
    }
    if (late || (full && roll.stale.size > 0)) {
      const states = (): Uint8Array => (late ? roll.everybody() : this.#once("states", () => roll.states(roll.stale)));
      const write = (): Uint8Array => writeFrame(address, FRAME.presence, states());
      frames.push(late ? write() : this.#once(`presence ${address}`, write));
    } else if (answer && frames.length === 0) {
      frames.push(writeFrame(address, FRAME.presence, answer));
    }
    return frames;
  }

  #records(section: string): Uint8Array {
    const { roll, full } = this.#content;
    // While only words come, which is most of the time in a small room.
    if ((full ? roll.stale : roll.fresh).size === 0) return this.#introductions;
    const near = (shown: Shown): boolean => shown.presence?.section === section;
    const about = (): Iterable<Shown> => (full ? roll.stale : [...roll.fresh].filter(near));
    return this.#once(full ? "records" : `records ${section}`, () =>
      Buffer.concat([this.#introductions, roll.records(about())]),
    );
  }

  #once(key: string, make: () => Uint8Array): Uint8Array {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }
}
