/** Reads in a long text the line that a browser has typed into: ProseMirror reads all lines that are laid out with it, at each key. */
import { DOMParser, Fragment, type Mark, type Node, type ParseOptions } from "@tiptap/pm/model";
import { schema } from "./schema.ts";

/** A part of the page that is read again: which positions it stands for, and which of the children of `node` it is. */
interface Part {
  node: globalThis.Node;
  from: number;
  to: number;
  fromOffset: number;
  toOffset: number;
}

/** What ProseMirror knows of what it has drawn, as far as reading it again goes. */
export interface Readable {
  /** That of a chunk. */
  mark?: Mark;
  readonly children: readonly Readable[];
  readonly size: number;
  parseRange(from: number, to: number, base?: number): Part;
}

/** Lets `top` look within a chunk for the lines from `from` to `to`, where all of them stand in one. */
export const readWithin = (top: Readable): void => {
  const read = top.parseRange.bind(top);
  top.parseRange = (from, to, base = 0) => {
    let start = base;
    for (const child of top.children) {
      const end = start + child.size;
      if (end >= to) return child.mark && from >= start ? child.parseRange(from, to, start) : read(from, to, base);
      start = end;
    }
    return read(from, to, base);
  };
};

/** What is read within a chunk belongs to it. */
class Reader extends DOMParser {
  override parse(dom: globalThis.Node, options?: ParseOptions): Node {
    const found = super.parse(dom, options);
    const chunk = (dom as { pmViewDesc?: Readable }).pmViewDesc?.mark;
    return chunk
      ? found.copy(Fragment.from(found.children.map((line) => line.mark(chunk.addToSet(line.marks)))))
      : found;
  }
}

/** Takes the place of ProseMirror's own. */
export const reader = new Reader(schema, DOMParser.fromSchema(schema).rules);
