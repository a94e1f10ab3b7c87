/** S03: whatever valid documents are merged, what comes out is valid for the strictest reader there is, and for the editor. */
import { isDeepStrictEqual } from "node:util";
import { afterAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { startOf } from "../../client/editor/binding.ts";
import { create } from "../../document/create.ts";
import { addGroup, addItem, moveItem, removeItem } from "../../document/edit/items.ts";
import { addPerson } from "../../document/edit/people.ts";
import { rank } from "../../document/edit/ranking.ts";
import { addSection, moveSection, removeSection, renameSection } from "../../document/edit/sections.ts";
import { itemsOf, sectionsOf } from "../../document/layout.ts";
import { read } from "../../document/read.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import { sampleTemplate } from "../document/sample.ts";
import { Alphabet, MIXES } from "./moves.ts";
import { Random, seeds } from "./random.ts";
import { Relay, Site } from "./site.ts";

const MERGES = Number(process.env["MERGES"] ?? 100);
const POOL = 24;
const EDITS = 12;
vi.setConfig({ testTimeout: 30_000 + MERGES * 50 });

const AT = "2026-01-01T00:00:00.000Z";
const mix = MIXES.at(-1)!;

/** A document some edits further on: its text by an editor, the rest by our own edits. */
const grow = (state: Uint8Array, random: Random, alphabet: Alphabet): Uint8Array => {
  const site = new Site(new Relay(), state, random);
  const { doc } = site;
  for (let edit = 0; edit < EDITS; edit += 1) {
    const ids = [...itemsOf(doc, "items").keys()];
    const [one, other] = [random.pick(ids), random.pick(ids)];
    const section = random.pick([...sectionsOf(doc).keys()]);
    random.pick<() => unknown>([
      ...Array.from({ length: 6 }, () => () => random.pick(mix.moves)({ site, random, alphabet })),
      () => addItem(doc, "items", { text: `x${edit}`, at: AT }),
      () => addGroup(doc, "items", { text: "g" }),
      () => moveItem(doc, "items", one, { after: other }),
      () => removeItem(doc, "items", one),
      () => rank(doc, "ranking", one),
      () => addPerson(doc, "people", { name: `p${edit}` }),
      () => addSection(doc, { kind: random.pick(["prose", "items", "fields"]), heading: `s${edit}` }),
      () => moveSection(doc, section, { before: "prose" }),
      () => renameSection(doc, section, `h${edit}`),
      () => removeSection(doc, section),
    ])();
  }
  const grown = Y.encodeStateAsUpdate(doc);
  site.close();
  return grown;
};

/** What is wrong with a document, for the strictest: parsed, drawn, checked, read again. */
const wrongWith = (state: Uint8Array): string[] => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const found: string[] = [];
  const value: unknown = JSON.parse(JSON.stringify(read(doc, { id: "w", state: "live" })));
  try {
    if (!isDeepStrictEqual(parseMinutes(value), value)) found.push("another value once parsed");
    startOf(doc.getText("prose:text")).check();
  } catch (error) {
    found.push(String(error));
  }
  if (doc.store.pendingStructs || doc.store.pendingDs) found.push("something waits");
  if (Buffer.compare(Buffer.from(Y.encodeStateAsUpdate(doc)), Buffer.from(Y.encodeStateAsUpdate(doc))) !== 0)
    found.push("reading wrote");
  return found;
};

let merges = 0;
afterAll(() => void process.stdout.write(`S03 merges ${merges}, invalid 0\n`));

test.each(seeds(1))(`S03 ${MERGES} merges of random pairs of valid documents are valid (seed %i)`, (seed) => {
  const random = new Random(seed);
  const alphabet = new Alphabet(true);
  const first = create(sampleTemplate());
  const pool = Array.from({ length: POOL }, () => grow(first, random, alphabet));
  for (let merge = 0; merge < MERGES; merge += 1) {
    const [a, b] = [random.below(POOL), random.below(POOL)];
    const merged = random.chance(0.5) ? Y.mergeUpdates([pool[a]!, pool[b]!]) : Y.mergeUpdates([pool[b]!, pool[a]!]);
    const wrong = wrongWith(merged);
    if (wrong.length > 0) expect({ seed, merge, wrong }).toEqual({ seed, merge, wrong: [] });
    merges += 1;
    // The merged grow on and meet the others again; now and then one starts afresh, or the pool would become one.
    if (random.chance(0.1)) pool[a] = grow(merged, random, alphabet);
    if (random.chance(0.1)) pool[b] = grow(first, random, alphabet);
  }
});
