/** The server's own edit: numbers for items that were captured without one. */
import type * as Y from "yjs";
import { edit, entryOf } from "./edit/transaction.ts";
import { itemsOf } from "./layout.ts";
import { numbersOf } from "./numbering.ts";

/**
 * Writes the number that `read` shows onto items that carry none, in the order of their capture, after the highest.
 * Only the server calls it: two clients would give the same number. @returns whether anything was written.
 */
export function stampNumbers(doc: Y.Doc, origin?: unknown): boolean {
  const sections = [...doc.share.keys()].filter((root) => root.startsWith("items:")).map((root) => root.slice(6));
  return edit(doc, origin, () => {
    let stamped = false;
    for (const section of sections) {
      const items = itemsOf(doc, section);
      for (const [id, number] of numbersOf(items)) {
        const entry = entryOf(items, id);
        if (entry === undefined || entry.get("number") === number) continue;
        entry.set("number", number);
        stamped = true;
      }
    }
    return stamped;
  });
}
