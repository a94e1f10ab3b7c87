/** What the keys, the toolbar and the shortcuts do to blocks, as ProseMirror commands. */
import { Fragment, Slice, type NodeType } from "@tiptap/pm/model";
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from "@tiptap/pm/state";
import { ReplaceStep } from "@tiptap/pm/transform";
import { DEFAULTS, type Attributes } from "../../document/text/attributes.ts";
import { MAX_INDENT, type BlockKind } from "../../minutes/value.ts";
import { attributesOf, schema } from "./schema.ts";

const LISTS: readonly BlockKind[] = ["bullet", "number", "task"];

const isList = (kind: BlockKind): boolean => LISTS.includes(kind);

const type = schema.nodes["block"] as NodeType;

interface Selected {
  position: number;
  attributes: Attributes;
}

/** The blocks a selection reaches into. */
const selectedBlocks = ({ doc, selection: { $from, $to } }: EditorState): Selected[] => {
  const blocks: Selected[] = [];
  // Behind whole blocks a selection ends before the next one.
  const end = $to.depth === 0 ? $to.index(0) : $to.index(0) + 1;
  let position = $from.depth === 0 ? $from.pos : $from.before(1);
  for (let i = $from.index(0); i < end; i += 1) {
    const block = doc.child(i);
    blocks.push({ position, attributes: attributesOf(block) });
    position += block.nodeSize;
  }
  return blocks;
};

const set = (tr: Transaction, position: number, wanted: Partial<Attributes>): void => {
  const node = tr.doc.nodeAt(position);
  for (const [key, value] of Object.entries(wanted)) {
    if (node && node.attrs[key] !== value) tr.setNodeAttribute(position, key, value);
  }
};

/** Sets attributes of all selected blocks. */
export const setBlocks =
  (wanted: Partial<Attributes>): Command =>
  (state, dispatch) => {
    const { tr } = state;
    for (const { position } of selectedBlocks(state)) set(tr, position, wanted);
    dispatch?.(tr);
    return true;
  };

/** Whether every selected block is of this kind (and level, for headings). */
export const isKind = (state: EditorState, kind: BlockKind, level?: number): boolean =>
  selectedBlocks(state).every(
    ({ attributes }) => attributes.kind === kind && (level === undefined || attributes.level === level),
  );

/** Makes the selected blocks this kind, or paragraphs again when they all are already. */
export const toggleKind =
  (kind: BlockKind, level?: number): Command =>
  (state, dispatch) => {
    const wanted = isKind(state, kind, level) ? { kind: DEFAULTS.kind } : { kind, ...(level ? { level } : {}) };
    return setBlocks(wanted)(state, dispatch);
  };

/** Ticks or unticks the task at the caret. */
export const toggleTask: Command = (state, dispatch) => {
  const tasks = selectedBlocks(state).filter(({ attributes }) => attributes.kind === "task");
  if (tasks.length === 0) return false;
  const checked = !tasks.every(({ attributes }) => attributes.checked);
  const { tr } = state;
  for (const { position } of tasks) set(tr, position, { checked });
  dispatch?.(tr);
  return true;
};

/** Moves list lines one step in or out; false when there is none that could move, so that Tab leaves the editor. */
export const indentLists =
  (step: 1 | -1): Command =>
  (state, dispatch) => {
    const movable = selectedBlocks(state).filter(({ attributes: { kind, indent } }) => {
      return isList(kind) && indent + step >= 0 && indent + step <= MAX_INDENT;
    });
    if (movable.length === 0) return false;
    const { tr } = state;
    for (const { position, attributes } of movable) set(tr, position, { indent: attributes.indent + step });
    dispatch?.(tr);
    return true;
  };

/** Enter: a new line of the same kind; an empty list line steps out, a heading is followed by a paragraph. */
export const breakLine: Command = (state, dispatch) => {
  const { tr } = state;
  if (!state.selection.empty) tr.deleteSelection();
  const { $from } = tr.selection;
  const position = $from.before(1);
  const { kind, indent, ...rest } = attributesOf($from.parent);
  const empty = $from.parent.content.size === 0;
  if (empty && state.selection.empty && (kind !== "paragraph" || indent > 0)) {
    set(tr, position, indent > 0 ? { indent: indent - 1 } : { kind: "paragraph" });
  } else {
    const atEnd = $from.parentOffset === $from.parent.content.size;
    const fresh = { ...DEFAULTS, indent, kind: kind === "heading" ? DEFAULTS.kind : kind };
    const attrs = atEnd ? fresh : { kind, indent, ...rest };
    // As `split` does, but both stay in the chunk of the line.
    const halves = Fragment.from([$from.parent.copy(), type.create(attrs, null, $from.parent.marks)]);
    tr.step(new ReplaceStep($from.pos, $from.pos, new Slice(halves, 1, 1), true));
    // At the start of a line, what is opened above it is a fresh one.
    if ($from.parentOffset === 0 && !atEnd) set(tr, position, fresh);
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Joins the block that begins at `position` to the one before; an empty one leaves its place to the other. */
const join = (tr: Transaction, position: number): void => {
  const before = tr.doc.resolve(position).nodeBefore;
  const after = tr.doc.nodeAt(position);
  if (!before || !after) return;
  const start = position - before.nodeSize;
  tr.join(position);
  if (before.content.size === 0) set(tr, start, attributesOf(after));
};

/** Backspace at the start of a line: first it becomes a plain one, then it steps out, then it joins the one above. */
export const joinBackward: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  const position = $from.before(1);
  const { kind, indent } = attributesOf($from.parent);
  const { tr } = state;
  if (kind !== "paragraph") set(tr, position, { kind: "paragraph" });
  else if (indent > 0) set(tr, position, { indent: indent - 1 });
  else if ($from.index(0) > 0) join(tr, position);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Delete at the end of a line: the next one joins it. */
export const joinForward: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset < $from.parent.content.size) return false;
  const { tr } = state;
  if ($from.index(0) < state.doc.childCount - 1) join(tr, $from.after(1));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Puts the caret before or after everything. */
export const caretAt = (state: EditorState, end: boolean): Transaction =>
  state.tr.setSelection(end ? TextSelection.atEnd(state.doc) : TextSelection.atStart(state.doc));

/** Puts the caret where there is text, as near to `position` as can be. */
export const caretNear = (state: EditorState, position: number): Transaction =>
  state.tr.setSelection(Selection.near(state.doc.resolve(position)));
