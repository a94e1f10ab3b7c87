/** What a writer does at random: typing, Enter, joins, kinds, indents, marks, pastes, deletions, undo. */
import { Fragment, Slice } from "@tiptap/pm/model";
import { Selection, TextSelection } from "@tiptap/pm/state";
import { breakLine, setBlocks } from "../../client/editor/commands.ts";
import { blockOf } from "../../client/editor/flat.ts";
import { schema } from "../../client/editor/schema.ts";
import { BLOCK_KINDS } from "../../minutes/value.ts";
import type { Random } from "./random.ts";
import type { Site } from "./site.ts";

/** Gives characters nobody has typed before; every second one takes two units when `wide`. */
export class Alphabet {
  #next = 0;
  readonly #wide: boolean;

  constructor(wide = false) {
    this.#wide = wide;
  }

  take(count: number): string {
    let words = "";
    for (let i = 0; i < count; i += 1) {
      this.#next += 1;
      words += String.fromCodePoint((this.#wide && this.#next % 2 === 0 ? 0x20000 : 0x4e00) + this.#next);
    }
    return words;
  }
}

interface Mover {
  site: Site;
  random: Random;
  alphabet: Alphabet;
}

type Move = (mover: Mover) => void;

const near = ({ site }: Mover, position: number): void => {
  const { state } = site;
  site.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(position))));
};

/** Puts the caret somewhere, between whole characters. */
const anywhere = (mover: Mover): void => {
  const { site, random } = mover;
  const block = random.below(site.state.doc.childCount);
  const words = Array.from(site.state.doc.child(block).textContent);
  near(mover, startOfBlock(site, block) + words.slice(0, random.below(words.length + 1)).join("").length);
};

const startOfBlock = (site: Site, block: number): number => {
  let position = 1;
  for (let i = 0; i < block; i += 1) position += site.state.doc.child(i).nodeSize;
  return position;
};

const select = (mover: Mover, most: number): void => {
  anywhere(mover);
  const { site, random } = mover;
  const from = site.state.selection.from;
  const wanted = Math.min(site.state.doc.content.size, from + 1 + random.below(most));
  const to = wholePosition(site, wanted);
  if (to > from) {
    site.dispatch(
      site.state.tr.setSelection(TextSelection.between(site.state.doc.resolve(from), site.state.doc.resolve(to))),
    );
  }
};

const wholePosition = (site: Site, position: number): number => {
  const $position = Selection.near(site.state.doc.resolve(position)).$head;
  const low = $position.nodeAfter?.text?.charCodeAt(0) ?? 0;
  const high = $position.nodeBefore?.text?.charCodeAt(($position.nodeBefore.text?.length ?? 0) - 1) ?? 0;
  const cut = low >= 0xdc00 && low < 0xe000 && high >= 0xd800 && high < 0xdc00;
  return cut ? $position.pos - 1 : $position.pos;
};

const type: Move = (mover) => {
  anywhere(mover);
  const { site, random, alphabet } = mover;
  for (let i = random.below(4); i >= 0; i -= 1) site.dispatch(site.state.tr.insertText(alphabet.take(1)));
};

const erase: Move = (mover) => {
  anywhere(mover);
  const { site } = mover;
  const { $from } = site.state.selection;
  const before = Array.from($from.nodeBefore?.text ?? "").at(-1);
  if (before) site.dispatch(site.state.tr.delete($from.pos - before.length, $from.pos));
};

const enterAtEnd: Move = (mover) => {
  const { site, random } = mover;
  const block = random.below(site.state.doc.childCount);
  near(mover, startOfBlock(site, block) + site.state.doc.child(block).content.size);
  site.run(breakLine);
};

const enter: Move = (mover) => {
  anywhere(mover);
  mover.site.run(breakLine);
};

/** Backspace at the start of a plain line, whatever the line is: the join itself. */
const join: Move = ({ site, random }) => {
  if (site.state.doc.childCount < 2) return;
  const block = 1 + random.below(site.state.doc.childCount - 1);
  site.dispatch(site.state.tr.join(startOfBlock(site, block) - 1));
};

const kind: Move = (mover) => {
  anywhere(mover);
  const { site, random } = mover;
  site.run(setBlocks({ kind: random.pick(BLOCK_KINDS), level: 1 + random.below(3) }));
};

const indent: Move = (mover) => {
  anywhere(mover);
  mover.site.run(setBlocks({ indent: mover.random.below(4), checked: mover.random.chance(0.3) }));
};

const mark: Move = (mover) => {
  select(mover, 6);
  const { site, random } = mover;
  const { from, to } = site.state.selection;
  const name = random.pick(["bold", "italic", "link"]);
  const marked = schema.mark(name, name === "link" ? { href: `https://example.org/${random.below(3)}` } : null);
  site.dispatch(
    random.chance(0.6) ? site.state.tr.addMark(from, to, marked) : site.state.tr.removeMark(from, to, marked.type),
  );
};

const eraseSelection: Move = (mover) => {
  select(mover, 9);
  const { site } = mover;
  if (!site.state.selection.empty) site.dispatch(site.state.tr.deleteSelection());
};

const paste: Move = (mover) => {
  if (mover.random.chance(0.4)) select(mover, 5);
  else anywhere(mover);
  const { site, alphabet, random } = mover;
  const lines = Array.from({ length: 1 + random.below(3) }, () =>
    blockOf(Fragment.from(schema.text(alphabet.take(1 + random.below(3))))),
  );
  site.dispatch(site.state.tr.replaceSelection(new Slice(Fragment.from(lines), 1, 1)));
};

const undo: Move = ({ site }) => void site.undo.undo();
const redo: Move = ({ site }) => void site.undo.redo();

/** The mixes, each with the moves of the ones before it. */
const LAYERS: readonly (readonly [string, readonly Move[]])[] = [
  ["typing, deletion", [type, type, erase]],
  ["+ Enter at the end", [enterAtEnd]],
  ["+ Enter in the middle", [enter]],
  ["+ joins", [join, join]],
  ["+ kinds, indents", [kind, indent]],
  ["+ marks", [mark]],
  ["+ deletion across blocks, paste", [eraseSelection, paste]],
  ["+ undo, redo", [undo, redo]],
];

export interface Mix {
  name: string;
  moves: readonly Move[];
  undoes: boolean;
}

export const MIXES: readonly Mix[] = LAYERS.map(([name], i) => ({
  name,
  moves: LAYERS.slice(0, i + 1).flatMap(([, moves]) => moves),
  undoes: i === LAYERS.length - 1,
}));

/** Every move but undo, mostly typing: nearest to a workshop. */
export const WORKSHOP: Mix = {
  name: "workshop-like",
  moves: [...Array.from({ length: 20 }, () => type), ...(MIXES[6]?.moves ?? [])],
  undoes: false,
};
