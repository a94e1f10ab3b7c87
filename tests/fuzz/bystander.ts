/** Bystanders: what nobody edits must not change, neither its words nor its kind nor its marks. */
import type { Node } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import { readText } from "../../document/text/read.ts";
import { blockText } from "../../minutes/plain.ts";
import type { Block } from "../../minutes/value.ts";
import { Alphabet, type Mix } from "./moves.ts";
import { startUpdate } from "./preservation.ts";
import { Random } from "./random.ts";
import { Relay, settle, Site } from "./site.ts";

export interface Harm {
  /** Untouched blocks watched. */
  watched: number;
  kind: number;
  marks: number;
  text: number;
}

export const NO_HARM: Harm = { watched: 0, kind: 0, marks: 0, text: 0 };

export const addHarm = (a: Harm, b: Harm): Harm => ({
  watched: a.watched + b.watched,
  kind: a.kind + b.kind,
  marks: a.marks + b.marks,
  text: a.text + b.text,
});

/** The second, fourth and sixth of seven blocks are never edited. */
const BLOCKS = 7;
const WATCHED = [1, 3, 5];

const holding = (doc: Node, character: string): { block: Node; from: number } | undefined => {
  let found: { block: Node; from: number } | undefined;
  doc.forEach((block, from) => {
    if (block.textContent.includes(character)) found = { block, from };
  });
  return found;
};

/**
 * Whether a transaction reaches into the block that holds a character: also by taking the break before it, be it with
 * the whole line above. What others write in that line meanwhile would come to stand in this one.
 */
const touches = (tr: Transaction, character: string): boolean => {
  const before = holding(tr.before, character);
  const after = holding(tr.doc, character);
  if (!before || !after?.block.eq(before.block)) return true;
  return tr.steps.some((step, i) => {
    const now = holding(tr.docs[i] as Node, character);
    let touched = !now;
    step.getMap().forEach((start, end) => {
      touched ||=
        now !== undefined &&
        (end > now.from || (end === now.from && end > start)) &&
        start < now.from + now.block.nodeSize;
    });
    return touched;
  });
};

/** Runs one seed. Moves that would touch a watched block where they are made are not made. */
export const bystand = (seed: number, mix: Mix, rhythm: number): Harm => {
  const random = new Random(seed);
  const alphabet = new Alphabet();
  const start = startUpdate(alphabet, BLOCKS, 6);
  const relay = new Relay();
  const sites = Array.from({ length: 3 }, () => new Site(relay, start, random));
  const [first] = sites as [Site];
  const words = WATCHED.map((i) => blockText(readText(first.text)[i] as Block));
  const guard = (tr: Transaction): boolean => words.every((one) => !touches(tr, one.charAt(0)));
  for (const site of sites) site.guard = guard;
  for (let edit = 0; edit < 130; edit += 1) {
    const site = random.pick(sites);
    random.pick(mix.moves)({ site, random, alphabet });
    if (random.chance(1 / rhythm)) random.pick(sites).exchange();
  }
  settle(sites);
  const harm = harmTo(words, readText(first.text));
  for (const site of sites) site.close();
  return harm;
};

const harmTo = (words: readonly string[], blocks: readonly Block[]): Harm => {
  const harm = { ...NO_HARM };
  for (const one of words) {
    harm.watched += 1;
    const block = blocks.find((other) => blockText(other).includes(one.charAt(0)));
    if (!block || blockText(block) !== one) harm.text += 1;
    if (block && (block.kind !== "paragraph" || block.indent || block.level)) harm.kind += 1;
    const marked = block?.spans.some(
      (span) => span.marks !== undefined && Array.from(span.text).some((c) => one.includes(c)),
    );
    if (marked) harm.marks += 1;
  }
  return harm;
};
