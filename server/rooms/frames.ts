/** The outside of a Hocuspocus frame: the name of the document it is addressed to, then its kind. */
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import { createEncoder, toUint8Array, writeUint8Array, writeVarString, writeVarUint } from "lib0/encoding";

/** The kinds of frames, as numbered by the Hocuspocus protocol. */
export const FRAME = {
  sync: 0,
  presence: 1,
  auth: 2,
  queryPresence: 3,
  syncReply: 4,
  stateless: 5,
  close: 7,
  syncStatus: 8,
  ping: 9,
  pong: 10,
  /** Ours: a client says that it reads ticks instead of separate frames, in version 1. */
  packed: 40,
  /** Ours: a tick (`document/tick.ts`). */
  tick: 41,
  /** Ours: where a client stands. */
  stands: 42,
  /** Ours: what a sync frame with an update says, and behind it where its author stands. */
  writes: 43,
} as const;

/** Inside an auth frame. */
const AUTH = { token: 0, denied: 1, authenticated: 2 } as const;

/** Inside a sync frame, as numbered by y-protocols. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

export interface Frame {
  /** The document, without the session some clients append to it. */
  name: string;
  /** As it was sent, which is how it is answered. */
  address: string;
  kind: number;
  /** What follows the kind. */
  rest: Uint8Array;
}

/** Reads the outside of a frame; undefined where there is none to read. */
export const readFrame = (bytes: Uint8Array): Frame | undefined => {
  try {
    const decoder = createDecoder(bytes);
    const address = readVarString(decoder);
    const end = address.indexOf("\0");
    const kind = readVarUint(decoder);
    return { name: end < 0 ? address : address.slice(0, end), address, kind, rest: bytes.subarray(decoder.pos) };
  } catch {
    return undefined;
  }
};

/**
 * Whether what a client sent is all there, and of a kind clients send. Lengths are looked at here because what reads
 * them later trusts them.
 */
export const isWhole = ({ kind, rest }: Frame): boolean => {
  switch (kind) {
    case FRAME.sync:
    case FRAME.syncReply:
      return rest[0] !== undefined && rest[0] <= SYNC.update && isFilled(rest, 1);
    case FRAME.presence:
      return isFilled(rest, 0);
    case FRAME.auth:
      return rest[0] !== undefined && rest[0] <= AUTH.authenticated && isFilled(rest, 1);
    case FRAME.stateless:
      return isFilled(rest, 0);
    // A client that leaves a document says no more than that; the server, which says why, is no client.
    case FRAME.close:
      return true;
    case FRAME.packed:
      return rest.length === 1;
    case FRAME.stands:
      return rest.length > 0;
    case FRAME.writes:
      return rest[0] === SYNC.update && isFilled(rest, 1);
    default:
      return kind === FRAME.queryPresence || (kind >= FRAME.syncStatus && kind <= FRAME.pong);
  }
};

/** A frame as what it stands for: words and where their author stands are two things. */
export const apart = (frame: Frame): readonly Frame[] => {
  if (frame.kind !== FRAME.writes) return [frame];
  const decoder = createDecoder(frame.rest);
  decoder.pos = 1;
  const end = readVarUint(decoder) + decoder.pos;
  return [
    { ...frame, kind: FRAME.sync, rest: frame.rest.subarray(0, end) },
    { ...frame, kind: FRAME.stands, rest: frame.rest.subarray(end) },
  ];
};

/** Whether as many bytes follow as the number at `at` says, at least. */
const isFilled = (rest: Uint8Array, at: number): boolean => {
  try {
    const decoder = createDecoder(rest);
    decoder.pos = at;
    const length = readVarUint(decoder);
    return length <= rest.length - decoder.pos;
  } catch {
    return false;
  }
};

/** Numbers below it take one byte, and so do the letters below it. */
const ONE_BYTE = 0x80;

/** The same in one piece, without an encoder that grows: each key makes several. Undefined where something takes more than a byte. */
const writeShort = (name: string, kind: number, rest: Uint8Array): Uint8Array | undefined => {
  const { length } = name;
  if (length >= ONE_BYTE || kind >= ONE_BYTE) return undefined;
  const frame = new Uint8Array(length + 2 + rest.length);
  frame[0] = length;
  for (let at = 0; at < length; at += 1) {
    const letter = name.charCodeAt(at);
    if (letter >= ONE_BYTE) return undefined;
    frame[at + 1] = letter;
  }
  frame[length + 1] = kind;
  frame.set(rest, length + 2);
  return frame;
};

/** A frame of a kind for a document; `rest` is taken as it is. */
export const writeFrame = (name: string, kind: number, rest: Uint8Array): Uint8Array => {
  const short = writeShort(name, kind, rest);
  if (short) return short;
  const encoder = createEncoder();
  writeVarString(encoder, name);
  writeVarUint(encoder, kind);
  writeUint8Array(encoder, rest);
  return toUint8Array(encoder);
};

/** The frame by which a client shows its session token or its link's secret. */
export const writeToken = (name: string, token: string): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, AUTH.token);
  writeVarString(encoder, token);
  return writeFrame(name, FRAME.auth, toUint8Array(encoder));
};

/** The reason inside an auth frame that denies entry; undefined for every other auth frame. */
export const readDenial = (rest: Uint8Array): string | undefined => {
  try {
    const decoder = createDecoder(rest);
    return readVarUint(decoder) === AUTH.denied ? readVarString(decoder) : undefined;
  } catch {
    return undefined;
  }
};
