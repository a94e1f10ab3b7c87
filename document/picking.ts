/** A pick as the document holds it: its state on the section, one ballot per item and visitor; total, whatever stands there. */
import type * as Y from "yjs";
import type { Item, Picking } from "../minutes/value.ts";

/** How many points each visitor picks unless told. */
export const PICKS = 3;
export const MOST_PICKS = 50;

/** Who picked which item: visitors by the id of the item. */
export type Ballots = ReadonlyMap<string, ReadonlySet<string>>;

/** The key of a ballot. Visitor ids hold no colon, ids of items may. */
export const ballotKey = (item: string, visitor: string): string => `${item}:${visitor}`;

/** Every ballot there is; whatever is none is passed over. */
export function readBallots(map: Y.Map<unknown> | undefined): Ballots {
  const ballots = new Map<string, Set<string>>();
  for (const [key, value] of map?.entries() ?? []) {
    const colon = key.lastIndexOf(":");
    if (value !== 1 || colon < 1 || colon === key.length - 1) continue;
    const item = key.slice(0, colon);
    ballots.set(item, (ballots.get(item) ?? new Set()).add(key.slice(colon + 1)));
  }
  return ballots;
}

/** Everybody who picked an item, or one that was merged into it. */
export function votersOf({ id, merged = [] }: Pick<Item, "id" | "merged">, ballots: Ballots): ReadonlySet<string> {
  const own = ballots.get(id) ?? new Set<string>();
  if (merged.length === 0) return own;
  return new Set([...own, ...merged.flatMap((each) => [...(ballots.get(each.id) ?? [])])]);
}

/** Ids of the items that one visitor picked. */
export function picksOf(map: Y.Map<unknown> | undefined, visitor: string): Set<string> {
  return new Set([...readBallots(map)].flatMap(([item, voters]) => (voters.has(visitor) ? [item] : [])));
}

/** The pick of a section, without the count of its voters; undefined where none was ever opened. */
export function pickIn(section: Y.Map<unknown> | undefined): Omit<Picking, "voters"> | undefined {
  const state = section?.get("pick");
  if (state !== "open" && state !== "closed") return undefined;
  const wanted = section?.get("pickSize");
  const fits = typeof wanted === "number" && wanted >= 1;
  return {
    size: fits ? Math.min(MOST_PICKS, Math.trunc(wanted)) : PICKS,
    open: state === "open",
    hidden: section?.get("pickHidden") === true,
  };
}

/** The same items, with what they were picked; without it while a pick keeps its results to itself. */
export function counted(
  items: readonly Item[],
  pick: Omit<Picking, "voters">,
  ballots: Ballots,
): { items: Item[]; pick: Picking } {
  const voters = new Set<string>();
  const secret = pick.open && pick.hidden;
  const tallied = items.map((item) => {
    const mine = votersOf(item, ballots);
    for (const voter of mine) voters.add(voter);
    return secret ? item : { ...item, votes: mine.size };
  });
  return { items: tallied, pick: { ...pick, voters: voters.size } };
}
