/** Looks into an update without applying it: whose clocks it brings, deletes and needs; refuses what cannot be used. */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { Refusal } from "./refusal.ts";
import { COLLECTED, fail, readContent, type Content } from "./updates/content.ts";

/** `length` clocks from `clock` on. */
export interface Range {
  clock: number;
  length: number;
}

/** One struct of an update, as it was sent. */
export interface Struct {
  clock: number;
  length: number;
  /** What stands to its left and to its right. */
  left?: Y.ID;
  right?: Y.ID;
  /** A root's name, or the item that holds the type; unsaid where a neighbour says it. */
  parent?: string | Y.ID;
  key?: string;
  content: Content;
}

export interface UpdateContents {
  /** By client, in order: what it brings. More than one range means that it skips some clocks. */
  brings: Map<number, Range[]>;
  /** By client: what it deletes. */
  deletes: Map<number, Range[]>;
  /** By client: the highest clock that what it brings stands next to, or in. */
  needs: Map<number, number>;
  structs: number;
  /** By client, in order: what it brings, struct by struct. */
  items: Map<number, Struct[]>;
}

export interface UpdateLimits {
  bytes: number;
  /** Structs and deleted ranges together: each costs memory, however few bytes it takes. */
  structs: number;
}

const UPDATE_LIMITS: UpdateLimits = { bytes: 1_048_576, structs: 200_000 };

/** No one types that much; a clock beyond it would make every later edit of its client be ignored. */
const LAST_CLOCK = 2 ** 31 - 1;

const GC = 0;
const SKIP = 10;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;
const CONTENT = 0x1f;

/**
 * Reads an update (version 1) in time and memory proportional to its bytes, whatever it announces.
 * @throws Refusal `too-large`, or `malformed-update` for anything that Yjs would stumble on, now or when it encodes
 * the document again.
 */
export function inspectUpdate(update: Uint8Array, limits: UpdateLimits = UPDATE_LIMITS): UpdateContents {
  if (update.length > limits.bytes) throw new Refusal("too-large", `${update.length} bytes`);
  const decoder = decoding.createDecoder(update);
  const contents: UpdateContents = {
    brings: new Map(),
    deletes: new Map(),
    needs: new Map(),
    structs: 0,
    items: new Map(),
  };
  const count = (announced: number): number => {
    contents.structs += announced;
    if (announced * 2 > update.length - decoder.pos) fail("announces more than it holds");
    if (contents.structs > limits.structs) throw new Refusal("too-large", `more than ${limits.structs} structs`);
    return announced;
  };
  try {
    readStructs(decoder, contents, count);
    readDeletes(decoder, contents, count);
    if (decoding.hasContent(decoder)) fail("goes on after its end");
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("malformed-update", "cannot be decoded", { cause: error });
  }
  return contents;
}

/** Whether applying it would leave something waiting for clocks that neither `doc` nor the update itself has. */
export function leavesGap({ brings, deletes, needs }: UpdateContents, doc: Y.Doc): boolean {
  const reached = new Map<number, number>();
  const reach = (client: number): number => reached.get(client) ?? Y.getState(doc.store, client);
  for (const [client, ranges] of brings) {
    for (const { clock, length } of ranges) {
      if (clock > reach(client)) return true;
      reached.set(client, Math.max(reach(client), clock + length));
    }
  }
  for (const [client, clock] of needs) if (clock >= reach(client)) return true;
  for (const [client, ranges] of deletes) {
    if (ranges.some(({ clock, length }) => clock + length > reach(client))) return true;
  }
  return false;
}

function readStructs(decoder: decoding.Decoder, contents: UpdateContents, count: (n: number) => number): void {
  for (let clients = count(decoding.readVarUint(decoder)); clients > 0; clients -= 1) {
    const structs = count(decoding.readVarUint(decoder));
    const client = decoding.readVarUint(decoder);
    let clock = decoding.readVarUint(decoder);
    if (contents.brings.has(client)) fail("brings a client twice");
    const ranges: Range[] = [];
    const items: Struct[] = [];
    contents.brings.set(client, ranges);
    contents.items.set(client, items);
    for (let i = 0; i < structs; i += 1) {
      const info = decoding.readUint8(decoder);
      const struct =
        info === GC || info === SKIP
          ? { clock, length: decoding.readVarUint(decoder), content: COLLECTED }
          : readItem(decoder, info, Y.createID(client, clock), contents);
      const { length } = struct;
      if (length < 1 || clock + length > LAST_CLOCK) fail("a struct without a usable length");
      if (info !== SKIP) {
        extend(ranges, clock, length);
        items.push(struct);
      }
      clock += length;
    }
  }
}

function extend(ranges: Range[], clock: number, length: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last.clock + last.length === clock) last.length += length;
  else ranges.push({ clock, length });
}

function readItem(decoder: decoding.Decoder, info: number, own: Y.ID, { needs }: UpdateContents): Struct {
  const refer = (): Y.ID => {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    if (client === own.client && clock >= own.clock) fail("stands next to what comes after it");
    needs.set(client, Math.max(needs.get(client) ?? 0, clock));
    return Y.createID(client, clock);
  };
  const left = (info & HAS_ORIGIN) === 0 ? undefined : refer();
  const right = (info & HAS_RIGHT_ORIGIN) === 0 ? undefined : refer();
  let parent: string | Y.ID | undefined;
  let key: string | undefined;
  if (left === undefined && right === undefined) {
    parent = decoding.readVarUint(decoder) === 1 ? decoding.readVarString(decoder) : refer();
    if ((info & HAS_KEY) !== 0) key = decoding.readVarString(decoder);
  }
  return { clock: own.clock, left, right, parent, key, ...readContent(decoder, info & CONTENT) };
}

function readDeletes(decoder: decoding.Decoder, { deletes }: UpdateContents, count: (n: number) => number): void {
  for (let clients = count(decoding.readVarUint(decoder)); clients > 0; clients -= 1) {
    const client = decoding.readVarUint(decoder);
    const ranges = deletes.get(client) ?? [];
    deletes.set(client, ranges);
    for (let left = count(decoding.readVarUint(decoder)); left > 0; left -= 1) {
      const clock = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      if (length < 1 || clock + length > LAST_CLOCK) fail("a deletion without a usable length");
      ranges.push({ clock, length });
    }
    if (overlaps(ranges)) fail("deletes the same twice");
  }
}

/** Whoever writes updates merges what they delete; the same long stretch told again and again would be walked each time. */
function overlaps(ranges: readonly Range[]): boolean {
  const ordered = ranges.toSorted((a, b) => a.clock - b.clock);
  return ordered.some(({ clock }, i) => {
    const before = ordered[i - 1];
    return before !== undefined && before.clock + before.length > clock;
  });
}
