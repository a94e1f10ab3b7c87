/** What one client sent while the disk was busy, as one update: it waits for one commit, and not for one after the other. */
import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { inspectUpdate } from "../../document/updates.ts";
import { FRAME, SYNC, type Frame } from "./frames.ts";

/** Judging more at once would hold the others up; a page sends some fifty bytes for each key. */
const MOST_BYTES = 128 * 1024;

/** The update a frame carries; undefined where it carries something else. */
const updateIn = ({ kind, rest }: Frame): Uint8Array | undefined => {
  if (kind !== FRAME.sync || rest[0] !== SYNC.update) return undefined;
  const decoder = createDecoder(rest);
  readVarUint(decoder);
  return readVarUint8Array(decoder);
};

/** The updates at the head of a queue, as many as may go together. */
export const updatesAtHead = (queue: readonly Frame[]): Uint8Array[] => {
  const updates: Uint8Array[] = [];
  let bytes = 0;
  for (const frame of queue) {
    const update = updateIn(frame);
    bytes += update?.length ?? 0;
    if (!update || bytes > MOST_BYTES) break;
    updates.push(update);
  }
  return updates;
};

/** All of them as one. Throws Refusal where that cannot be done, or one of them cannot be used. */
export const bundle = (updates: readonly Uint8Array[]): Uint8Array => {
  // Yjs makes room for whatever an update announces: what lies is to be found before it looks.
  for (const update of updates) inspectUpdate(update);
  try {
    return Y.mergeUpdates([...updates]);
  } catch (error) {
    throw new Refusal("malformed-update", "cannot be merged", { cause: error });
  }
};
