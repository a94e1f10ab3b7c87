/** Preservation: every typed character stands exactly once everywhere, or somebody deleted it while seeing it. */
import * as Y from "yjs";
import { startOf } from "../../client/editor/binding.ts";
import { readLines } from "../../document/text/read.ts";
import { Writer } from "../../document/text/writer.ts";
import { Alphabet, type Mix } from "./moves.ts";
import { Random } from "./random.ts";
import { Relay, settle, Site } from "./site.ts";

export interface Outcome {
  typed: number;
  lost: number;
  doubled: number;
  /** Updates made by an editor nobody types in. */
  observer: number;
  /** Sites whose text or editor differs from the others' in the end. */
  diverged: number;
  rereads: number;
  /** Replacement characters: what a cut surrogate pair leaves. */
  broken: number;
}

export interface Options {
  seed: number;
  mix: Mix;
  /** One exchange per so many edits. */
  rhythm: number;
  writers?: number;
  edits?: number;
  blocks?: number;
  length?: number;
  wide?: boolean;
  /** Composition begins and ends at random. */
  composing?: boolean;
  /** Done to a site that has just heard the others: something a correct editor never does. */
  tamper?: (site: Site) => void;
  /** Hears of the first update, and of every other one as the relay does. */
  hear?: (update: Uint8Array) => void;
}

export const NOTHING: Outcome = { typed: 0, lost: 0, doubled: 0, observer: 0, diverged: 0, rereads: 0, broken: 0 };

export const add = (a: Outcome, b: Outcome): Outcome => ({
  typed: a.typed + b.typed,
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  observer: a.observer + b.observer,
  diverged: a.diverged + b.diverged,
  rereads: a.rereads + b.rereads,
  broken: a.broken + b.broken,
});

/** What a document starts with: so many blocks of so many characters. */
export const startUpdate = (alphabet: Alphabet, blocks: number, length: number): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const text = doc.getText("prose:text");
  doc.transact((transaction) => {
    const writer = new Writer(transaction, text);
    for (let i = 0; i < blocks; i += 1) {
      writer.insertText(text.length, alphabet.take(length));
      writer.insertBreak(text.length);
    }
  });
  return Y.encodeStateAsUpdate(doc);
};

const characters = (words: string): Set<string> => new Set(words.replaceAll("\n", ""));

/** Runs one seed. */
export const preserve = (options: Options): Outcome => {
  const { seed, mix, rhythm, writers = 3 + (seed % 2), edits = 130, blocks = 6, length = 6 } = options;
  const random = new Random(seed);
  const alphabet = new Alphabet(options.wide);
  const start = startUpdate(alphabet, blocks, length);
  const relay = new Relay(options.hear);
  options.hear?.(start);
  const sites = Array.from({ length: writers }, () => new Site(relay, start, random));
  const observer = new Site(relay, start, random);
  const all = [...sites, observer];
  const typed = characters((sites[0] as Site).shown());
  const killed = new Set<string>();
  for (let edit = 0; edit < edits; edit += 1) {
    const site = random.pick(sites);
    if (options.composing && random.chance(0.2)) {
      site.composing = !site.composing;
      if (!site.composing) site.binding.release();
    }
    const before = characters(site.shown());
    random.pick(mix.moves)({ site, random, alphabet });
    const after = characters(site.shown());
    for (const one of after) if (!before.has(one)) typed.add(one);
    for (const one of before) if (!after.has(one)) killed.add(one);
    if (!random.chance(1 / rhythm)) continue;
    const listening = random.pick(all);
    listening.exchange();
    options.tamper?.(listening);
  }
  for (const site of sites) {
    site.composing = false;
    site.binding.release();
  }
  settle(all);
  return { ...judge(all, typed, killed), observer: observer.made };
};

/** Compares what everybody shows with what was typed and what was deleted in plain view; closes the sites. */
export const judge = (all: readonly Site[], typed: Set<string>, killed: Set<string>): Outcome => {
  const first = all[0] as Site;
  const outcome = { ...NOTHING, typed: typed.size };
  const shown = JSON.stringify(readLines(first.text));
  for (const site of all) {
    const same = JSON.stringify(readLines(site.text)) === shown && site.state.doc.eq(startOf(site.text));
    // State vector and delete set alike, and nothing waits for what never came.
    const whole =
      Y.equalSnapshots(Y.snapshot(site.doc), Y.snapshot(first.doc)) && site.doc.store.pendingStructs === null;
    if (!same || !whole) outcome.diverged += 1;
    outcome.rereads += site.binding.rereads;
  }
  const times = new Map<string, number>();
  for (const one of first.shown().replaceAll("\n", "")) times.set(one, (times.get(one) ?? 0) + 1);
  for (const one of typed) {
    const count = times.get(one) ?? 0;
    if (count === 0 && !killed.has(one)) outcome.lost += 1;
    if (count > 1) outcome.doubled += count - 1;
  }
  outcome.broken = times.get("\uFFFD") ?? 0;
  for (const site of all) site.close();
  return outcome;
};
