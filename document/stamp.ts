/** The server's own edit: numbers, and places, for items that were captured without. */
import * as Y from "yjs";
import { edit, entryOf } from "./edit/transaction.ts";
import { itemsOf } from "./layout.ts";
import { numbersOf } from "./numbering.ts";
import { isKey, keysBehind } from "./order.ts";

/**
 * Writes the number that `read` shows onto items that carry none, in the order of their capture, after the highest; and
 * gives those a place behind all others that have none, so that whoever captures at once stands in the order of the
 * numbers. Only the server calls it: two clients would give the same. @returns whether anything was written.
 */
export function stampNumbers(doc: Y.Doc, origin?: unknown): boolean {
  const sections = [...doc.share.keys()].filter((root) => root.startsWith("items:")).map((root) => root.slice(6));
  return edit(doc, origin, () => {
    let stamped = false;
    for (const section of sections) {
      const items = itemsOf(doc, section);
      const fresh: Y.Map<unknown>[] = [];
      for (const [id, number] of [...numbersOf(items)].toSorted((a, b) => a[1] - b[1])) {
        const entry = entryOf(items, id);
        if (entry === undefined || entry.get("number") === number) continue;
        entry.set("number", number);
        fresh.push(entry);
      }
      const placeless = fresh.filter((entry) => !isKey(entry.get("order")));
      const keys = keysBehind(placesIn(items), placeless.length);
      for (const [index, entry] of placeless.entries()) entry.set("order", keys[index]);
      stamped ||= fresh.length > 0;
    }
    return stamped;
  });
}

/** The places of a section's items, and of nothing else: groups have an order of their own. */
function placesIn(items: Y.Map<unknown>): unknown[] {
  return [...items.values()].flatMap((entry) =>
    entry instanceof Y.Map && entry.get("kind") !== "group" ? [entry.get("order")] : [],
  );
}
