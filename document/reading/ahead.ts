/** Reads the texts of a document one after the other, so that reading all of it takes no time afterwards. */
import * as Y from "yjs";
import { readOnce } from "../text/remembered.ts";

/** Pauses after each text of a remembered document. What comes to stand in it meanwhile may be left out. */
export function* readingAhead(doc: Y.Doc): Generator<undefined, void> {
  for (const [name, root] of doc.share) {
    if (root instanceof Y.Text) readOnce(root);
    yield;
    if (!(root instanceof Y.Map) || !name.startsWith("items:")) continue;
    for (const item of root.values()) {
      const text: unknown = item instanceof Y.Map ? item.get("text") : undefined;
      if (text instanceof Y.Text) readOnce(text);
      yield;
    }
  }
}
