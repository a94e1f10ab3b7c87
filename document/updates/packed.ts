/** An arranged document as one piece of bytes, as it travels to a device that has nothing of it. */
import { createDecoder, readVarInt, readVarUint } from "lib0/decoding";
import { createEncoder, length, toUint8Array, writeVarInt, writeVarUint } from "lib0/encoding";
import type { Arranged } from "./arranged.ts";

/** In the place of how far back the one before it stands, for what has none before it. */
const FIRST = 0;

/** How many structs, for each how far back in the update the one before it stands (a varInt of lib0), then the update. */
export const pack = ({ update, before }: Arranged): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, before.length);
  for (const [number, place] of before.entries()) writeVarInt(encoder, place < 0 ? FIRST : number - place);
  const bytes = new Uint8Array(length(encoder) + update.length);
  bytes.set(toUint8Array(encoder));
  bytes.set(update, length(encoder));
  return bytes;
};

/** What was packed; undefined where it cannot be. What it says is looked at where it is filled in. */
export const unpack = (bytes: Uint8Array): Arranged | undefined => {
  try {
    const decoder = createDecoder(bytes);
    const count = readVarUint(decoder);
    // Each of them takes a byte at least.
    if (count > bytes.length) return undefined;
    const before = new Int32Array(count);
    for (let number = 0; number < count; number += 1) {
      const back = readVarInt(decoder);
      before[number] = back === FIRST ? -1 : number - back;
    }
    return { update: bytes.subarray(decoder.pos), before };
  } catch {
    return undefined;
  }
};
