/** The log as people can look through it: versions, and between them who wrote from when to when. */
import { Refusal } from "../../document/refusal.ts";
import type { HistoryAnswer, Stretch, Version } from "../../document/history.ts";
import { MissingRow, type Statement } from "../store/driver.ts";
import { documentRow } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import {
  markRestored,
  nameOfVersion,
  nameVersion,
  stretches,
  versionsBetween,
  type StretchRow,
  type VersionRow,
} from "../store/versions.ts";
import { visitorsOf } from "../store/visitors.ts";

/** Those who write within the same ten minutes stand together: what was said at the end of a workshop is found by its time. */
const SPAN_MS = 10 * 60_000;
/** How much of a log is gathered for one page, and how many versions it has at most. */
const ENTRIES = 5_000;
const VERSIONS = 200;

const dated = (at: number): string => new Date(at).toISOString();

const versionOf = ({ visitor, at, moment, ...row }: VersionRow): Version => ({
  ...row,
  moment: dated(moment),
  at: dated(at),
  by: visitor,
});

/** The authors of one span in one stretch, who wrote most first; the server is none of them. */
const gathered = (rows: readonly StretchRow[]): (Stretch & { first: number })[] => {
  const spans = Map.groupBy(rows, ({ span }) => span);
  return [...spans.values()]
    .map((each) => ({
      seq: Math.max(...each.map(({ last }) => last)),
      first: Math.min(...each.map(({ first }) => first)),
      began: dated(Math.min(...each.map(({ began }) => began))),
      ended: dated(Math.max(...each.map(({ ended }) => ended))),
      authors: each.flatMap(({ visitor, entries }) => (visitor === null ? [] : [{ id: visitor, entries }])),
    }))
    .toSorted((a, b) => b.seq - a.seq);
};

/** What is older than entry `before`, or the newest; a page at a time. Throws Refusal `unknown-workshop`. */
export const readHistory = async (store: Store, document: string, before?: number): Promise<HistoryAnswer> => {
  const [[row], visitors] = await store.read(documentRow(document), visitorsOf(document));
  if (!row) throw new Refusal("unknown-workshop");
  const last = Math.min(row.head, (before ?? row.head + 1) - 1);
  const found = gathered((await store.read(stretches(document, last, SPAN_MS, ENTRIES)))[0]);
  const oldest = found.reduce((least, { first }) => Math.min(least, first), last + 1);
  // The last stretch of a page may be cut: it is left to the next one, unless it is all there is.
  const whole = oldest > 1 && found.length > 1 ? found.slice(0, -1) : found;
  const from = whole.reduce((least, { first }) => Math.min(least, first), last + 1);
  const [known] = await store.read(versionsBetween(document, from, last, VERSIONS));
  // More versions than a page holds: it ends above the last of them, of whose moment there may be others.
  const until = known.length === VERSIONS ? known.at(-1)!.seq + 1 : from;
  const versions = known.filter(({ seq }) => seq >= until);
  const shown = whole.filter(({ seq }) => seq >= until);
  return {
    head: row.head,
    stretches: shown.map(({ seq, began, ended, authors }) => ({ seq, began, ended, authors })),
    versions: versions.map(versionOf),
    visitors: visitors.map(({ id, name }) => ({ id, name })),
    next: until > 1 ? until : null,
  };
};

/** Gives a moment a name; without a number, the present one. Throws Refusal `unknown-moment`, `not-saving`. */
export const giveName = async (
  store: Store,
  document: string,
  { seq, visitor, name }: { seq?: number; visitor: string; name: string },
): Promise<Version> => {
  try {
    const [[version]] = await store.write(nameVersion(document, { seq: seq ?? null, at: Date.now(), visitor, name }));
    return versionOf(version!);
  } catch (error) {
    throw error instanceof MissingRow ? new Refusal("unknown-moment") : error;
  }
};

/** What marks an entry as the restoring of an earlier one, in the unit that writes it. */
export const marksOf = async (
  store: Store,
  { document, restores, ...made }: { document: string; at: number; visitor: string | null; restores: number },
): Promise<readonly Statement[]> => {
  const name = await nameOf(store, document, restores);
  return markRestored(document, { ...made, name, target: restores });
};

/** What a moment is called; "" where nobody has named it. */
export const nameOf = async (store: Store, document: string, seq: number): Promise<string> => {
  const [[name = ""]] = await store.read(nameOfVersion(document, seq));
  return name;
};
