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

/**
 * Everything that rebuilds `document` as it stood after entry `seq`, from the nearest good snapshot before.
 * Throws Refusal `unknown-workshop`, `unknown-moment`; `unavailable` where its log cannot be read whole up to there.
 */
export const loadPast = async (
  store: Pick<Store, "read">,
  document: string,
  seq: number,
  before = seq + 1,
): Promise<Loaded> => {
  const [[row], [snapshot]] = await store.read(documentRow(document), snapshotBefore(document, before));
  if (!row) throw new Refusal("unknown-workshop");
  if (seq < 1 || seq > row.head) throw new Refusal("unknown-moment");
  if (snapshot && !snapshot.whole) return loadPast(store, document, seq, snapshot.seq);
  const from = snapshot?.seq ?? 0;
  const [entries, [again]] = await store.read(entriesAfter(document, from, seq), documentRow(document));
  // Its past was given up between the two readings.
  if (again?.epoch !== row.epoch) throw new Refusal("unknown-moment");
  return { state: snapshot?.bytes, updates: updatesOf(entries, from + 1, seq), head: seq, epoch: row.epoch };
};

/** The same, with what its minutes depend on beside the document: its visitors as they are called now. */
export const loadMoment = async (
  store: Pick<Store, "read">,
  document: string,
  seq: number,
): Promise<{ loaded: Loaded; around: Omit<Glance, "rendering"> }> => {
  const loaded = await loadPast(store, document, seq);
  const [[workshop], visitors, [entry]] = await store.read(
    workshopRow(document),
    visitorsOf(document),
    entriesAfter(document, seq - 1, seq),
  );
  if (!workshop) throw new Refusal("unknown-workshop");
  const names = new Map(visitors.map(({ id, name }) => [id, name]));
  return { loaded, around: { document, state: workshop.state, names, changed: entry?.at ?? 0 } };
};

/** What a rendering makes of a moment. Throws Refusal `unavailable` where the log holds what is no update. */
export const pastRendered = async (loaded: Loaded, glance: Glance): Promise<Uint8Array> => {
  const { document: id, state, names, changed, rendering } = glance;
  const doc = rebuild(loaded);
  try {
    return await renderedBy({ minutes: read(doc, { id, state, names }), doc, changed: new Date(changed) }, rendering);
  } finally {
    doc.destroy();
  }
};

/** The update that makes the present say what the past said, under a client id of its own; undefined where it says so. */
export const restoring = (present: Loaded, past: Loaded, clientId: number): Uint8Array | undefined => {
  const [doc, wanted] = [rebuild(present), rebuild(past)];
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
