/** What of a document is one visitor's own: the items they captured, and their picks. Total, as all reading is. */
import * as Y from "yjs";
import { picksOf } from "./picking.ts";
import { Roots } from "./reading/roots.ts";
import type { Own } from "./session.ts";

const PREFIX = "items:";

/** Ids of items; of what has gone meanwhile as well, which stands nowhere. */
export function ownIn(doc: Y.Doc, visitor: string): Own {
  const roots = new Roots(doc);
  const lists = [...doc.share.keys()].filter((name) => name.startsWith(PREFIX));
  const items = lists.flatMap((name) =>
    [...(roots.peek(name)?.entries() ?? [])].flatMap(([id, entry]) => (authorOf(entry) === visitor ? [id] : [])),
  );
  return { items, picks: [...picksOf(roots.peek("ballots"), visitor)] };
}

function authorOf(entry: unknown): unknown {
  return entry instanceof Y.Map ? entry.get("author") : undefined;
}
