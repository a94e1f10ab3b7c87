/** What a room tells those in it: at once while it is quiet, in ticks while it is busy, one write for each reader and tick. */
import type { Document } from "@hocuspocus/server";
import * as Y from "yjs";
import { writeTick } from "../../document/tick.ts";
import { listen } from "../../document/listen.ts";
import { Refusal } from "../../document/refusal.ts";
import type { Presence } from "../../document/presence.ts";
import type { Loaded } from "../log/rebuild.ts";
import { FRAME, SYNC, writeFrame } from "./frames.ts";
import { Joining, NOTHING } from "./joining.ts";
import type { Listener } from "./listener.ts";
import { Roll } from "./roll.ts";
import { syncFrame, TAKEN, Tick } from "./tick.ts";

const NOT_TAKEN = Uint8Array.of(0);

/** Milliseconds between two ticks: next to nothing for a few, little for a plenary, more only for the largest rooms. */
const BUSY_MS = 30;
/** Up to that, by the square of those who listen: what a tick costs grows with them, and so does how many write. */
const FEW = 100;
const LARGE = 500;
const MORE_MS = 0.06;
const MOST_MS = 100;
/** In a room of up to as many everybody sees every movement at once; in a larger one, those of the same section do. */
const SMALL = 50;
/** The others see them so often. */
const FULL_MS = 1000;
/** Nobody is given all of a large document sooner after somebody else was. */
const WHOLE_MS = 1000;
/** Lines that are too slow are looked at again after this, also where nothing happens. */
const LOOK_MS = 250;

/** How long a room of so many lets things gather once it is busy. */
export const windowOf = (listeners: number): number =>
  Math.min(listeners ** 2 / FEW, BUSY_MS) + Math.min(Math.max(0, listeners - LARGE) * MORE_MS, MOST_MS - BUSY_MS);

export class Relay {
  readonly #roll = new Roll();
  readonly #joining: Joining;
  readonly #listeners = new Set<Listener>();
  /** Those who get something of their own in the next tick. */
  readonly #expecting = new Set<Listener>();
  #asking: { listener: Listener; vector: Uint8Array }[] = [];
  /** Those who are given the whole document when the next second is over. */
  readonly #patient = new Set<Listener>();
  #lastWhole = Number.NEGATIVE_INFINITY;
  #updates: Uint8Array[] = [];
  #last = 0;
  #lastFull = 0;
  /** What takes the next tick back, and when that is. */
  #planned: { at: number; cancel: () => void } | undefined;

  /** `stored`: what the document has just been made of. */
  constructor(doc: Document, stored: Loaded) {
    this.#joining = new Joining(doc, stored);
    listen(doc, "update", (update: Uint8Array) => {
      this.#joining.changed();
      this.#updates.push(update);
      this.#plan(this.#last + windowOf(this.#listeners.size));
    });
  }

  /**
   * Takes telling over from Hocuspocus, which would write each update and each caret to each reader by itself. A
   * document of its has no other listener to its updates before it is loaded.
   */
  static takeOver(doc: Document): void {
    doc._observers.delete("update");
  }

  join(listener: Listener): void {
    this.#listeners.add(listener);
  }

  leave(listener: Listener, clientId: number | undefined): void {
    this.#listeners.delete(listener);
    this.#expecting.delete(listener);
    this.#patient.delete(listener);
    if (clientId !== undefined && this.#roll.leave(clientId)) this.#tell();
  }

  /** Tells a newcomer who is here. */
  greet({ wire, address, packed }: Listener): void {
    const records = packed ? this.#roll.everyRecord() : undefined;
    if (records) wire.send(writeFrame(address, FRAME.tick, writeTick(undefined, 0, records)));
    else wire.send(writeFrame(address, FRAME.presence, this.#roll.everybody()));
  }

  /**
   * Answers a first step: at once, or in a large room with the next tick, so that many who come at once while others
   * write are answered with one encoding. Throws Refusal `malformed-update`.
   */
  answer(listener: Listener, vector: Uint8Array): void {
    const asked = this.#asked(vector);
    if (!this.#joining.affords(asked)) {
      // Encoded once a second at most, for all of them: whatever each of them knows, it is right.
      this.#patient.add(listener);
      this.#plan(this.#lastWhole + WHOLE_MS);
      return;
    }
    if (this.#listeners.size <= SMALL || this.#joining.knows(asked)) return this.#answer(listener, asked);
    this.#asking.push({ listener, vector: asked });
    this.#expect(listener);
  }

  #asked(vector: Uint8Array): Uint8Array {
    try {
      return this.#joining.asked(vector);
    } catch (error) {
      throw new Refusal("malformed-update", "no state vector", { cause: error });
    }
  }

  /** Those who ask so much that nobody has asked before are given the whole document. */
  #giveWhole(now: number): void {
    if (now - this.#lastWhole < WHOLE_MS) return this.#plan(this.#lastWhole + WHOLE_MS);
    this.#lastWhole = now;
    for (const listener of this.#patient) this.#answer(listener, NOTHING);
    this.#patient.clear();
  }

  /**
   * An update of this listener is on disk: told with the next tick, where it takes no frame of its own; a stock client is
   * told at once in a small room.
   */
  acknowledge(listener: Listener): void {
    if (!listener.wire.open) return;
    listener.saved += 1;
    if (listener.packed || this.#listeners.size > SMALL) this.#expect(listener);
    else this.#acknowledged(listener);
  }

  /** An update of this listener was not taken. */
  decline(listener: Listener): void {
    listener.wire.together(() => {
      this.#acknowledged(listener);
      listener.wire.send(writeFrame(listener.address, FRAME.syncStatus, NOT_TAKEN));
    });
  }

  /** Somebody shows where they are, or with nothing that they do not want to be seen any more. */
  show(listener: Listener, clientId: number, clock: number, presence: Presence | undefined): void {
    listener.section = presence?.section;
    if (this.#roll.show(clientId, clock, presence)) return this.#tell();
    listener.answer = this.#roll.states([]);
    this.#expect(listener);
  }

  #answer(listener: Listener, vector: Uint8Array): void {
    const { wire, address } = listener;
    wire.together(() => {
      this.#acknowledged(listener);
      wire.send(syncFrame(address, SYNC.step1, this.#joining.vector()));
      wire.send(this.#joining.frame(address, vector));
    });
  }

  /** What is owed is told before anything else that answers this listener: it counts on their order. */
  #acknowledged(listener: Listener): void {
    for (; listener.saved > 0; listener.saved -= 1) {
      listener.wire.send(writeFrame(listener.address, FRAME.syncStatus, TAKEN));
    }
  }

  #expect(listener: Listener): void {
    this.#expecting.add(listener);
    this.#plan(this.#last + windowOf(this.#listeners.size));
  }

  #tell(): void {
    this.#plan(this.#last + windowOf(this.#listeners.size));
  }

  #plan(at: number): void {
    if (this.#planned && this.#planned.at <= at) return;
    this.#planned?.cancel();
    const wait = at - performance.now();
    const run = (): void => {
      this.#planned = undefined;
      this.#tick();
    };
    if (wait > 0) {
      const timer = setTimeout(run, wait);
      this.#planned = { at, cancel: () => clearTimeout(timer) };
    } else {
      // What arrives in this turn of the event loop leaves together.
      const turn = setImmediate(run);
      this.#planned = { at, cancel: () => clearImmediate(turn) };
    }
  }

  #tick(): void {
    const now = performance.now();
    this.#last = now;
    for (const { listener, vector } of this.#asking.splice(0)) this.#answer(listener, vector);
    const updates = this.#updates.splice(0);
    const update = updates.length > 1 ? Y.mergeUpdates(updates) : updates[0];
    const full = this.#listeners.size <= SMALL || now - this.#lastFull >= FULL_MS;
    const news = update !== undefined || this.#roll.fresh.size > 0 || (full && this.#roll.stale.size > 0);
    const tick = new Tick({ update, roll: this.#roll, full });
    for (const listener of news || this.#late() ? this.#listeners : this.#expecting) {
      this.#send(listener, tick, update, now);
    }
    if (this.#patient.size > 0) this.#giveWhole(now);
    this.#expecting.clear();
    this.#roll.fresh.clear();
    if (full) {
      this.#roll.stale.clear();
      this.#lastFull = now;
    }
    if (this.#late()) this.#plan(now + LOOK_MS);
    else if (this.#roll.stale.size > 0) this.#plan(this.#lastFull + FULL_MS);
  }

  /** Whether somebody has not got everything. */
  #late(): boolean {
    for (const { behind } of this.#listeners) if (behind) return true;
    return false;
  }

  #send(listener: Listener, tick: Tick, update: Uint8Array | undefined, now: number): void {
    const share = listener.share(update, now);
    if (!share) return;
    const frames = tick.frames(listener, share.update, share.late);
    listener.saved = 0;
    listener.answer = undefined;
    const { wire } = listener;
    const [only] = frames;
    if (frames.length > 1) wire.together(() => frames.forEach((frame) => wire.send(frame)));
    else if (only) wire.send(only);
  }
}
