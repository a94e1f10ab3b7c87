/** Twenty people at one place press Enter and Backspace: everybody ends with the same lines, and every letter once. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { breakLine, joinBackward } from "../../client/editor/commands.ts";
import { positionAt } from "../../client/editor/flat.ts";
import { writeProse } from "../../document/text/write.ts";
import { Random, seeds } from "./random.ts";
import { Relay, settle, Site } from "./site.ts";

const WORDS = "abcdefghijklmnopqrstuvwxyz";
const PEOPLE = 20;
const ROUNDS = 15;

test.each(seeds(3))("S10 twenty at the same place, Enter and Backspace (seed %i)", (seed) => {
  const random = new Random(seed);
  const doc = new Y.Doc();
  writeProse(doc.getText("prose:text"), [{ kind: "paragraph", spans: [{ text: WORDS }] }]);
  const start = Y.encodeStateAsUpdate(doc);
  const relay = new Relay();
  const sites = Array.from({ length: PEOPLE }, () => new Site(relay, start, random));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const site of sites) {
      // Before "n", wherever it stands now: at a line's start Backspace joins, elsewhere Enter splits.
      const before = site.shown().indexOf("n");
      site.caret(positionAt(site.state.doc, before));
      site.run(random.below(2) === 0 ? breakLine : joinBackward);
      if (random.below(3) === 0) site.exchange();
    }
  }
  settle(sites);
  const shown = sites.map((site) => site.shown());
  expect(new Set(shown).size).toBe(1);
  expect(shown[0]?.replaceAll("\n", "")).toBe(WORDS);
  for (const site of sites) site.close();
});
