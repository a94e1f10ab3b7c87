/** Updates no honest client would make, byte by byte: structs and deletions exactly as told. */
import * as encoding from "lib0/encoding";

/** Client and clock. */
export type At = readonly [client: number, clock: number];

export interface ForgedStruct {
  left?: At;
  right?: At;
  /** A root's name, or the item that holds the type; only written where neither neighbour is. */
  parent?: string | At;
  key?: string;
  content: Content;
}

interface Content {
  kind: number;
  write: (encoder: encoding.Encoder) => void;
}

/** Contents by what Yjs calls them. */
export const content = {
  deleted: (length: number): Content => ({ kind: 1, write: (to) => encoding.writeVarUint(to, length) }),
  json: (...texts: string[]): Content => ({
    kind: 2,
    write: (to) => {
      encoding.writeVarUint(to, texts.length);
      for (const text of texts) encoding.writeVarString(to, text);
    },
  }),
  bytes: (bytes: Uint8Array): Content => ({ kind: 3, write: (to) => encoding.writeVarUint8Array(to, bytes) }),
  words: (words: string): Content => ({ kind: 4, write: (to) => encoding.writeVarString(to, words) }),
  /** Words as raw bytes: what no well-behaved encoder writes. */
  rawWords: (bytes: Uint8Array): Content => ({ kind: 4, write: (to) => encoding.writeVarUint8Array(to, bytes) }),
  embed: (json: string): Content => ({ kind: 5, write: (to) => encoding.writeVarString(to, json) }),
  format: (key: string, json: string): Content => ({
    kind: 6,
    write: (to) => {
      encoding.writeVarString(to, key);
      encoding.writeVarString(to, json);
    },
  }),
  type: (type: number, name = "p"): Content => ({
    kind: 7,
    write: (to) => {
      encoding.writeVarUint(to, type);
      if (type === 3 || type === 5) encoding.writeVarString(to, name);
    },
  }),
  values: (...values: unknown[]): Content => ({
    kind: 8,
    write: (to) => {
      encoding.writeVarUint(to, values.length);
      for (const value of values) encoding.writeAny(to, value as never);
    },
  }),
  /** A value as raw bytes. */
  rawValue: (bytes: Uint8Array): Content => ({
    kind: 8,
    write: (to) => {
      encoding.writeVarUint(to, 1);
      encoding.writeUint8Array(to, bytes);
    },
  }),
  document: (): Content => ({
    kind: 9,
    write: (to) => {
      encoding.writeVarString(to, "inner");
      encoding.writeAny(to, {});
    },
  }),
};

/** A collected stretch, or a skipped one. */
interface Stretch {
  stretch: "collected" | "skipped";
  length: number;
}

interface ForgedClient {
  client: number;
  clock: number;
  structs: (ForgedStruct | Stretch)[];
}

/** Writes an update of these clients and these deletions (client, clock, length). */
export const forge = (clients: readonly ForgedClient[], deletions: readonly (readonly number[])[] = []): Uint8Array => {
  const to = encoding.createEncoder();
  encoding.writeVarUint(to, clients.length);
  for (const { client, clock, structs } of clients) {
    for (const each of [structs.length, client, clock]) encoding.writeVarUint(to, each);
    for (const struct of structs) writeStruct(to, struct);
  }
  encoding.writeVarUint(to, deletions.length);
  for (const [client = 0, ...ranges] of deletions) {
    encoding.writeVarUint(to, client);
    encoding.writeVarUint(to, ranges.length / 2);
    for (const each of ranges) encoding.writeVarUint(to, each);
  }
  return encoding.toUint8Array(to);
};

/** One struct of one client. */
export const forgeOne = (at: At, struct: ForgedStruct): Uint8Array =>
  forge([{ client: at[0], clock: at[1], structs: [struct] }]);

const writeStruct = (to: encoding.Encoder, struct: ForgedStruct | Stretch): void => {
  if ("stretch" in struct) {
    encoding.writeUint8(to, struct.stretch === "collected" ? 0 : 10);
    encoding.writeVarUint(to, struct.length);
    return;
  }
  const { left, right, parent, key, content: held } = struct;
  encoding.writeUint8(to, held.kind | (left ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20));
  const refer = ([client, clock]: At): void => {
    encoding.writeVarUint(to, client);
    encoding.writeVarUint(to, clock);
  };
  if (left) refer(left);
  if (right) refer(right);
  if (!left && !right) {
    encoding.writeVarUint(to, typeof parent === "string" ? 1 : 0);
    if (typeof parent === "string") encoding.writeVarString(to, parent);
    else refer(parent ?? [0, 0]);
    if (key !== undefined) encoding.writeVarString(to, key);
  }
  held.write(to);
};
