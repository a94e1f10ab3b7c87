/** The nesting and the numbers of lists, computed from the flat blocks of a prose: for the screen and for every format. */
import type { Block, Prose } from "./value.ts";

type ListMarker = "bullet" | "number" | "task";

/** A paragraph, heading or quote. `index` is the block's place in the prose. */
interface Leaf {
  type: "leaf";
  index: number;
  block: Block;
}

export interface Entry {
  index: number;
  block: Block;
  /** In lists of marker "number": counted from 1. */
  number?: number;
  children: ListNode[];
}

export interface List {
  type: "list";
  marker: ListMarker;
  entries: Entry[];
}

export type ListNode = Leaf | List;

interface OpenList {
  indent: number;
  list: List;
  /** Where the list itself stands. */
  siblings: ListNode[];
}

/**
 * Nests blocks by kind and indent. Total: any indents give a tree that holds every block once, in order.
 * A list stands in the last entry of the nearest list that is less indented; so does a paragraph or a quote that is
 * indented. A heading ends every list. Jumps are closed up: an indent of 5 under an indent of 0 is one step.
 */
export function listTree(prose: Prose): ListNode[] {
  const root: ListNode[] = [];
  const open: OpenList[] = [];
  for (const [index, block] of prose.entries()) {
    const indent = block.kind === "heading" ? 0 : (block.indent ?? 0);
    const marker = markerOf(block);
    if (marker === undefined) {
      while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
      childrenOf(open, root).push({ type: "leaf", index, block });
      continue;
    }
    const list = openListAt(open, root, indent, marker);
    const entry: Entry = { index, block, children: [] };
    if (marker === "number") entry.number = list.entries.length + 1;
    list.entries.push(entry);
  }
  return root;
}

/** The number of each block that has one, by its place in the prose. */
export function blockNumbers(prose: Prose): (number | undefined)[] {
  const numbers: (number | undefined)[] = Array.from({ length: prose.length });
  const visit = (nodes: readonly ListNode[]): void => {
    for (const node of nodes) {
      if (node.type === "leaf") continue;
      for (const entry of node.entries) {
        numbers[entry.index] = entry.number;
        visit(entry.children);
      }
    }
  };
  visit(listTree(prose));
  return numbers;
}

function markerOf(block: Block): ListMarker | undefined {
  return block.kind === "bullet" || block.kind === "number" || block.kind === "task" ? block.kind : undefined;
}

function childrenOf(open: readonly OpenList[], root: ListNode[]): ListNode[] {
  return open.at(-1)?.list.entries.at(-1)?.children ?? root;
}

function openListAt(open: OpenList[], root: ListNode[], indent: number, marker: ListMarker): List {
  let closed: OpenList | undefined;
  while ((open.at(-1)?.indent ?? -1) >= indent) closed = open.pop();
  const siblings = childrenOf(open, root);
  // What stood deeper with nothing above it becomes the list's own level, so that 2, 0 is one list and not two.
  const again = closed?.siblings === siblings && closed.list.marker === marker && siblings.at(-1) === closed.list;
  const list: List = again && closed ? closed.list : { type: "list", marker, entries: [] };
  if (!again) siblings.push(list);
  open.push({ indent, list, siblings });
  return list;
}
