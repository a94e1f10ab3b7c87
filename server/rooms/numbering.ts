/** Notices items that arrived without a number; the number is the server's to give, so that none is given twice. */
import * as Y from "yjs";
import { itemsOf } from "../../document/layout.ts";

const ITEMS = "items:";

/** Whether an item of this section waits for its number. */
const waiting = (doc: Y.Doc, root: string): boolean => {
  // The root of a document that was only ever read from bytes has no type yet; asking for the map gives it one.
  const items = itemsOf(doc, root.slice(ITEMS.length));
  return [...items.values()].some(
    (item) => item instanceof Y.Map && item.get("kind") !== "group" && typeof item.get("number") !== "number",
  );
};

/** Whether this transaction brought items that wait for a number. */
export const broughtItems = (transaction: Y.Transaction): boolean => {
  const { doc, changed } = transaction;
  const touched = [...doc.share].filter(([root, type]) => root.startsWith(ITEMS) && changed.has(type));
  return touched.some(([root]) => waiting(doc, root));
};

/** Whether any item of a document waits for its number, e.g. because the server ended before giving it. */
export const awaitsNumbers = (doc: Y.Doc): boolean =>
  [...doc.share.keys()].some((root) => root.startsWith(ITEMS) && waiting(doc, root));
