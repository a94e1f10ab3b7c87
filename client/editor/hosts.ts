/** Where links really lead, beside those whose words say something else. */
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { hostBeside } from "../../minutes/host.ts";
import { changedLines } from "./changed.ts";
import { marksOf } from "./schema.ts";

/** The last words of a link, within their line. */
interface End {
  from: number;
  to: number;
  host: string;
}

/** Lines never change: one that has changed is another. */
const known = new WeakMap<Node, readonly End[]>();

const endsIn = (line: Node): readonly End[] => {
  const before = known.get(line);
  if (before !== undefined) return before;
  const ends: End[] = [];
  let [words, at] = ["", 0];
  for (let i = 0; i < line.childCount; i += 1) {
    const child = line.child(i);
    const { link } = marksOf(child);
    const next = i + 1 < line.childCount ? marksOf(line.child(i + 1)).link : undefined;
    words += child.text ?? "";
    const host = link === undefined || next === link ? undefined : hostBeside(words, link);
    if (host !== undefined) ends.push({ from: at, to: at + child.nodeSize, host });
    if (next !== link) words = "";
    at += child.nodeSize;
  }
  known.set(line, ends);
  return ends;
};

const draw = (doc: Node): DecorationSet => {
  const all: Decoration[] = [];
  doc.forEach((line, offset) => {
    for (const { from, to, host } of endsIn(line))
      all.push(Decoration.inline(offset + 1 + from, offset + 1 + to, { "data-host": host }));
  });
  return all.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, all);
};

/** Whether no line of `after` has such a link, when none of `before` has one. */
const stayNone = (before: Node, after: Node): boolean => {
  const { from, newTo } = changedLines(before, after);
  for (let line = from; line < newTo; line += 1) if (endsIn(after.child(line)).length > 0) return false;
  return true;
};

const KEY = new PluginKey<DecorationSet>("hosts");

export const hosts = (): Plugin<DecorationSet> =>
  new Plugin({
    key: KEY,
    state: {
      init: (_config, { doc }: EditorState) => draw(doc),
      apply: ({ before, doc }, shown) =>
        doc === before || (shown === DecorationSet.empty && stayNone(before, doc)) ? shown : draw(doc),
    },
    props: { decorations: (state) => KEY.getState(state) },
  });
