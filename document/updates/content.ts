/** Reads the content of one struct of an update, refusing what Yjs could not read, keep or encode again. */
import * as decoding from "lib0/decoding";
import { Refusal } from "../refusal.ts";

/** What a struct puts into the document, as far as its place in the layout depends on it. */
export type Content =
  /** Collected with the type it stood in: it says nothing, not even where it stood. */
  | { is: "collected" }
  /** Deleted; its clocks stay. */
  | { is: "deleted" }
  | { is: "words"; words: string }
  | { is: "format"; key: string; value: unknown }
  | { is: "type"; type: number }
  /** Strings, numbers, booleans and nothing; FOREIGN_VALUE for any other. */
  | { is: "values"; values: readonly unknown[] }
  /** Embeds, bytes, documents, and values of a form that Yjs 13 no longer writes. */
  | { is: "foreign" };

export interface Held {
  /** How many clocks it takes. */
  length: number;
  content: Content;
}

/** Stands for a value that is no scalar. */
export const FOREIGN_VALUE = Symbol("foreign");

export const COLLECTED: Content = { is: "collected" };
const DELETED: Content = { is: "deleted" };
const FOREIGN: Content = { is: "foreign" };

/** Deeper values overflow the stack of whoever reads them recursively, as Yjs and JSON.stringify do. */
const DEEPEST = 32;

export function fail(detail: string): never {
  throw new Refusal("malformed-update", detail);
}

/** Reads the content that follows. */
export function readContent(decoder: decoding.Decoder, kind: number): Held {
  switch (kind) {
    case 1:
      return { length: decoding.readVarUint(decoder), content: DELETED };
    case 2: {
      // JSON, one text per value
      const length = announced(decoder);
      for (let i = 0; i < length; i += 1) {
        const text = decoding.readVarString(decoder);
        if (text !== "undefined") parseJson(text);
      }
      return { length, content: FOREIGN };
    }
    case 3: // bytes
      decoding.readVarUint8Array(decoder);
      return { length: 1, content: FOREIGN };
    case 4: {
      const words = decoding.readVarString(decoder);
      return { length: words.length, content: { is: "words", words } };
    }
    case 5: // embed
      parseJson(decoding.readVarString(decoder));
      return { length: 1, content: FOREIGN };
    case 6: {
      const key = decoding.readVarString(decoder);
      return { length: 1, content: { is: "format", key, value: parseJson(decoding.readVarString(decoder)) } };
    }
    case 7: {
      const type = decoding.readVarUint(decoder);
      if (type > 6) fail("a type nobody knows");
      // An element and a hook carry their name.
      if (type === 3 || type === 5) decoding.readVarString(decoder);
      return { length: 1, content: { is: "type", type } };
    }
    case 8: {
      const length = announced(decoder);
      const values: unknown[] = [];
      for (let i = 0; i < length; i += 1) values.push(readAny(decoder, 0));
      return { length, content: { is: "values", values } };
    }
    case 9:
      // A document within: its options must be an object for Yjs to make one.
      decoding.readVarString(decoder);
      if (decoder.arr[decoder.pos] !== 118) fail("a document without options");
      readAny(decoder, 0);
      return { length: 1, content: FOREIGN };
    default:
      return fail("content of a kind nobody knows");
  }
}

function announced(decoder: decoding.Decoder): number {
  const length = decoding.readVarUint(decoder);
  if (length > decoder.arr.length - decoder.pos) fail("announces more than it holds");
  return length;
}

/** A value as lib0 writes it: one byte for its type, then what the type needs. Only scalars are given back. */
function readAny(decoder: decoding.Decoder, depth: number): unknown {
  if (depth > DEEPEST) fail("a value nested too deep");
  switch (decoding.readUint8(decoder)) {
    case 120:
      return true;
    case 121:
      return false;
    case 126:
      return null;
    case 127:
      return undefined;
    case 125:
      return decoding.readVarInt(decoder);
    case 124:
      return decoding.readFloat32(decoder);
    case 123:
      return decoding.readFloat64(decoder);
    case 122: // bigint
      decoding.readUint8Array(decoder, 8);
      return FOREIGN_VALUE;
    case 119:
      return decoding.readVarString(decoder);
    case 118:
      for (let left = announced(decoder); left > 0; left -= 1) {
        // lib0 assigns by key: this one would choose the prototype of the value.
        if (decoding.readVarString(decoder) === "__proto__") fail("a value with a prototype of its own");
        readAny(decoder, depth + 1);
      }
      return FOREIGN_VALUE;
    case 117:
      for (let left = announced(decoder); left > 0; left -= 1) readAny(decoder, depth + 1);
      return FOREIGN_VALUE;
    case 116:
      decoding.readVarUint8Array(decoder);
      return FOREIGN_VALUE;
    default:
      return fail("a value nobody can read");
  }
}

/** What JSON.parse makes of it, unless it goes too deep. */
function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) fail("a value nested too deep");
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return value;
}
