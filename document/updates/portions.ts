/** A large update in portions: taken in one after the other they make the same document, and none of them takes long. */
import { createEncoder, toUint8Array, writeVarUint } from "lib0/encoding";
import * as Y from "yjs";

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];
type Deletes = ReturnType<typeof Y.decodeUpdate>["ds"];

/** So many structs, or deleted ranges, are taken in within some ten milliseconds. */
const MOST = 3_000;

/** One client's structs, of which those before `next` stand in a portion already. */
interface Line {
  structs: Struct[];
  first: number;
  next: number;
}

/** Of an item, what has to be there before it is: its neighbours, or else what it stands in. */
const needsOf = (struct: Struct): Y.ID[] => {
  if (!(struct instanceof Y.Item)) return [];
  const { origin, rightOrigin, parent } = struct;
  return [origin, rightOrigin, parent instanceof Y.ID ? parent : null].filter((each) => each !== null);
};

/** Whoever is to be taken further before this struct can stand; undefined where nobody of this update is. */
const waitsFor = (struct: Struct, lines: ReadonlyMap<number, Line>): Line | undefined => {
  for (const { client, clock } of needsOf(struct)) {
    const line = client === struct.id.client ? undefined : lines.get(client);
    const next = line?.structs[line.next];
    if (line && next && clock >= next.id.clock) return line;
  }
  return undefined;
};

const linesOf = (structs: readonly Struct[]): Map<number, Line> => {
  const lines = new Map<number, Line>();
  for (const struct of structs) {
    const line = lines.get(struct.id.client) ?? { structs: [], first: 0, next: 0 };
    line.structs.push(struct);
    lines.set(struct.id.client, line);
  }
  return lines;
};

/** What stands for no structs, and for no deletes. */
const NONE = 0;

/** What each line has taken on since the last portion. */
const writeStructs = (lines: Iterable<Line>): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1();
  const written = [...lines].filter(({ first, next }) => next > first);
  writeVarUint(encoder.restEncoder, written.length);
  for (const line of written) {
    const structs = line.structs.slice(line.first, line.next);
    writeVarUint(encoder.restEncoder, structs.length);
    encoder.writeClient(structs[0]!.id.client);
    writeVarUint(encoder.restEncoder, structs[0]!.id.clock);
    for (const struct of structs) struct.write(encoder, 0);
    line.first = line.next;
  }
  writeVarUint(encoder.restEncoder, NONE);
  return encoder.toUint8Array();
};

/** Some ranges that one client's structs are deleted in, as an update that brings nothing else. */
const writeDeletes = (client: number, ranges: readonly { clock: number; len: number }[]): Uint8Array => {
  const encoder = createEncoder();
  for (const each of [NONE, 1, client, ranges.length]) writeVarUint(encoder, each);
  for (const { clock, len } of ranges) {
    writeVarUint(encoder, clock);
    writeVarUint(encoder, len);
  }
  return toUint8Array(encoder);
};

const deletesIn = ({ clients }: Deletes, most: number): Uint8Array[] =>
  [...clients].flatMap(([client, ranges]) =>
    Array.from({ length: Math.ceil(ranges.length / most) }, (_, portion) =>
      writeDeletes(client, ranges.slice(portion * most, (portion + 1) * most)),
    ),
  );

/**
 * The lines, each to be taken one struct further, in an order in which nothing comes before what it needs. Ends early where
 * there is none.
 */
function* inOrder(lines: ReadonlyMap<number, Line>): Generator<Line> {
  for (const start of lines.values()) {
    const waiting = [start];
    for (let line = waiting.at(-1); line; line = waiting.at(-1)) {
      const behind = waiting.at(-2)?.structs[waiting.at(-2)!.next];
      const struct = line.structs[line.next];
      // No further than whoever waits for it needs: it may need them in turn.
      if (!struct || (behind && waitsFor(behind, lines) !== line)) {
        waiting.pop();
        continue;
      }
      const before = waitsFor(struct, lines);
      if (before && waiting.includes(before)) return;
      if (before) waiting.push(before);
      else {
        line.next += 1;
        yield line;
      }
    }
  }
}

/**
 * Cuts an update (version 1) into portions of at most `most` structs. Each of them builds on those before it and on nothing
 * that comes later, so that nothing ever waits as pending. What has holes, or builds on itself, stays in one piece.
 * Throws what Yjs throws where it is none.
 */
export const portionsOf = (update: Uint8Array, most = MOST): Uint8Array[] => {
  const { structs, ds } = Y.decodeUpdate(update);
  if (structs.length <= most && [...ds.clients.values()].every(({ length }) => length <= most)) return [update];
  if (structs.some((struct) => struct instanceof Y.Skip)) return [update];
  const lines = linesOf(structs);
  const portions: Uint8Array[] = [];
  let taken = 0;
  for (const _line of inOrder(lines)) {
    taken += 1;
    if (taken % most === 0) portions.push(writeStructs(lines.values()));
  }
  if (taken < structs.length) return [update];
  if (taken % most > 0) portions.push(writeStructs(lines.values()));
  return [...portions, ...deletesIn(ds, most)];
};
