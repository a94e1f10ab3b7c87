/** Things that live as groups of keys in a map: `field:<id>:label`, `phase:<id>:minutes`, `rank:<item>`, `term:<id>:meaning`. */
import type * as Y from "yjs";
import { compareOrder, type Placed } from "./order.ts";

/** One field, phase or term: its entries by key. */
export interface Definition extends Placed {
  entries: ReadonlyMap<string, unknown>;
}

/** The fields or phases of a section, or the terms of `meta`, in their order, with those that were removed. Ids may hold anything. */
export function definitionsOf(map: Y.Map<unknown>, prefix: "field" | "phase" | "term"): Definition[] {
  const found = new Map<string, Map<string, unknown>>();
  for (const [key, value] of map.entries()) {
    const end = key.lastIndexOf(":");
    if (!key.startsWith(`${prefix}:`) || end <= prefix.length) continue;
    const id = key.slice(prefix.length + 1, end);
    const entries = found.get(id) ?? new Map<string, unknown>();
    found.set(id, entries.set(key.slice(end + 1), value));
  }
  return Array.from(found, ([id, entries]) => ({ id, order: entries.get("order"), entries })).toSorted(compareOrder);
}

/** The items a ranking section ranks, best first. An empty key means: not ranked any more. */
export function rankedOf(section: Y.Map<unknown>): Placed[] {
  const ranked: Placed[] = [];
  for (const [key, order] of section.entries()) {
    if (key.startsWith("rank:") && typeof order === "string" && order !== "") ranked.push({ id: key.slice(5), order });
  }
  return ranked.toSorted(compareOrder);
}
