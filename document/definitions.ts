/** Things that live as groups of keys in a section's own map: `field:<id>:label`, `phase:<id>:minutes`, `rank:<item>`. */
import type * as Y from "yjs";
import { compareOrder, type Placed } from "./order.ts";

/** One field or phase: its entries by key. */
export interface Definition extends Placed {
  entries: ReadonlyMap<string, unknown>;
}

/** The fields or phases of a section in their order, with those that were removed. Ids may hold anything. */
export function definitionsOf(section: Y.Map<unknown>, prefix: "field" | "phase"): Definition[] {
  const found = new Map<string, Map<string, unknown>>();
  for (const [key, value] of section.entries()) {
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
