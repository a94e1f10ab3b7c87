/** What comes from the clipboard or is dropped: flat lines with our marks and safe links, never larger than can be kept. */
import { DOMSerializer, Fragment, Slice, type DOMParser } from "@tiptap/pm/model";
import { Plugin, type Command } from "@tiptap/pm/state";
import { DEFAULTS } from "../../document/text/attributes.ts";
import { isLinkable } from "../../minutes/address.ts";
import { blockOf } from "./flat.ts";
import { inert, linesOf, type PastedLine } from "./pasted.ts";
import { attributesOf, schema } from "./schema.ts";

/** Characters that may be pasted at once: the frames they travel in have a limit, and would be sent again for ever. */
const LARGEST_PASTE = 100_000;

const sliceOf = (lines: readonly PastedLine[]): Slice =>
  lines.length === 0
    ? Slice.empty
    : new Slice(Fragment.from(lines.map(({ attributes, nodes }) => blockOf(Fragment.from(nodes), attributes))), 1, 1);

const plainLine = (words: string): PastedLine => ({
  attributes: DEFAULTS,
  nodes: words === "" ? [] : [schema.text(words)],
});

/** Lines of plain text. */
const textSlice = (text: string): Slice => sliceOf(text.split(/\r\n|[\n\r\u2028\u2029]/u).map(plainLine));

/** What is copied knows nothing of chunks. */
const copied = ((): DOMSerializer => {
  const { chunk: _chunk, ...marks } = DOMSerializer.marksFromSchema(schema);
  return new DOMSerializer(DOMSerializer.nodesFromSchema(schema), marks);
})();

/** All on one line: what titles and labels can take. */
const onOneLine = (slice: Slice, plain: boolean): Slice => {
  let nodes = Fragment.empty;
  slice.content.forEach((block) => {
    const words = block.isText ? Fragment.from(block) : block.content;
    const gap = nodes.size > 0 && words.size > 0 && !block.isText ? Fragment.from(schema.text(" ")) : Fragment.empty;
    nodes = nodes.append(gap).append(words);
  });
  const text = nodes.textBetween(0, nodes.size);
  return new Slice(plain ? (text === "" ? Fragment.empty : Fragment.from(schema.text(text))) : nodes, 0, 0);
};

/** Puts a slice in place of the selection; in an empty line its first line keeps its own kind. */
const insert =
  (slice: Slice): Command =>
  (state, dispatch) => {
    const { tr, selection } = state;
    const first = slice.content.firstChild;
    const fits = selection.$from.parent.content.size === 0 && first?.type.name === "block";
    tr.replaceSelection(slice);
    if (fits && first) {
      const position = tr.mapping.map(selection.$from.before(1), -1);
      for (const [key, value] of Object.entries(attributesOf(first))) tr.setNodeAttribute(position, key, value);
    }
    dispatch?.(tr.scrollIntoView().setMeta("paste", true));
    return true;
  };

/** A pasted address becomes a link: on the selected words, or on itself. */
const insertAddress =
  (address: string): Command =>
  (state, dispatch) => {
    const { from, to, empty } = state.selection;
    const link = schema.mark("link", { href: address });
    const { tr } = state;
    if (empty) tr.replaceSelectionWith(schema.text(address, link.addToSet(state.selection.$from.marks())), false);
    else tr.addMark(from, to, link);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

export const paste = (options: { oneLine: boolean; plain: boolean; refuse: () => void }): Plugin => {
  const { oneLine, plain, refuse } = options;
  const reader = { parseSlice: (dom: Node) => sliceOf(linesOf(dom)) };
  return new Plugin({
    props: {
      // The view asks this parser for a slice and nothing else.
      clipboardParser: reader as unknown as DOMParser,
      clipboardTextParser: textSlice,
      clipboardSerializer: copied,
      transformPastedHTML: inert,
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n"),
      transformPasted: (slice) => {
        if (slice.size > LARGEST_PASTE) {
          refuse();
          return Slice.empty;
        }
        return oneLine ? onOneLine(slice, plain) : slice;
      },
      handlePaste: (view, event, slice) => {
        const words = event.clipboardData?.getData("text/plain").trim() ?? "";
        if (!plain && words.length < 2000 && isLinkable(words)) return insertAddress(words)(view.state, view.dispatch);
        return slice.size === 0 || insert(slice)(view.state, view.dispatch);
      },
    },
  });
};
