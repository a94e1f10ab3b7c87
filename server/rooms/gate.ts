/** The gate: whether an update may go into the log at all, and what is new in it. Pure; nothing is changed here. */
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { checkDeletes } from "../../document/updates/reserved.ts";
import { checkStructure } from "../../document/updates/structure.ts";
import { inspectUpdate, leavesGap, type Range, type UpdateContents } from "../../document/updates.ts";

/** What an update brings that its room does not have yet. */
export interface Brought {
  /** The Yjs client ids under which there is something new. */
  clients: readonly number[];
  /** How many items Yjs will look at to find the places of what is new. */
  steps: number;
}

/** Two hundred thousand edits of one workshop are fewer; beyond it, a telephone no longer opens it. */
const MOST_STRUCTS = 500_000;

/** So many updates are let through between two counts: counting walks through everybody who ever wrote. */
const UNCOUNTED = 64;
/** An update with more is counted by itself. */
const FEW = 1_000;

/** Documents that were found to have room, and for how many updates they are taken to have it. */
const roomy = new WeakMap<Y.Doc, number>();

const count = (byClient: ReadonlyMap<number, readonly unknown[]>): number =>
  [...byClient.values()].reduce((sum, { length }) => sum + length, 0);

/** Throws Refusal `too-large` where a document holds as much as a telephone can open. */
const checkRoom = (document: Y.Doc, { structs, items }: UpdateContents): void => {
  const left = roomy.get(document) ?? 0;
  if (left > 0 && structs < FEW) {
    roomy.set(document, left - 1);
    return;
  }
  const found = count(document.store.clients) + count(items);
  if (found > MOST_STRUCTS) throw new Refusal("too-large", "the document is full");
  roomy.set(document, UNCOUNTED);
};

/** Whether every character of a range is deleted in the document already. */
const allDeleted = (document: Y.Doc, client: number, { clock, length }: Range): boolean => {
  const end = clock + length;
  if (end > Y.getState(document.store, client)) return false;
  const structs = document.store.clients.get(client) ?? [];
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const struct = structs[index]!;
    if (struct.id.clock >= end) break;
    if (!struct.deleted) return false;
  }
  return true;
};

/** Under which client ids there is something new in an update, and whether it deletes what stands. */
const newsIn = ({ brings, deletes }: UpdateContents, document: Y.Doc): { clients: number[]; deletes: boolean } => ({
  clients: [...brings].flatMap(([client, ranges]) => {
    const last = ranges.at(-1);
    return last && last.clock + last.length > Y.getState(document.store, client) ? [client] : [];
  }),
  deletes: [...deletes].some(([client, ranges]) => ranges.some((range) => !allDeleted(document, client, range))),
});

/** Whether `update` would change `document`, for as much work as its own bytes are. Throws Refusal `malformed-update`, `too-large`. */
export const isNews = (document: Y.Doc, update: Uint8Array): boolean => {
  const { clients, deletes } = newsIn(inspectUpdate(update), document);
  return clients.length > 0 || deletes;
};

/**
 * What `update` brings to `document`; undefined where it brings nothing, as after most reconnections.
 * Throws Refusal `malformed-update`, `too-large`, `foreign-content`, and `unsaved-gap` where it builds on, or deletes, what is not there:
 * kept aside as pending it would be sent on to everybody, stored for ever, and take somebody's next words as they arrive.
 */
export const judge = (document: Y.Doc, update: Uint8Array): Brought | undefined => {
  const contents = inspectUpdate(update);
  if (leavesGap(contents, document)) throw new Refusal("unsaved-gap");
  const { clients, deletes } = newsIn(contents, document);
  if (deletes) checkDeletes(contents, document);
  if (clients.length === 0) return deletes ? { clients, steps: 0 } : undefined;
  checkRoom(document, contents);
  return { clients, steps: checkStructure(contents, document) };
};
