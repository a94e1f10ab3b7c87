/** A document as it is kept on a device: all of it as one update, and beside it which struct stands before which. */
import { writeVarUint } from "lib0/encoding";
import * as Y from "yjs";
import { atOnce, type Steps } from "./steps.ts";

/**
 * All of a document. Where a struct stands costs Yjs most of the time that taking an update in takes; here it is said, so
 * that it need not be found again (`filling.ts`). Whoever does not understand that part takes the update alone.
 */
export interface Arranged {
  /** As Yjs writes it (version 1). */
  update: Uint8Array;
  /** For each struct of the update, in its order, the number of the one before it in its list; -1 for none. */
  before: Int32Array;
}

type Line = readonly (Y.Item | Y.GC)[];

/** So many structs are written without a pause. */
const PORTION = 1_000;

/** In the order in which Yjs writes them. */
const linesOf = ({ store }: Y.Doc): [number, Line][] => [...store.clients].toSorted(([a], [b]) => b - a);

const writeDeletes = (encoder: Y.UpdateEncoderV1, { store }: Y.Doc): void => {
  const { clients } = Y.createDeleteSetFromStructStore(store);
  writeVarUint(encoder.restEncoder, clients.size);
  for (const [client, ranges] of [...clients].toSorted(([a], [b]) => b - a)) {
    for (const each of [client, ranges.length]) writeVarUint(encoder.restEncoder, each);
    for (const { clock, len } of ranges) for (const each of [clock, len]) writeVarUint(encoder.restEncoder, each);
  }
};

/**
 * Arranges a document, with a pause after each portion; gives undefined where something in it waits for what never came, or
 * stands behind what is none of it. It must be given up when the document changes in a pause.
 */
export function* arranging(doc: Y.Doc): Steps<Arranged | undefined> {
  const { store } = doc;
  if (store.pendingStructs !== null || store.pendingDs !== null) return undefined;
  const lines = linesOf(doc);
  /** Which number each struct has: looked for by its id, each would take a dozen others to find. */
  const numbers = new Map<object, number>();
  for (const [, line] of lines) {
    for (const struct of line) {
      numbers.set(struct, numbers.size);
      if (numbers.size % PORTION === 0) yield;
    }
  }
  const before = new Int32Array(numbers.size).fill(-1);
  const encoder = new Y.UpdateEncoderV1();
  writeVarUint(encoder.restEncoder, lines.length);
  let number = 0;
  for (const [client, line] of lines) {
    for (const each of [line.length, client, line[0]!.id.clock]) writeVarUint(encoder.restEncoder, each);
    for (const struct of line) {
      struct.write(encoder, 0);
      if (struct instanceof Y.Item && struct.left !== null) {
        const place = numbers.get(struct.left);
        if (place === undefined) return undefined;
        before[number] = place;
      }
      number += 1;
      if (number % PORTION === 0) yield;
    }
  }
  writeDeletes(encoder, doc);
  return { update: encoder.toUint8Array(), before };
}

/** The same without a pause. */
export const arrange = (doc: Y.Doc): Arranged | undefined => atOnce(arranging(doc));
