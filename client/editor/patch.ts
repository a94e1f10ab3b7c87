/** Turns a document into another by exact steps: marks, replaced ranges from right to left, then attributes. */
import { Fragment, Slice, type Mark, type Node } from "@tiptap/pm/model";
import { TextSelection, type Selection, type Transaction } from "@tiptap/pm/state";
import { ReplaceStep } from "@tiptap/pm/transform";
import { ATTRIBUTE_KEYS, MARK_KEYS, type Attributes } from "../../document/text/attributes.ts";
import {
  blockIndexAt,
  blockOf,
  blockPosition,
  equalUnit,
  positionAt,
  rowsOf,
  sameLine,
  unitCount,
  unitsBetween,
  type Unit,
} from "./flat.ts";
import { attributesOf, schema } from "./schema.ts";

/** `units` take the place of a range of the document as it was. */
export interface Replacement {
  from: number;
  to: number;
  units: Unit[];
}

/** What a change does to a document; the ranges are those of the document as it was, in order. */
export interface Patch {
  marks: { from: number; to: number; marks: readonly Mark[] }[];
  replacements: Replacement[];
  /** Attributes of the breaks at these indexes of the document as it becomes. */
  attributes: Map<number, Attributes>;
}

/** Applies a patch, and keeps the selection and the stored marks of the transaction as the writer left them (P11). */
export const applyPatch = (tr: Transaction, patch: Patch): void => {
  const { selection, storedMarks } = tr;
  for (const { from, to, marks } of patch.marks) {
    setMarks(tr, positionAt(tr.doc, from), positionAt(tr.doc, to), marks);
  }
  for (const replacement of patch.replacements.toReversed()) replace(tr, replacement);
  for (const [index, attributes] of patch.attributes) setAttributes(tr, blockIndexAt(tr.doc, index), attributes);
  keepCaret(tr, selection);
  if (storedMarks) tr.setStoredMarks(storedMarks);
};

/** Makes a document the target one, by the given replacements of units or by the smallest one that does. */
export const become = (
  tr: Transaction,
  target: Node,
  replacements: readonly Replacement[] = difference(tr.doc, target),
): void => {
  const { selection, storedMarks } = tr;
  for (const replacement of replacements.toReversed()) replace(tr, replacement);
  for (let i = 0; i < target.childCount; i += 1) {
    const wanted = target.child(i);
    if (sameLine(tr.doc.child(i), wanted)) continue;
    setAttributes(tr, i, attributesOf(wanted));
    let at = blockPosition(tr.doc, i) + 1;
    wanted.forEach((node) => {
      setMarks(tr, at, at + node.nodeSize, node.marks);
      at += node.nodeSize;
    });
  }
  keepCaret(tr, selection);
  if (storedMarks) tr.setStoredMarks(storedMarks);
};

/** The smallest range in which two documents differ; marks and attributes count as differences. */
const difference = (from: Node, to: Node): Replacement[] => {
  const old = unitsBetween(from, 0, unitCount(from));
  const now = unitsBetween(to, 0, unitCount(to));
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && equalUnit(old[start] as Unit, now[start] as Unit)) start += 1;
  let end = 0;
  while (end < least - start && equalUnit(old.at(-1 - end) as Unit, now.at(-1 - end) as Unit)) end += 1;
  if (start === old.length && start === now.length) return [];
  return [{ from: start, to: old.length - end, units: now.slice(start, now.length - end) }];
};

const setMarks = (tr: Transaction, from: number, to: number, marks: readonly Mark[]): void => {
  for (const key of MARK_KEYS) {
    const type = schema.marks[key];
    const mark = marks.find((one) => one.type === type);
    if (mark) tr.addMark(from, to, mark);
    else if (type) tr.removeMark(from, to, type);
  }
};

const setAttributes = (tr: Transaction, block: number, attributes: Attributes): void => {
  const node = tr.doc.child(block);
  for (const key of ATTRIBUTE_KEYS) {
    if (node.attrs[key] !== attributes[key]) {
      tr.setNodeAttribute(blockPosition(tr.doc, block), key, attributes[key]);
    }
  }
};

const replace = (tr: Transaction, { from, to, units }: Replacement): void => {
  if (from === to && units.length === 0) return;
  const all = unitCount(tr.doc);
  const rows = rowsOf(to === all && from < all && units.length > 0 ? units.slice(0, -1) : units);
  if (to === all && (from === all || units.length === 0)) {
    // Whole lines at the end come or go: no text position stands after the last break.
    const start = from === all ? tr.doc.content.size : blockPosition(tr.doc, blockIndexAt(tr.doc, from));
    const { marks = [] } = tr.doc.lastChild ?? {};
    const blocks = rows.slice(0, -1).map((row) => blockOf(row.content, row.attributes, marks));
    tr.step(new ReplaceStep(start, tr.doc.content.size, new Slice(Fragment.from(blocks), 0, 0)));
    return;
  }
  const last = blockIndexAt(tr.doc, to === all ? all - 1 : to);
  const first = blockIndexAt(tr.doc, from);
  const inLine = rows.length === 1 && first === last;
  /** What comes stands with the line before it; the last one goes on as the line it ends in. */
  const besideOf = (row: number): Node => tr.doc.child(row === rows.length - 1 ? last : first);
  const slice = inLine
    ? new Slice(rows[0]?.content ?? Fragment.empty, 0, 0)
    : new Slice(
        Fragment.from(
          rows.map(({ content, attributes }, row) =>
            blockOf(content, attributes ?? attributesOf(tr.doc.child(last)), besideOf(row).marks),
          ),
        ),
        1,
        1,
      );
  tr.step(new ReplaceStep(positionAt(tr.doc, from), positionAt(tr.doc, to === all ? all - 1 : to), slice));
};

/** A caret stays with the character on its left, at the start of a line with the one on its right. */
const keepCaret = (tr: Transaction, before: Selection): void => {
  if (!(before instanceof TextSelection) || tr.mapping.maps.length === 0) return;
  const stay = ($position: Selection["$head"]): number =>
    tr.mapping.map($position.pos, $position.parentOffset === 0 ? 1 : -1);
  const [anchor, head] = [stay(before.$anchor), stay(before.$head)];
  tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
};
