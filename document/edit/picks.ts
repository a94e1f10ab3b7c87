/** The server's edits of a pick: opening and closing it, and the ballot of one visitor. */
import type * as Y from "yjs";
import type { Item, Picking } from "../../minutes/value.ts";
import { ballotsOf, itemsOf, sectionsOf } from "../layout.ts";
import { ballotKey, counted, MOST_PICKS, pickIn, PICKS, readBallots, votersOf } from "../picking.ts";
import { readItems } from "../reading/items.ts";
import { assign, edit, entryOf } from "./transaction.ts";

export interface PickChange {
  open?: boolean | undefined;
  size?: number | undefined;
  hidden?: boolean | undefined;
}

/** Why nothing was changed. */
export type NoPick = "no-section" | "not-open" | "no-item" | "none-left" | "picked-more";

/** What one visitor has picked in a section, and how many picks are left. */
export interface Hand {
  picked: string[];
  left: number;
}

/** Opens, closes or changes a pick; what is not told stays, three picks and open results where nothing was. */
export function setPick(doc: Y.Doc, section: string, change: PickChange, origin?: unknown): Picking | NoPick {
  const entry = entryOf(sectionsOf(doc), section);
  if (entry?.get("kind") !== "items" || entry.get("removed") === true) return "no-section";
  const before = pickIn(entry) ?? { size: PICKS, open: false, hidden: false };
  const ballots = readBallots(ballotsOf(doc));
  const size = Math.max(1, Math.min(MOST_PICKS, Math.trunc(change.size ?? before.size)));
  const given = new Map<string, number>();
  for (const id of itemsOf(doc, section).keys()) {
    for (const visitor of ballots.get(id) ?? []) given.set(visitor, (given.get(visitor) ?? 0) + 1);
  }
  // Nobody's ballots are taken away behind their back.
  if ([...given.values()].some((count) => count > size)) return "picked-more";
  const pick = { size, open: change.open ?? before.open, hidden: change.hidden ?? before.hidden };
  edit(doc, origin, () => {
    assign(entry, "pick", pick.open ? "open" : "closed");
    assign(entry, "pickSize", pick.size);
    assign(entry, "pickHidden", pick.hidden);
  });
  return counted(readItems(itemsOf(doc, section), new Map()).items, pick, ballots).pick;
}

/**
 * Casts or withdraws the ballot of a visitor for an item; a second time changes nothing. A visitor never holds more
 * ballots in a section than its size: who uses a pick again that a removed item gave back has withdrawn that one.
 */
export function castBallot(
  doc: Y.Doc,
  { section, item, visitor, picked }: { section: string; item: string; visitor: string; picked: boolean },
  origin?: unknown,
): Hand | NoPick {
  const entry = entryOf(sectionsOf(doc), section);
  const pick = entry?.get("removed") === true ? undefined : pickIn(entry);
  if (!pick?.open) return "not-open";
  const map = itemsOf(doc, section);
  const { items } = readItems(map, new Map());
  const wanted = items.find(({ id, merged = [] }) => id === item || merged.some((each) => each.id === item));
  if (wanted === undefined || !map.has(wanted.id)) return "no-item";
  const ballots = readBallots(ballotsOf(doc));
  const mine = items.filter((each) => votersOf(each, ballots).has(visitor));
  const has = mine.includes(wanted);
  if (picked && !has && mine.length >= pick.size) return "none-left";
  edit(doc, origin, () => {
    if (picked && !has) {
      const holds = (id: string): boolean => ballots.get(id)?.has(visitor) === true;
      // What stands nowhere any more may come back one day, when somebody goes back to an earlier moment.
      const gone = [...ballots.keys()].filter((id) => holds(id) && !standsSomewhere(doc, id));
      const spare = [...gone, ...spareBallots(map, items, holds)];
      const held = mine.length + spare.length;
      for (const id of spare.slice(0, Math.max(0, held + 1 - pick.size))) ballotsOf(doc).delete(ballotKey(id, visitor));
      ballotsOf(doc).set(ballotKey(wanted.id, visitor), 1);
    }
    if (!picked && has) {
      for (const { id } of [wanted, ...(wanted.merged ?? [])]) {
        if (ballots.get(id)?.has(visitor)) ballotsOf(doc).delete(ballotKey(id, visitor));
      }
    }
  });
  const after = picked ? [...new Set([...mine, wanted])] : mine.filter((each) => each !== wanted);
  return { picked: after.map(({ id }) => id), left: pick.size - after.length };
}

/** Whether any section has an entry of that id, hidden or not. */
const standsSomewhere = (doc: Y.Doc, item: string): boolean =>
  [...sectionsOf(doc).keys()].some((section) => doc.share.has(`items:${section}`) && itemsOf(doc, section).has(item));

/** Ballots that count for nothing now: for items that are gone, or twice for what was merged. */
function spareBallots(map: Y.Map<unknown>, items: readonly Item[], holds: (id: string) => boolean): string[] {
  const counting = new Set(
    items.flatMap(({ id, merged = [] }) => [id, ...merged.map((each) => each.id)].filter(holds).slice(0, 1)),
  );
  return [...map.keys()].filter((id) => holds(id) && !counting.has(id));
}
