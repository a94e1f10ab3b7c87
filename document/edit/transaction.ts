/** What every edit is made of: one transaction, entries found without trust, a place among siblings. */
import * as Y from "yjs";
import { sectionsOf } from "../layout.ts";
import { LOCAL } from "../listen.ts";
import { capturedAt, compareOrder, place, type Placed } from "../order.ts";

/** Where to put something: next to a sibling, else at the end. */
export interface Place {
  before?: string;
  after?: string;
}

/** Makes an edit: one transaction, hence one update, attributed to `origin`. */
export function edit<T>(doc: Y.Doc, origin: unknown, change: () => T): T {
  return doc.transact(change, origin ?? LOCAL);
}

/** Makes an edit of a section's own map; nothing where the section is not there. */
export function editSection(
  doc: Y.Doc,
  section: string,
  origin: unknown,
  change: (entry: Y.Map<unknown>) => void,
): void {
  edit(doc, origin, () => {
    const entry = entryOf(sectionsOf(doc), section);
    if (entry !== undefined) change(entry);
  });
}

/** The map under `id`, unless somebody put something else there. */
export function entryOf(map: Y.Map<unknown>, id: string): Y.Map<unknown> | undefined {
  const entry = map.get(id);
  return entry instanceof Y.Map ? entry : undefined;
}

/** Sets, but only what changes: writing the same value again would be an update for nothing. */
export function assign(map: Y.Map<unknown>, key: string, value: string | number | boolean): void {
  if (map.get(key) !== value) map.set(key, value);
}

/** Hides or shows again; nothing is deleted. */
export function hide(entry: Y.Map<unknown> | undefined, removed: boolean): void {
  if (entry !== undefined && (entry.get("removed") === true) !== removed) entry.set("removed", removed);
}

/**
 * Gives `id` its key among `siblings` (sorted, possibly holding `id` itself), through `write`, which is also called
 * for a neighbour whose key cannot be worked with.
 */
export function putAt(
  siblings: readonly Placed[],
  id: string,
  { before, after }: Place,
  write: (id: string, key: string) => void,
): void {
  if (id === before || id === after) return;
  const others = siblings.filter((each) => each.id !== id);
  const next = others.findIndex((each) => each.id === before);
  const previous = others.findIndex((each) => each.id === after);
  const index = next >= 0 ? next : previous >= 0 ? previous + 1 : others.length;
  for (const [each, key] of place(id, others, index)) write(each, key);
}

/** Puts an entry of `map` at its place among the entries `kin` accepts; removed ones count, they may come back. */
export function putEntry(
  map: Y.Map<unknown>,
  id: string,
  where: Place,
  kin: (entry: Y.Map<unknown>) => boolean = () => true,
): void {
  const siblings: Placed[] = [];
  for (const [each, entry] of map.entries()) {
    if (entry instanceof Y.Map && kin(entry))
      siblings.push({ id: each, order: entry.get("order"), at: capturedAt(entry.get("number"), entry.get("at")) });
  }
  putAt(siblings.toSorted(compareOrder), id, where, (each, key) => {
    const entry = entryOf(map, each);
    if (entry !== undefined) assign(entry, "order", key);
  });
}
