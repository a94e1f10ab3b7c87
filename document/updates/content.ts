/** Steps over the content of one struct of an update, refusing what Yjs could not read, keep or encode again. */
import * as decoding from "lib0/decoding";
import { Refusal } from "../refusal.ts";

/** Deeper values overflow the stack of whoever reads them recursively, as Yjs and JSON.stringify do. */
const DEEPEST = 32;

export function fail(detail: string): never {
  throw new Refusal("malformed-update", detail);
}

/** Moves past the content that follows. @returns how many clocks it takes. */
export function skipContent(decoder: decoding.Decoder, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return decoding.readVarUint(decoder);
    case 2: // JSON, one text per value
      return repeat(decoder, () => {
        const text = decoding.readVarString(decoder);
        if (text !== "undefined") checkJson(text);
      });
    case 3: // bytes
      decoding.readVarUint8Array(decoder);
      return 1;
    case 4: // words
      return decoding.readVarString(decoder).length;
    case 5: // embed
      checkJson(decoding.readVarString(decoder));
      return 1;
    case 6: // format
      decoding.readVarString(decoder);
      checkJson(decoding.readVarString(decoder));
      return 1;
    case 7: {
      const type = decoding.readVarUint(decoder);
      if (type > 6) fail("a type nobody knows");
      // An element and a hook carry their name.
      if (type === 3 || type === 5) decoding.readVarString(decoder);
      return 1;
    }
    case 8: // values
      return repeat(decoder, () => skipAny(decoder, 0));
    case 9: {
      // A document within: its options must be an object for Yjs to make one.
      decoding.readVarString(decoder);
      if (decoder.arr[decoder.pos] !== 118) fail("a document without options");
      skipAny(decoder, 0);
      return 1;
    }
    default:
      return fail("content of a kind nobody knows");
  }
}

function repeat(decoder: decoding.Decoder, skip: () => void): number {
  const length = decoding.readVarUint(decoder);
  if (length > decoder.arr.length - decoder.pos) fail("announces more than it holds");
  for (let i = 0; i < length; i += 1) skip();
  return length;
}

/** A value as lib0 writes it: one byte for its type, then what the type needs. */
function skipAny(decoder: decoding.Decoder, depth: number): void {
  if (depth > DEEPEST) fail("a value nested too deep");
  switch (decoding.readUint8(decoder)) {
    case 120: // true
    case 121: // false
    case 126: // null
    case 127: // undefined
      return;
    case 125:
      decoding.readVarInt(decoder);
      return;
    case 124: // float of 4 bytes
      decoding.readUint8Array(decoder, 4);
      return;
    case 123: // float of 8 bytes
    case 122: // bigint
      decoding.readUint8Array(decoder, 8);
      return;
    case 119:
      decoding.readVarString(decoder);
      return;
    case 118:
      repeat(decoder, () => {
        // lib0 assigns by key: this one would choose the prototype of the value.
        if (decoding.readVarString(decoder) === "__proto__") fail("a value with a prototype of its own");
        skipAny(decoder, depth + 1);
      });
      return;
    case 117:
      repeat(decoder, () => skipAny(decoder, depth + 1));
      return;
    case 116:
      decoding.readVarUint8Array(decoder);
      return;
    default:
      fail("a value nobody can read");
  }
}

/** Texts and brackets only: whether JSON.parse takes it, and how deep it goes. */
function checkJson(text: string): void {
  let level: unknown[] = [JSON.parse(text)];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) fail("a value nested too deep");
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
}
