/** Reads the ticks of a room and hands on what is in them, as the separate frames that the provider knows. */
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import {
  createEncoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
  type Encoder,
} from "lib0/encoding";
import type { Presence } from "../../document/presence.ts";
import { readTick } from "../../document/tick.ts";

/** Kinds of frames, as the rooms number them. */
const SYNC = 0;
const PRESENCE = 1;
const AUTH = 2;
const SYNC_STATUS = 8;
const PACKED = 40;
const TICK = 41;

const UPDATE = 2;
const VERSION = 1;

const written = (write: (encoder: Encoder) => void): Uint8Array<ArrayBuffer> => {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
};

const text = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

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

  /** The frames in a tick for the room `name`; never none, for a tick is also a sign of life. */
  frames(name: string, tick: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const frames: Uint8Array<ArrayBuffer>[] = [];
    const changed = new Map<number, Presence | null>();
    const frame = (kind: number, write: (encoder: Encoder) => void): number =>
      frames.push(
        written((encoder) => {
          writeVarString(encoder, name);
          writeVarUint(encoder, kind);
          write(encoder);
        }),
      );
    readTick(tick, {
      update: (update) =>
        frame(SYNC, (encoder) => {
          writeVarUint(encoder, UPDATE);
          writeVarUint8Array(encoder, update);
        }),
      saved: (count) => {
        for (let each = 0; each < count; each += 1) frame(SYNC_STATUS, (encoder) => writeVarUint(encoder, 1));
      },
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
    });
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

/** A WebSocket class that asks for ticks as it enters, and takes them apart. `own`: our Yjs client id. */
export const ticking = (Socket: typeof WebSocket, own: () => number): typeof WebSocket =>
  class extends Socket {
    readonly #told = new Told(own);

    constructor(address: string | URL) {
      super(address);
      // The first to listen: whoever comes later hears what was in it instead.
      this.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (!(event.data instanceof ArrayBuffer)) return;
        const frame = outside(new Uint8Array(event.data));
        if (frame?.kind !== TICK) return;
        event.stopImmediatePropagation();
        for (const { buffer } of this.#told.frames(frame.name, frame.rest)) {
          this.dispatchEvent(new MessageEvent("message", { data: buffer }));
        }
      });
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      super.send(data as ArrayBufferView<ArrayBuffer>);
      const frame = data instanceof Uint8Array ? outside(data) : undefined;
      if (frame?.kind !== AUTH) return;
      const ask = written((encoder) => {
        writeVarString(encoder, frame.name);
        writeVarUint(encoder, PACKED);
        writeVarUint(encoder, VERSION);
      });
      super.send(ask);
    }
  };
