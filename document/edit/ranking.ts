/** Edits of a ranking: which items of another section matter most, and in which order. */
import type * as Y from "yjs";
import { rankedOf } from "../definitions.ts";
import { firstKeys } from "../order.ts";
import { assign, editSection, type Place, putAt } from "./transaction.ts";

/** Puts an item into the ranking, or moves it there: next to another one, else last. */
export function rank(doc: Y.Doc, section: string, item: string, place: Place = {}, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    putAt(rankedOf(entry), item, place, (each, key) => assign(entry, `rank:${each}`, key));
  });
}

/** Moves an item within the ranking. */
export function moveRank(doc: Y.Doc, section: string, item: string, place: Place, origin?: unknown): void {
  rank(doc, section, item, place, origin);
}

/** Ranks these items, best first, and no others: what the picks said, settled by somebody. */
export function confirmRanking(doc: Y.Doc, section: string, items: readonly string[], origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    const keys = firstKeys(items.length);
    const wanted = new Map(items.map((item, index) => [item, keys[index] ?? ""]));
    for (const { id } of rankedOf(entry)) if (!wanted.has(id)) assign(entry, `rank:${id}`, "");
    for (const [item, key] of wanted) assign(entry, `rank:${item}`, key);
  });
}

/** Takes an item out of the ranking. */
export function unrank(doc: Y.Doc, section: string, item: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    if (entry.has(`rank:${item}`)) assign(entry, `rank:${item}`, "");
  });
}
