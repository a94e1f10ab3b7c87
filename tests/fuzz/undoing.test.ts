/** S06: four people undo and redo in any order: never another's characters, and never the workshop they began with. */
import { afterAll, expect, test } from "vitest";
import * as Y from "yjs";
import { createUndo } from "../../client/editor/undo.ts";
import { create } from "../../document/create.ts";
import { setField } from "../../document/edit/fields.ts";
import { addGroup, addItem, moveItem, removeItem } from "../../document/edit/items.ts";
import { addPerson } from "../../document/edit/people.ts";
import { renameSection, removeSection } from "../../document/edit/sections.ts";
import { setTitle } from "../../document/edit/title.ts";
import { itemsOf, sectionsOf } from "../../document/layout.ts";
import { read } from "../../document/read.ts";
import { sampleTemplate } from "../document/sample.ts";
import { Alphabet, MIXES } from "./moves.ts";
import { startUpdate } from "./preservation.ts";
import { Random, seeds } from "./random.ts";
import { Relay, settle, Site } from "./site.ts";

const PEOPLE = 4;
const mix = MIXES.findLast(({ undoes }) => !undoes)!;
const letters = (words: string): string[] => Array.from(words.replaceAll("\n", ""));
const times = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;

let turns = 0;
/** Deleted by two at once and brought back by the undo of one: there again, or twice (S01 allows one in a thousand). */
let again = 0;
afterAll(
  () =>
    void process.stdout.write(
      `S06 undone and redone ${turns} times, foreign characters gone 0, there again ${again}\n`,
    ),
);
/**
 * In the first two one of two copies was deleted, and that brought back and taken away again; in the third Yjs threw at what
 * was to stand on a line that had come back once, and was gone again for good.
 */
const tried = [7475, 7484, 8037, ...seeds(6)];
test.each(tried)("S06 undo and redo by four in random order touch no character of another (seed %i)", (seed) => {
  const random = new Random(seed);
  const alphabet = new Alphabet();
  const relay = new Relay();
  const start = startUpdate(alphabet, 6, 6);
  const sites = Array.from({ length: PEOPLE }, () => new Site(relay, start, random));
  /** By whom each character was typed, and who deleted it while seeing it: those two may take it away and bring it back. */
  const author = new Map<string, Site>();
  const deleters = new Map<string, Set<Site>>();
  const foreign = (site: Site, one: string): boolean => author.get(one) !== site && !deleters.get(one)?.has(site);
  for (let turn = 0; turn < 160; turn += 1) {
    const site = random.pick(sites);
    const before = letters(site.shown());
    if (random.chance(0.5)) {
      random.pick(mix.moves)({ site, random, alphabet });
      const after = letters(site.shown());
      for (const one of after) if (!before.includes(one) && !author.has(one)) author.set(one, site);
      for (const one of before) {
        // Of what stands twice one may be deleted: that one, too, is theirs to bring back and to take away again.
        if (times(after, one) >= times(before, one)) continue;
        const by = deleters.get(one) ?? new Set();
        deleters.set(one, by.add(site));
      }
    } else {
      turns += 1;
      if (random.chance(0.6)) site.undo.undo();
      else site.undo.redo();
      const after = letters(site.shown());
      // What others typed and this one never deleted stands as it stood, in the same order.
      const others = (all: string[]): string[] => all.filter((one) => foreign(site, one));
      const [was, is] = [others(before), others(after)];
      let found = 0;
      for (const one of is) if (one === was[found]) found += 1;
      expect({ seed, turn, kept: was.slice(0, found).join("") }).toEqual({ seed, turn, kept: was.join("") });
      again += is.length - was.length;
    }
    if (random.chance(0.5)) random.pick(sites).exchange();
  }
  settle(sites);
  // Back to the very beginning, everybody, in any order: what stood there before anybody came stands there.
  const waiting = new Set(sites);
  while (waiting.size > 0) {
    const site = random.pick([...waiting]);
    if (site.undo.canUndo()) site.undo.undo();
    else waiting.delete(site);
    if (random.chance(0.3)) settle(sites);
  }
  settle(sites);
  const shown = new Set(sites.map((site) => site.shown()));
  expect(shown.size).toBe(1);
  const [left = ""] = shown;
  const began = new Alphabet().take(36);
  expect({ seed, gone: letters(began).filter((one) => !left.includes(one) && !deleters.has(one)) }).toEqual({
    seed,
    gone: [],
  });
  for (const site of sites) site.close();
});

test("S06 what is there again because two had deleted it is one in a thousand at most", () => {
  expect(again).toBeLessThanOrEqual(Math.max(2, turns / 1000));
});

test.each(seeds(8))(
  "S06 undo to the very start leaves the sections of the template and what others did (seed %i)",
  (seed) => {
    const random = new Random(seed);
    const first = create(sampleTemplate());
    const people = Array.from({ length: PEOPLE }, () => {
      const doc = new Y.Doc();
      doc.clientID = 1 + random.below(2 ** 31);
      Y.applyUpdate(doc, first, "room");
      const undo = createUndo(doc);
      undo.captureTimeout = 0;
      return { doc, undo };
    });
    const meet = (): void => {
      const all = Y.mergeUpdates(people.map(({ doc }) => Y.encodeStateAsUpdate(doc)));
      for (const { doc } of people) Y.applyUpdate(doc, all, "room");
    };
    const empty = read(people[0]!.doc, { id: "w", state: "live" });
    const AT = "2026-01-01T00:00:00.000Z";
    for (let turn = 0; turn < 120; turn += 1) {
      const { doc, undo } = random.pick(people);
      const ids = [...itemsOf(doc, "items").keys()];
      const [one, other] = [random.pick(ids), random.pick(ids)];
      const section = random.pick([...sectionsOf(doc).keys()]);
      random.pick<() => unknown>([
        () => addItem(doc, "items", { text: `x${turn}`, at: AT }),
        () => addGroup(doc, "items", { text: `g${turn}` }),
        () => moveItem(doc, "items", one, { before: other }),
        () => removeItem(doc, "items", one),
        () => addPerson(doc, "people", { name: `p${turn}` }),
        () => setField(doc, "fields", "date", "2026-01-01"),
        () => renameSection(doc, section, `h${turn}`),
        () => removeSection(doc, section),
        () => setTitle(doc, `t${turn}`),
        () => undo.undo(),
        () => undo.redo(),
      ])();
      if (random.chance(0.3)) meet();
    }
    meet();
    // One of them stays as they are; the others go back to the start.
    const [keeper, ...rest] = people;
    const mine = addItem(keeper!.doc, "items", { text: "reste", at: AT });
    meet();
    for (const { undo } of rest) while (undo.canUndo()) undo.undo();
    meet();
    for (const { doc } of people) expect(itemsOf(doc, "items").get(mine)).toBeDefined();
    for (const { doc } of people)
      expect([...sectionsOf(doc).keys()].toSorted()).toEqual(empty.sections.map(({ id }) => id).toSorted());
    while (keeper!.undo.canUndo()) keeper!.undo.undo();
    meet();
    const { sections } = read(keeper!.doc, { id: "w", state: "live" });
    expect(sections.map(({ id }) => id)).toEqual(expect.arrayContaining(empty.sections.map(({ id }) => id)));
  },
);
