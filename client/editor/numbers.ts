/** What the editor computes to show: the numbers of lists, and a hint while there is nothing yet. */
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { blockNumbers } from "../../minutes/list.ts";
import type { Prose } from "../../minutes/value.ts";
import { changedLines } from "./changed.ts";
import { attributesOf } from "./schema.ts";

interface Shown {
  doc: Node;
  set: DecorationSet;
}

const KEY = new PluginKey<Shown>("numbers");

/** Whether lines stand as they did, so that only words changed. */
const sameLines = (a: Node, b: Node): boolean => {
  if (a.childCount !== b.childCount) return false;
  const { from, newTo } = changedLines(a, b);
  for (let i = from; i < newTo; i += 1) {
    const [one, other] = [a.child(i), b.child(i)];
    if (!one.sameMarkup(other) || (one.content.size === 0) !== (other.content.size === 0)) return false;
  }
  return true;
};

const linesOf = (doc: Node): Prose => {
  const lines: Prose = [];
  doc.forEach((block) => {
    const { kind, indent } = attributesOf(block);
    lines.push({ kind, indent, spans: [] });
  });
  return lines;
};

/** Each numbered line is a list of its own, told where to start; `hint` stands in an empty text. */
export const numbers = (hint: string): Plugin<Shown> => {
  const draw = ({ doc }: EditorState): Shown => {
    const known = blockNumbers(linesOf(doc));
    const all: Decoration[] = [];
    doc.forEach((block, position, i) => {
      const number = known[i];
      const end = position + block.nodeSize;
      if (number !== undefined) all.push(Decoration.node(position, end, { start: String(number) }));
      if (hint !== "" && doc.childCount === 1 && block.content.size === 0) {
        all.push(Decoration.node(position, end, { class: "block--hint", "data-hint": hint }));
      }
    });
    return { doc, set: DecorationSet.create(doc, all) };
  };
  return new Plugin<Shown>({
    key: KEY,
    state: {
      init: (_config, state) => draw(state),
      apply: (tr, shown, _before, state) => {
        if (!tr.docChanged) return shown;
        if (!sameLines(shown.doc, state.doc)) return draw(state);
        return { doc: state.doc, set: shown.set.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => KEY.getState(state)?.set },
  });
};
