/** Reads the ticks of a room and hands on what is in them, as the separate frames that the provider knows. */
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
  type Encoder,
} from "lib0/encoding";
import { mergeUpdates } from "yjs";
import { parsePresence, type Presence } from "../../document/presence.ts";
import { readTick, savedIn, writeStanding } from "../../document/tick.ts";
import { Breath } from "./breath.ts";
import { afterKeys, isDrawn, isTyping } from "./keys-first.ts";

/** Kinds of frames, as the rooms number them. */
const SYNC = 0;
const PRESENCE = 1;
const AUTH = 2;
const SYNC_STATUS = 8;
const PACKED = 40;
const TICK = 41;
const STANDS = 42;
const WRITES = 43;

const UPDATE = 2;
const VERSION = 1;

const written = (write: (encoder: Encoder) => void): Uint8Array<ArrayBuffer> => {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
};

const NONE = new Uint8Array();
const bytesOf = (text = ""): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const text = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** As in the WebSocket standard. */
const OPEN = 1;

/** Where we stand waits this long for the words behind which we do, which are gathered as long. */
const TOGETHER_MS = 50;

/** What others do waits so long for whoever types here; twice as long at most. */
const PATIENCE_MS = 250;

/** Later than any clock a presence was shown under before, in this page or by another way. */
let latest = 0;
const nextClock = (): number => (latest = Math.max(latest + 1, Date.now()));

/** Everybody a line has told of, by the numbers it gave them. */
class Told {
  readonly #people = new Map<number, { client: number; presence: Presence }>();
  readonly #places = new Map<number, string>();
  readonly #own: () => number;

  constructor(own: () => number) {
    this.#own = own;
  }

  /** What others did in some ticks of the room `name`, in frames as if they were one; never none, for a tick is also a sign of life. */
  frames(name: string, ticks: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
    const frames: Uint8Array<ArrayBuffer>[] = [];
    const updates: Uint8Array[] = [];
    const changed = new Map<number, Presence | null>();
    const frame = (kind: number, write: (encoder: Encoder) => void): number =>
      frames.push(
        written((encoder) => {
          writeVarString(encoder, name);
          writeVarUint(encoder, kind);
          write(encoder);
        }),
      );
    const parts: Parameters<typeof readTick>[1] = {
      update: (update) => updates.push(update),
      who: ({ number, client, ...who }) => {
        const { section, caret } = this.#people.get(number)?.presence ?? {};
        const presence = { ...who, ...(section === undefined ? {} : { section }), ...(caret ? { caret } : {}) };
        this.#people.set(number, { client, presence });
        changed.set(client, presence);
      },
      gone: (number) => {
        const person = this.#people.get(number);
        this.#people.delete(number);
        if (person) changed.set(person.client, null);
      },
      place: (number, place) => this.#places.set(number, place),
      stands: ({ number, section: at, place: where, anchor, head }) => {
        const person = this.#people.get(number);
        if (!person) return;
        const { visitor, name: called, colour } = person.presence;
        const [section, place] = [this.#places.get(at), this.#places.get(where)];
        const ends = { anchor: text(anchor), head: text(head.length > 0 ? head : anchor) };
        person.presence = {
          visitor,
          name: called,
          colour,
          ...(section === undefined ? {} : { section }),
          ...(place === undefined ? {} : { caret: { place, ...ends } }),
        };
        changed.set(person.client, person.presence);
      },
    };
    for (const tick of ticks) readTick(tick, parts);
    if (updates.length > 0) {
      const [only] = updates;
      frame(SYNC, (encoder) => {
        writeVarUint(encoder, UPDATE);
        writeVarUint8Array(encoder, only && updates.length === 1 ? only : mergeUpdates(updates));
      });
    }
    changed.delete(this.#own());
    if (changed.size > 0 || frames.length === 0) {
      const states = written((encoder) => {
        writeVarUint(encoder, changed.size);
        for (const [client, presence] of changed) {
          writeVarUint(encoder, client);
          writeVarUint(encoder, nextClock());
          writeVarString(encoder, JSON.stringify(presence));
        }
      });
      frame(PRESENCE, (encoder) => writeVarUint8Array(encoder, states));
    }
    return frames;
  }
}

/** So many updates of ours are on disk: the frames that say so, for the room `name`. */
const confirmations = (name: string, count: number): Uint8Array<ArrayBuffer>[] =>
  Array.from({ length: count }, () =>
    written((encoder) => {
      writeVarString(encoder, name);
      writeVarUint(encoder, SYNC_STATUS);
      writeVarUint(encoder, 1);
    }),
  );

/** The name and the kind of a frame, and what follows; undefined where it has none. */
const outside = (frame: Uint8Array): { name: string; kind: number; rest: Uint8Array } | undefined => {
  try {
    const decoder = createDecoder(frame);
    const [name, kind] = [readVarString(decoder), readVarUint(decoder)];
    return { name, kind, rest: frame.subarray(decoder.pos) };
  } catch {
    return undefined;
  }
};

/** Where `own` stands, as a presence frame about nobody else says it; undefined for any other, and for having left. */
const standingOf = (rest: Uint8Array, own: number): Uint8Array | undefined => {
  try {
    const decoder = createDecoder(readVarUint8Array(createDecoder(rest)));
    const [count, client, clock] = [readVarUint(decoder), readVarUint(decoder), readVarUint(decoder)];
    if (count !== 1 || client !== own) return undefined;
    const presence = parsePresence(JSON.parse(readVarString(decoder)));
    if (!presence) return undefined;
    const { section = "", caret } = presence;
    const [anchor, head] = [bytesOf(caret?.anchor), caret?.head === caret?.anchor ? NONE : bytesOf(caret?.head)];
    return writeStanding({ client, clock, section, place: caret?.place ?? "", anchor, head });
  } catch {
    return undefined;
  }
};

/**
 * A WebSocket class that asks for ticks as it enters, and takes them apart. `own`: our Yjs client id. `rest`: how many times
 * as long as ticks took nothing more is taken in.
 */
export const ticking = (Socket: typeof WebSocket, own: () => number, rest: number): typeof WebSocket =>
  class extends Socket {
    readonly #told = new Told(own);
    readonly #breath = new Breath(rest);
    /** Where we stand, as it is to be said. */
    #standing: { name: string; bytes: Uint8Array } | undefined;
    #soon: ReturnType<typeof setTimeout> | undefined;
    /** Ticks that wait for whoever types here, or until the page has rested from the ones before. */
    #ticks: Uint8Array[] = [];
    #room = "";
    #calledOff: (() => void) | undefined;
    /** So many updates of ours are on disk, which is said once the key that is being drawn has been. */
    #saved = 0;
    #handing = false;

    constructor(address: string | URL) {
      super(address);
      // The first to listen: whoever comes later hears what was in it instead.
      this.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (!(event.data instanceof ArrayBuffer)) return;
        // What we dispatch ourselves has been taken out of what waited.
        if (this.#handing) return;
        const frame = outside(new Uint8Array(event.data));
        if (frame?.kind !== TICK) return this.#take();
        event.stopImmediatePropagation();
        this.#room = frame.name;
        this.#confirmSoon(savedIn(frame.rest));
        this.#ticks.push(frame.rest);
        if (!this.#calledOff) this.#takeSoon();
      });
      this.addEventListener("close", () => this.#take());
    }

    /** What is ours waits for no other key, and for nothing that others did: somebody looks whether it is saved. */
    #confirmSoon(saved: number): void {
      const waits = this.#saved > 0;
      this.#saved += saved;
      if (!isTyping() || isDrawn()) this.#confirm();
      else if (!waits && saved > 0) afterKeys(() => this.#confirm(), PATIENCE_MS);
    }

    #confirm(): void {
      const saved = this.#saved;
      this.#saved = 0;
      this.#hand(confirmations(this.#room, saved));
    }

    #takeSoon(): void {
      if (isTyping()) this.#giveWay();
      else if (this.#breath.rested) this.#take();
      // Somebody may have begun to type meanwhile.
      else this.#calledOff = this.#breath.after(() => (isTyping() ? this.#giveWay() : this.#take()));
    }

    #giveWay(): void {
      this.#calledOff = afterKeys(() => this.#take(), PATIENCE_MS);
    }

    /** Takes in what has waited, all of it together. */
    #take(): void {
      this.#confirm();
      this.#calledOff?.();
      this.#calledOff = undefined;
      if (this.#ticks.length === 0) return;
      const frames = this.#told.frames(this.#room, this.#ticks.splice(0));
      this.#breath.spend(() => this.#hand(frames));
    }

    #hand(frames: readonly Uint8Array<ArrayBuffer>[]): void {
      this.#handing = true;
      try {
        for (const { buffer } of frames) this.dispatchEvent(new MessageEvent("message", { data: buffer }));
      } finally {
        this.#handing = false;
      }
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      const frame = data instanceof Uint8Array ? outside(data) : undefined;
      const standing = frame?.kind === PRESENCE ? standingOf(frame.rest, own()) : undefined;
      if (frame && standing) {
        this.#standing = { name: frame.name, bytes: standing };
        this.#soon ??= setTimeout(() => this.#say(), TOGETHER_MS);
        return;
      }
      if (frame && this.#standing?.name === frame.name) {
        if (frame.kind === SYNC && frame.rest[0] === UPDATE) return this.#say(frame.rest);
        // Whatever else is said comes after what was said before it.
        this.#say();
      }
      super.send(data as ArrayBufferView<ArrayBuffer>);
      if (frame?.kind !== AUTH) return;
      this.#send(frame.name, PACKED, Uint8Array.of(VERSION));
    }

    /** Says where we stand, behind these words if any. */
    #say(words: Uint8Array = NONE): void {
      clearTimeout(this.#soon);
      this.#soon = undefined;
      const standing = this.#standing;
      this.#standing = undefined;
      if (!standing || this.readyState !== OPEN) return;
      this.#send(standing.name, words.length > 0 ? WRITES : STANDS, words, standing.bytes);
    }

    #send(name: string, kind: number, ...parts: readonly Uint8Array[]): void {
      const frame = written((encoder) => {
        writeVarString(encoder, name);
        writeVarUint(encoder, kind);
        for (const each of parts) writeUint8Array(encoder, each);
      });
      super.send(frame);
    }
  };
