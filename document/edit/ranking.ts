/** Edits of a ranking: which items of another section matter most, and in which order. */
import type * as Y from "yjs";
import { rankedOf } from "../definitions.ts";
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

/** Takes an item out of the ranking. */
export function unrank(doc: Y.Doc, section: string, item: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    if (entry.has(`rank:${item}`)) assign(entry, `rank:${item}`, "");
  });
}
