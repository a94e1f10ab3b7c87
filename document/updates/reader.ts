/** Reads an update of our own making fast: what Yjs would make of each struct, before it has a place. */
import { createDecoder, readAny } from "lib0/decoding";
import * as Y from "yjs";
import { formatOf, unplaced } from "../text/internals.ts";
import type { Steps } from "./steps.ts";

type Struct = Y.Item | Y.GC;

interface Read {
  /** In the order of the update. */
  structs: Struct[];
  /** The same by client, deleted where the update says so. */
  lines: Map<number, Struct[]>;
}

const HAS_LEFT = 0x80;
const HAS_RIGHT = 0x40;
const HAS_KEY = 0x20;
const KIND = 0x1f;
const GONE = 0;
const SKIPPED = 10;
/** The kinds of types that our documents hold. */
const MAP = 1;
const TEXT = 2;

/** So many structs are read without a pause. */
export const PORTION = 1_000;

/** What is no document of ours; Yjs itself may know better. */
class Foreign extends Error {}

export class UpdateReader {
  readonly #bytes: Uint8Array;
  /** Each byte as one character: most words are cut from it, for decoding takes longer for each than it is worth. */
  readonly #characters: string;
  /** As Yjs does: the sign that some programs begin a text with is one of its characters. */
  readonly #words = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #at = 0;

  constructor(update: Uint8Array) {
    this.#bytes = update;
    this.#characters = new TextDecoder("latin1").decode(update);
  }

  /**
   * All of it, with a pause after each portion, if it has `count` structs; undefined where it has not, or has holes. Throws
   * where it holds what none of our documents does.
   */
  *reading(count: number): Steps<Read | undefined> {
    const structs: Struct[] = [];
    const lines: Read["lines"] = new Map();
    for (let clients = this.#number(); clients > 0; clients -= 1) {
      const length = this.#number();
      const client = this.#number();
      if (this.#number() !== 0 || lines.has(client) || structs.length + length > count) return undefined;
      const line: Struct[] = [];
      for (let clock = 0; line.length < length; clock += line.at(-1)!.length) {
        const struct = this.#struct(Y.createID(client, clock));
        line.push(struct);
        structs.push(struct);
        if (structs.length % PORTION === 0) yield;
      }
      lines.set(client, line);
    }
    yield* this.#deleting(lines);
    return structs.length === count && this.#at === this.#bytes.length ? { structs, lines } : undefined;
  }

  #struct(id: Y.ID): Struct {
    const info = this.#byte();
    const kind = info & KIND;
    if (kind === SKIPPED) throw new Foreign();
    if (kind === GONE) return new Y.GC(id, this.#number());
    const left = (info & HAS_LEFT) === 0 ? null : this.#id();
    const right = (info & HAS_RIGHT) === 0 ? null : this.#id();
    let parent: string | Y.ID | null = null;
    let key: string | null = null;
    if (left === null && right === null) {
      parent = this.#number() === 1 ? this.#string() : this.#id();
      if ((info & HAS_KEY) !== 0) key = this.#string();
    }
    const item = unplaced({ id, left, right, parent, key, content: this.#content(kind) });
    if (item.content instanceof Y.ContentDeleted) item.markDeleted();
    return item;
  }

  #content(kind: number): Y.Item["content"] {
    switch (kind) {
      case 1:
        return new Y.ContentDeleted(this.#number());
      case 4:
        return new Y.ContentString(this.#string());
      case 6:
        return formatOf(this.#string(), JSON.parse(this.#string()) as object);
      case 7: {
        const type = this.#number();
        if (type === MAP) return new Y.ContentType(new Y.Map());
        if (type === TEXT) return new Y.ContentType(new Y.Text());
        throw new Foreign();
      }
      case 8: {
        const decoder = createDecoder(this.#bytes);
        const many = this.#number();
        decoder.pos = this.#at;
        const values = Array.from({ length: many }, () => readAny(decoder) as unknown);
        this.#at = decoder.pos;
        return new Y.ContentAny(values);
      }
      default:
        throw new Foreign();
    }
  }

  /** Marks what the update deletes. */
  *#deleting(lines: Read["lines"]): Steps<void> {
    let gone = 0;
    for (let clients = this.#number(); clients > 0; clients -= 1) {
      const line = lines.get(this.#number());
      if (!line) throw new Foreign();
      for (let ranges = this.#number(); ranges > 0; ranges -= 1) {
        const clock = this.#number();
        const end = clock + this.#number();
        for (let index = Y.findIndexSS(line, clock); index < line.length && line[index]!.id.clock < end; index += 1) {
          const struct = line[index]!;
          if (struct instanceof Y.Item) struct.markDeleted();
          gone += 1;
          if (gone % PORTION === 0) yield;
        }
      }
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Foreign();
    this.#at += 1;
    return byte;
  }

  #number(): number {
    let byte = this.#byte();
    if (byte < 0x80) return byte;
    let number = byte & 0x7f;
    for (let by = 0x80; ; by *= 0x80) {
      byte = this.#byte();
      number += (byte & 0x7f) * by;
      if (byte < 0x80) return number;
    }
  }

  #id(): Y.ID {
    const client = this.#number();
    return Y.createID(client, this.#number());
  }

  #string(): string {
    const length = this.#number();
    const from = this.#at;
    const to = from + length;
    if (to > this.#bytes.length) throw new Foreign();
    this.#at = to;
    for (let at = from; at < to; at += 1) {
      if (this.#bytes[at]! >= 0x80) return this.#words.decode(this.#bytes.subarray(from, to));
    }
    return this.#characters.slice(from, to);
  }
}
