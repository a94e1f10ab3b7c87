/** What is kept of one visitor in a workshop: their entries, and what they wrote that still stands. */
import "../../document/text/internals.ts";
import { contributionsOf, type Contribution } from "../../document/contributions.ts";
import { entriesBy } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { clientsOf, visitorSince } from "../store/visitors.ts";
import { load, rebuild, type Loaded } from "./rebuild.ts";

export interface Contributions {
  /** Since when they are known; null for somebody who only reads, of whom nothing is kept. */
  since: Date | null;
  /** Every change they made, as it stands in the history: how many, how much, from when to when. */
  entries: { count: number; bytes: number; first: Date | null; last: Date | null };
  texts: Contribution[];
}

/** What those client ids wrote that still stands. Throws Refusal `unavailable` where the log holds what is no update. */
export const textsOf = (loaded: Loaded, clients: readonly number[]): Contribution[] => {
  const doc = rebuild(loaded);
  const texts = contributionsOf(doc, new Set(clients));
  doc.destroy();
  return texts;
};

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** `read` does what `textsOf` does, wherever there is time for it. Throws as `load` and `read` do. */
export const readContributions = async (
  store: Store,
  read: (loaded: Loaded, clients: readonly number[]) => Promise<Contribution[]>,
  document: string,
  visitor: string,
): Promise<Contributions> => {
  const [[since = null], clients, [entries]] = await store.read(
    visitorSince(document, visitor),
    clientsOf(document, visitor),
    entriesBy(document, visitor),
  );
  const { count = 0, bytes = 0, first = null, last = null } = entries ?? {};
  return {
    since: dateOf(since),
    entries: { count, bytes, first: dateOf(first), last: dateOf(last) },
    texts: clients.length === 0 ? [] : await read(await load(store, document), clients),
  };
};
