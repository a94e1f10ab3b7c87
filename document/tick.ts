/** What a room tells one of our clients at one moment, in one frame: what was written, what is saved, who stands where; and where a client says it stands. */
import { createDecoder, hasContent, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import {
  createEncoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
  type Encoder,
} from "lib0/encoding";

/** Records of a tick. Numbers stand for people and for places from the record that introduces them on. */
const RECORD = { who: 0, gone: 1, place: 2, stands: 3 } as const;

/** Somebody, told once. */
interface Who {
  number: number;
  client: number;
  visitor: string;
  name: string;
  colour: number;
}

/** Where somebody stands, told whenever it changes. */
interface Stands {
  number: number;
  /** Numbers of places; 0: none. */
  section: number;
  place: number;
  /** Relative positions as Yjs encodes them; of a caret that marks nothing the second is empty. */
  anchor: Uint8Array;
  head: Uint8Array;
}

export interface TickReader {
  update: (update: Uint8Array) => void;
  /** So many updates of this client are on disk. */
  saved?: (count: number) => void;
  who: (who: Who) => void;
  gone: (number: number) => void;
  place: (number: number, place: string) => void;
  stands: (stands: Stands) => void;
}

const record = (write: (encoder: Encoder) => void): Uint8Array => {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
};

export const writeWho = ({ number, client, visitor, name, colour }: Who): Uint8Array =>
  record((encoder) => {
    for (const each of [RECORD.who, number, client]) writeVarUint(encoder, each);
    writeVarString(encoder, visitor);
    writeVarString(encoder, name);
    writeVarUint(encoder, colour);
  });

export const writeGone = (number: number): Uint8Array =>
  record((encoder) => {
    for (const each of [RECORD.gone, number]) writeVarUint(encoder, each);
  });

export const writePlace = (number: number, place: string): Uint8Array =>
  record((encoder) => {
    for (const each of [RECORD.place, number]) writeVarUint(encoder, each);
    writeVarString(encoder, place);
  });

export const writeStands = ({ number, section, place, anchor, head }: Stands): Uint8Array =>
  record((encoder) => {
    for (const each of [RECORD.stands, number, section, place]) writeVarUint(encoder, each);
    if (place === 0) return;
    writeVarUint8Array(encoder, anchor);
    writeVarUint8Array(encoder, head);
  });

const NOTHING = new Uint8Array();

/** How many bytes a number takes: seven of its bits in each. */
const widthOf = (number: number): number => (number < 0x80 ? 1 : 1 + widthOf(Math.floor(number / 0x80)));

/** Writes a number at `at`; gives where it ends. */
const putNumber = (bytes: Uint8Array, at: number, number: number): number => {
  if (number < 0x80) {
    bytes[at] = number;
    return at + 1;
  }
  bytes[at] = 0x80 | (number % 0x80);
  return putNumber(bytes, at + 1, Math.floor(number / 0x80));
};

/**
 * A whole tick; without an update, an empty one stands there. In one piece, without an encoder that grows: each key makes
 * two.
 */
export const writeTick = (update: Uint8Array = NOTHING, saved: number, records: Uint8Array): Uint8Array => {
  const { length } = update;
  const tick = new Uint8Array(widthOf(length) + length + widthOf(saved) + records.length);
  const from = putNumber(tick, 0, length);
  tick.set(update, from);
  tick.set(records, putNumber(tick, from + length, saved));
  return tick;
};

/** Where a client stands, as it says it itself. */
export interface Standing {
  client: number;
  /** Later than the one before. */
  clock: number;
  /** Empty: none. */
  section: string;
  /** Of the caret; empty: there is none, and no positions follow. */
  place: string;
  /** As in a tick. */
  anchor: Uint8Array;
  head: Uint8Array;
}

export const writeStanding = ({ client, clock, section, place, anchor, head }: Standing): Uint8Array =>
  record((encoder) => {
    for (const each of [client, clock]) writeVarUint(encoder, each);
    for (const each of [section, place]) writeVarString(encoder, each);
    if (place === "") return;
    writeVarUint8Array(encoder, anchor);
    writeVarUint8Array(encoder, head);
  });

/** Throws where it cannot be read. */
export const readStanding = (bytes: Uint8Array): Standing => {
  const decoder = createDecoder(bytes);
  const [client, clock] = [readVarUint(decoder), readVarUint(decoder)];
  const [section, place] = [readVarString(decoder), readVarString(decoder)];
  const position = (): Uint8Array => (place === "" ? new Uint8Array() : readVarUint8Array(decoder));
  return { client, clock, section, place, anchor: position(), head: position() };
};

/** How many updates of this client a tick tells to be on disk. Throws where it cannot be read. */
export const savedIn = (tick: Uint8Array): number => {
  const decoder = createDecoder(tick);
  readVarUint8Array(decoder);
  return readVarUint(decoder);
};

/** Reads a tick to its end, or to where it cannot be read; what is behind that comes from a newer program. */
export const readTick = (bytes: Uint8Array, reader: TickReader): void => {
  const decoder = createDecoder(bytes);
  const update = readVarUint8Array(decoder);
  if (update.length > 0) reader.update(update);
  const saved = readVarUint(decoder);
  if (saved > 0) reader.saved?.(saved);
  while (hasContent(decoder)) {
    const kind = readVarUint(decoder);
    const number = readVarUint(decoder);
    if (kind === RECORD.who) {
      const client = readVarUint(decoder);
      const [visitor, name] = [readVarString(decoder), readVarString(decoder)];
      reader.who({ number, client, visitor, name, colour: readVarUint(decoder) });
    } else if (kind === RECORD.gone) reader.gone(number);
    else if (kind === RECORD.place) reader.place(number, readVarString(decoder));
    else if (kind === RECORD.stands) {
      const [section, place] = [readVarUint(decoder), readVarUint(decoder)];
      const bytesOf = (): Uint8Array => (place === 0 ? new Uint8Array() : readVarUint8Array(decoder));
      reader.stands({ number, section, place, anchor: bytesOf(), head: bytesOf() });
    } else return;
  }
};
