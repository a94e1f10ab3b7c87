/** Draws a change within one line of a long text by that line alone: ProseMirror compares each line with what is drawn, at each key. */
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import type { DecorationSource, EditorView } from "@tiptap/pm/view";
import { blockPosition, LONG } from "./flat.ts";
import { readWithin, reader, type Readable } from "./rereading.ts";

/**
 * What ProseMirror knows of what it has drawn: of the document, of a chunk, which has no node, or of a line. It promises
 * nothing about this: whatever is otherwise than here is left to it.
 */
interface Drawn {
  node?: Node;
  readonly children: readonly Drawn[];
  dirty: number;
  readonly outerDeco: readonly unknown[];
  innerDeco: DecorationSource;
  /** False where it must be drawn anew; then nothing has happened. */
  update(node: Node, outer: readonly unknown[], inner: DecorationSource, view: EditorView): boolean;
  updateInner(node: Node, outer: readonly unknown[], inner: DecorationSource, view: EditorView): void;
  updateOuterDeco(outer: readonly unknown[]): void;
}

/** What browsers have done to it since it was drawn: nothing, or something in what it holds. */
const UNTOUCHED = 0;
const TOUCHED_WITHIN = 1;

interface Decorated {
  from: number;
  to: number;
  type: { eq: (other: unknown) => boolean };
}

interface Found {
  line: number;
  drawn: Drawn;
}

/** The only line that does not stand there as it stands in `node`; undefined where there is none, or more than one. */
const onlyLine = (top: Drawn, node: Node): Found | undefined => {
  if (top.dirty > TOUCHED_WITHIN || top.node?.childCount !== node.childCount) return undefined;
  const lines = node.children;
  let found: Found | undefined;
  let line = 0;
  for (const part of top.children) {
    if (part.node === undefined && part.dirty !== UNTOUCHED) return undefined;
    for (const drawn of part.node ? [part] : part.children) {
      if (line === lines.length) return undefined;
      if (drawn.node !== lines[line] || drawn.dirty !== UNTOUCHED) {
        if (found) return undefined;
        found = { line, drawn };
      }
      line += 1;
    }
  }
  return line === lines.length ? found : undefined;
};

/** What is drawn over other lines than the one from `from` to `to`, or over more than that one. */
const around = (source: DecorationSource, from: number, to: number): Decorated[] => {
  const all: Decorated[] = [];
  source.forEachSet((set) => {
    for (const each of set.find()) if (each.from <= from || each.to >= to) all.push(each as unknown as Decorated);
  });
  return all;
};

/** Whether the same is drawn around a line that has grown by so much. */
const sameAround = (before: readonly Decorated[], after: readonly Decorated[], end: number, grown: number): boolean => {
  const moved = (position: number): number => (position >= end ? position + grown : position);
  return (
    before.length === after.length &&
    before.every((each, i) => {
      const other = after[i] as Decorated;
      return moved(each.from) === other.from && moved(each.to) === other.to && each.type.eq(other.type);
    })
  );
};

/** Whether drawing one line was all there was to do; if not, nothing has happened. */
const drawLine = (top: Drawn, node: Node, inner: DecorationSource, view: EditorView): boolean => {
  const found = node.childCount > LONG ? onlyLine(top, node) : undefined;
  if (!found || !top.node) return false;
  const { line, drawn } = found;
  const [old, now] = [top.node.child(line), node.child(line)];
  const from = blockPosition(node, line);
  const [end, newEnd] = [from + old.nodeSize, from + now.nodeSize];
  const same = sameAround(around(top.innerDeco, from, end), around(inner, from, newEnd), end, newEnd - end);
  return same && drawn.update(now, drawn.outerDeco, inner.forChild(from, now), view);
};

const install = (top: Drawn): void => {
  const drawAll = top.updateInner.bind(top);
  top.updateInner = (node, outer, inner, view) => {
    if (!drawLine(top, node, inner, view)) return drawAll(node, outer, inner, view);
    top.updateOuterDeco(outer);
    top.node = node;
    top.innerDeco = inner;
    top.dirty = UNTOUCHED;
  };
};

/** The plugin that sees to it, also when the view has begun to draw its document anew. */
export const lineByLine = (): Plugin =>
  new Plugin({
    props: { domParser: reader },
    view: (view) => {
      let known: Drawn | undefined;
      const look = (): void => {
        const { docView } = view as unknown as { docView: Drawn & Readable };
        if (docView !== known) {
          install(docView);
          readWithin(docView);
        }
        known = docView;
      };
      look();
      return { update: look };
    },
  });
