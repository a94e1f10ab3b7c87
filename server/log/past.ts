/** A document as it stood after one of its entries: read, rendered, or gone back to; never the live one. */
import * as Y from "yjs";
import "../../document/text/internals.ts";
import { read } from "../../document/read.ts";
import { Refusal } from "../../document/refusal.ts";
import { restore } from "../../document/restore.ts";
import { documentRow, entriesAfter, snapshotBefore } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { visitorsOf } from "../store/visitors.ts";
import { workshopRow } from "../store/workshops.ts";
import { renderedBy, type Ask } from "./desk.ts";
import { rebuild, updatesOf, type Loaded } from "./rebuild.ts";

/** What a moment is read with. */
export type Glance = Pick<Ask, "document" | "state" | "names" | "changed"> & Required<Pick<Ask, "rendering">>;

/** What rebuilds a document of the past: as `Loaded`, its updates in packs. */
export interface Past extends Omit<Loaded, "updates"> {
  packs: Pack[];
}

/** Many updates as one piece of memory: a hundred thousand of them, one by one, would take long to hand to another thread. */
interface Pack {
  bytes: Uint8Array;
  lengths: Uint32Array;
}

/** So many entries are read in one go: nobody notices that theirs wait for as long. */
const SLICE = 1_000;

const packed = (updates: readonly Uint8Array[]): Pack => ({
  bytes: new Uint8Array(Buffer.concat(updates)),
  lengths: Uint32Array.from(updates, ({ length }) => length),
});

const unpacked = ({ packs, ...past }: Past): Loaded => ({
  ...past,
  updates: packs.flatMap(({ bytes, lengths }) => {
    let end = 0;
    return Array.from(lengths, (length) => bytes.subarray(end, (end += length)));
  }),
});

/** How many bytes of updates it is made of. */
export const sizeOfPast = ({ state, packs }: Past): number =>
  packs.reduce((sum, { bytes }) => sum + bytes.length, state?.length ?? 0);

/**
 * Everything that rebuilds `document` as it stood after entry `seq`, from the nearest good snapshot before.
 * Throws Refusal `unknown-workshop`, `unknown-moment`; `unavailable` where its log cannot be read whole up to there.
 */
export const loadPast = async (
  store: Pick<Store, "read">,
  document: string,
  seq: number,
  before = seq + 1,
): Promise<Past> => {
  const [[row], [snapshot]] = await store.read(documentRow(document), snapshotBefore(document, before));
  if (!row) throw new Refusal("unknown-workshop");
  if (seq < 1 || seq > row.head) throw new Refusal("unknown-moment");
  if (snapshot && !snapshot.whole) return loadPast(store, document, seq, snapshot.seq);
  const packs: Pack[] = [];
  for (let from = snapshot?.seq ?? 0; from < seq; from += SLICE) {
    const to = Math.min(seq, from + SLICE);
    // One after the other: whatever else the readers of the disk are asked comes in between.
    // oxlint-disable-next-line no-await-in-loop
    const [entries, [now]] = await store.read(entriesAfter(document, from, to), documentRow(document));
    // Its past was given up meanwhile.
    if (now?.epoch !== row.epoch) throw new Refusal("unknown-moment");
    packs.push(packed(updatesOf(entries, from + 1, to)));
  }
  return { state: snapshot?.bytes, packs, head: seq, epoch: row.epoch };
};

/** The same, with what its minutes depend on beside the document: its visitors as they are called now. */
export const loadMoment = async (
  store: Pick<Store, "read">,
  document: string,
  seq: number,
): Promise<{ past: Past; around: Omit<Glance, "rendering"> }> => {
  const past = await loadPast(store, document, seq);
  const [[workshop], visitors, [entry]] = await store.read(
    workshopRow(document),
    visitorsOf(document),
    entriesAfter(document, seq - 1, seq),
  );
  if (!workshop) throw new Refusal("unknown-workshop");
  const names = new Map(visitors.map(({ id, name }) => [id, name]));
  return { past, around: { document, state: workshop.state, names, changed: entry?.at ?? 0 } };
};

/** What a rendering makes of a moment. Throws Refusal `unavailable` where the log holds what is no update. */
export const pastRendered = async (past: Past, glance: Glance): Promise<Uint8Array> => {
  const { document: id, state, names, changed, rendering } = glance;
  const doc = rebuild(unpacked(past));
  try {
    return await renderedBy({ minutes: read(doc, { id, state, names }), doc, changed: new Date(changed) }, rendering);
  } finally {
    doc.destroy();
  }
};

/** The update that makes the present say what the past said, under a client id of its own; undefined where it says so. */
export const restoring = (present: Loaded | Past, past: Past, clientId: number): Uint8Array | undefined => {
  const [doc, wanted] = ["packs" in present ? unpacked(present) : present, unpacked(past)].map(rebuild) as [
    Y.Doc,
    Y.Doc,
  ];
  const updates: Uint8Array[] = [];
  doc.clientID = clientId;
  doc.on("update", (update: Uint8Array) => updates.push(update));
  try {
    restore(doc, wanted);
    return updates.length > 1 ? Y.mergeUpdates(updates) : updates[0];
  } finally {
    doc.destroy();
    wanted.destroy();
  }
};
