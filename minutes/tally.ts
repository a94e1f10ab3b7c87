/** Ballots counted: which items were picked most, who ties with whom, and what falls below the line. */
import type { Item, RankedItem } from "./value.ts";

/** An item as a ranking shows it. */
export const rankedItem = ({ id, number, text, body, votes }: Item): RankedItem => ({
  id,
  number,
  text,
  body,
  ...(votes === undefined ? {} : { votes }),
});

/** What anybody picked, most picked first, with their places: whoever is picked as often shares one (1, 2, 2, 4). */
export function placed(items: readonly Item[]): (RankedItem & { place: number })[] {
  const picked = items
    .filter(({ votes = 0 }) => votes > 0)
    .toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0) || a.number - b.number);
  return picked.map((item) => ({
    ...rankedItem(item),
    place: 1 + picked.findIndex(({ votes }) => votes === item.votes),
  }));
}

/**
 * The ranking that the picks make by themselves. Nothing is decided by chance: whoever ties for the last slot stands
 * above the line too, until somebody settles it.
 */
export function rankByVotes(
  items: readonly Item[],
  size: number,
): { ranked: (RankedItem & { place: number })[]; overflow: (RankedItem & { place: number })[] } {
  const all = placed(items);
  return { ranked: all.filter(({ place }) => place <= size), overflow: all.filter(({ place }) => place > size) };
}

/** Ids of those among `items` that somebody picked, themselves or one that was merged into them; `picks`: ids as they were picked. */
export function pickedOf(items: readonly Item[], picks: ReadonlySet<string>): Set<string> {
  const isPicked = ({ id, merged = [] }: Item): boolean => picks.has(id) || merged.some((each) => picks.has(each.id));
  return new Set(items.filter(isPicked).map(({ id }) => id));
}

/** Whether others share the place of `item` among `all`. */
export function isTied({ place }: RankedItem, all: readonly RankedItem[]): boolean {
  return place !== undefined && all.filter((each) => each.place === place).length > 1;
}
