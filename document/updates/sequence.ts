/** What it costs Yjs to put an update among what is there already: followed as Yjs will do it, without doing it. */
import * as Y from "yjs";
import { Refusal } from "../refusal.ts";
import { firstItem } from "../text/internals.ts";
import type { Struct } from "../updates.ts";
import { itemIn, type Parent, type Spot } from "./known.ts";

/**
 * One item as it would stand in its list, or one piece of an item that would be cut. What stands beside an item of the
 * document is looked up when it is asked for: `undefined` until then.
 */
class Node {
  readonly client: number;
  readonly clock: number;
  length: number;
  readonly origin: Y.ID | null;
  readonly rightOrigin: Y.ID | null;
  left: Node | null | undefined = null;
  right: Node | null | undefined = null;
  item: Y.Item | undefined = undefined;
  /** The number of the last placement that came past it, and of the last one with which it is in conflict. */
  passed = 0;
  rival = 0;

  constructor(client: number, clock: number, length: number, origin: Y.ID | null, rightOrigin: Y.ID | null) {
    this.client = client;
    this.clock = clock;
    this.length = length;
    this.origin = origin;
    this.rightOrigin = rightOrigin;
  }
}

/** The beginning of a list, or of the values a key has had, and how many Yjs walks past to find it. */
interface Beginning {
  first: Node | null;
  walked: number;
}

const same = (a: Y.ID | null, b: Y.ID | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/** The last piece that begins at or before a clock. */
const pieceAt = (pieces: readonly Node[], clock: number): number => {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Node).clock <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
};

/**
 * Where several stand at one place, Yjs looks at all of them for each that comes: a few thousand that are told to stand
 * at the same one would keep it busy for minutes, in every browser, at every opening.
 */
export class Sequence {
  /** How many items Yjs will look at to find the places of what was given to `place` so far. */
  steps = 0;
  readonly #doc: Y.Doc;
  readonly #structAt: (id: Y.ID) => Struct | undefined;
  readonly #most: number;
  readonly #pieces = new Map<Y.Item | Struct, Node[]>();
  readonly #beginnings = new Map<Parent, Map<string | undefined, Beginning>>();
  #placement = 0;

  /** `structAt` finds the struct of the update that holds an id which the document does not have. */
  constructor(doc: Y.Doc, structAt: (id: Y.ID) => Struct | undefined, most: number) {
    this.#doc = doc;
    this.#structAt = structAt;
    this.#most = most;
  }

  /** Puts a struct where Yjs will put it; call in the order of Yjs. Throws Refusal `too-large` beyond the steps allowed. */
  place(id: Y.ID, struct: Struct, { parent, key }: Spot): void {
    const known = Y.getState(this.#doc.store, id.client);
    const clock = Math.max(known, struct.clock);
    // What is known of it already is cut off; the rest stands after that.
    const origin = clock > struct.clock ? Y.createID(id.client, clock - 1) : (struct.left ?? null);
    const length = struct.length - (clock - struct.clock);
    const node = new Node(id.client, clock, length, origin, struct.right ?? null);
    const before = origin && this.#endingAt(origin);
    const after = node.rightOrigin && this.#beginningAt(node.rightOrigin);
    const beginning = before === null ? this.#beginningOf(parent, key) : undefined;
    const adjacent = before === null ? after !== null && this.#leftOf(after) === null : this.#rightOf(before) === after;
    const left = adjacent ? before : this.#settle(node, before, after, beginning?.first ?? null);
    if (left === null) {
      const first = this.#beginningOf(parent, key);
      this.#link(node, first.first);
      first.first = node;
      if (key !== undefined) first.walked += 1;
    } else {
      const right = this.#rightOf(left);
      this.#link(left, node);
      this.#link(node, right);
    }
    this.#pieces.set(struct, [node]);
  }

  /** As Yjs settles who comes first where several stand at one place; gives what it will stand after. */
  #settle(node: Node, before: Node | null, after: Node | null, first: Node | null): Node | null {
    const placement = (this.#placement += 1);
    // Rivals are forgotten when one of them is passed for good: those of a higher round remain.
    let round = placement;
    let left = before;
    for (let other = before === null ? first : this.#rightOf(before); other !== null && other !== after;) {
      this.#count(1);
      other.passed = placement;
      other.rival = round;
      if (same(node.origin, other.origin)) {
        if (other.client < node.client) {
          left = other;
          round = this.#placement += 1;
        } else if (same(node.rightOrigin, other.rightOrigin)) break;
      } else {
        const root = other.origin && this.#holding(other.origin);
        if (!root || root.passed < placement) break;
        if (root.rival < round) {
          left = other;
          round = this.#placement += 1;
        }
      }
      other = this.#rightOf(other);
    }
    return left;
  }

  #count(steps: number): void {
    this.steps += steps;
    if (this.steps > this.#most) throw new Refusal("too-large", `more than ${this.#most} at one place`);
  }

  #beginningOf(parent: Parent, key: string | undefined): Beginning {
    const known = this.#beginnings.get(parent) ?? new Map<string | undefined, Beginning>();
    this.#beginnings.set(parent, known);
    let beginning = known.get(key);
    if (beginning === undefined) {
      const { type } = parent;
      let item = (type && (key === undefined ? firstItem(type) : type._map.get(key))) ?? null;
      let walked = 0;
      for (; key !== undefined && item?.left; item = item.left) {
        walked += 1;
        if (walked > this.#most) break;
      }
      beginning = { first: item && this.#firstOf(item), walked };
      known.set(key, beginning);
    }
    this.#count(beginning.walked);
    return beginning;
  }

  #link(left: Node, right: Node | null): void {
    left.right = right;
    if (right !== null) right.left = left;
  }

  #rightOf(node: Node): Node | null {
    if (node.right === undefined) {
      const { right = null } = node.item ?? {};
      node.right = right && this.#firstOf(right);
    }
    return node.right;
  }

  #leftOf(node: Node): Node | null {
    if (node.left === undefined) {
      const { left = null } = node.item ?? {};
      node.left = left && (this.#piecesOf(left).at(-1) ?? null);
    }
    return node.left;
  }

  #firstOf(item: Y.Item): Node | null {
    return this.#piecesOf(item)[0] ?? null;
  }

  #piecesOf(item: Y.Item): Node[] {
    const known = this.#pieces.get(item);
    if (known !== undefined) return known;
    const { id, length, origin, rightOrigin } = item;
    const node = new Node(id.client, id.clock, length, origin, rightOrigin);
    node.left = node.right = undefined;
    node.item = item;
    const pieces = [node];
    this.#pieces.set(item, pieces);
    return pieces;
  }

  #piecesAt(id: Y.ID): Node[] | undefined {
    if (id.clock < Y.getState(this.#doc.store, id.client)) {
      const item = itemIn(this.#doc, id);
      return item && this.#piecesOf(item);
    }
    const struct = this.#structAt(id);
    return struct && this.#pieces.get(struct);
  }

  #holding(id: Y.ID): Node | null {
    const pieces = this.#piecesAt(id);
    return pieces?.[pieceAt(pieces, id.clock)] ?? null;
  }

  /** The node that ends with an id, cut there if need be. */
  #endingAt(id: Y.ID): Node | null {
    const pieces = this.#piecesAt(id);
    if (pieces === undefined) return null;
    this.#cut(pieces, id.clock + 1);
    return pieces[pieceAt(pieces, id.clock)] ?? null;
  }

  /** The node that begins with an id, cut there if need be. */
  #beginningAt(id: Y.ID): Node | null {
    const pieces = this.#piecesAt(id);
    if (pieces === undefined) return null;
    this.#cut(pieces, id.clock);
    return pieces[pieceAt(pieces, id.clock)] ?? null;
  }

  #cut(pieces: Node[], clock: number): void {
    const at = pieceAt(pieces, clock);
    const node = pieces[at];
    if (node === undefined || clock <= node.clock || clock >= node.clock + node.length) return;
    const { client, rightOrigin, right, item } = node;
    const length = node.clock + node.length - clock;
    const rest = new Node(client, clock, length, Y.createID(client, clock - 1), rightOrigin);
    rest.left = node;
    rest.right = right;
    rest.item = item;
    node.length = clock - node.clock;
    node.right = rest;
    if (right?.left === node) right.left = rest;
    pieces.splice(at + 1, 0, rest);
  }
}
