/** What of a document is one visitor's own, whatever stands in it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import { addItem } from "../../document/edit/items.ts";
import { castBallot, setPick } from "../../document/edit/picks.ts";
import { itemsOf } from "../../document/layout.ts";
import { ownIn } from "../../document/own.ts";
import { hostileDeeds, together } from "./hostile.ts";
import { sampleTemplate } from "./sample.ts";

test("D22 what one captured and picked is known by ids, read from bytes alone", () => {
  const doc = newDocument(sampleTemplate());
  const [mine, theirs] = ["v-1", "v-2"].map((author) =>
    addItem(doc, "items", { text: "Un point", author, at: new Date().toISOString() }),
  );
  setPick(doc, "items", { open: true });
  for (const [item, visitor] of [
    [mine, "v-2"],
    [theirs, "v-1"],
  ] as const)
    castBallot(doc, { section: "items", item: item ?? "", visitor, picked: true });
  itemsOf(doc, "items").set("foreign", "words");
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  expect(ownIn(copy, "v-1")).toEqual({ items: [mine], picks: [theirs] });
  expect(ownIn(copy, "v-3")).toEqual({ items: [], picks: [] });
});

test("D1 D2 whatever stands in any root, asking for what is one's own neither throws nor writes", () => {
  fc.assert(
    fc.property(hostileDeeds, (deeds) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, together(deeds));
      const before = Y.encodeStateAsUpdate(doc);
      ownIn(doc, "v-1");
      expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    }),
    { numRuns: 50 },
  );
});
