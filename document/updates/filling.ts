/** Fills an empty document with one that was arranged: each struct is put where it is said to stand, and no place is looked for. */
import * as Y from "yjs";
import { hanging } from "../text/internals.ts";
import type { Arranged } from "./arranged.ts";
import { PORTION, UpdateReader } from "./reader.ts";
import { atOnce, type Steps } from "./steps.ts";

/** A list as it will hang in its parent: the values of a key, or what stands in sequence. */
interface List {
  parent: string | Y.Text | Y.Map<unknown>;
  key: string | null;
  first: Y.Item;
  last: Y.Item;
  /** How many units it counts, and how many items it is. */
  length: number;
  items: number;
  /** The types in it. */
  holds: unknown[];
}

type Lines = ReadonlyMap<number, (Y.Item | Y.GC)[]>;

/** Links the structs to each other; false where what is said of them cannot be. */
const linking = function* (structs: readonly (Y.Item | Y.GC)[], before: Int32Array): Steps<boolean> {
  for (const [number, struct] of structs.entries()) {
    if (number % PORTION === 0) yield;
    const place = before[number]!;
    if (place < 0) continue;
    const left = structs[place];
    if (!(struct instanceof Y.Item) || !(left instanceof Y.Item) || left.right !== null) return false;
    struct.left = left;
    left.right = struct;
  }
  return true;
};

/** The item that an id stands for. */
const itemAt = (lines: Lines, { client, clock }: Y.ID): Y.Item | undefined => {
  const line = lines.get(client);
  const struct = line?.[Y.findIndexSS(line, clock)];
  return struct instanceof Y.Item ? struct : undefined;
};

/** The list that begins with `first`; undefined where none of those in it says whose it is. */
const listingFrom = function* (first: Y.Item, lines: Lines): Steps<List | undefined> {
  let [last, length, items] = [first, 0, 0];
  let lives = false;
  let says: Y.Item | undefined;
  const holds: unknown[] = [];
  for (let item: Y.Item | null = first; item !== null; item = item.right) {
    if (!says && item.parent !== null) says = item;
    if (item.countable && !item.deleted) length += item.length;
    lives ||= !item.deleted;
    if (item.content instanceof Y.ContentType) holds.push(item.content.type);
    items += 1;
    last = item;
    if (items % PORTION === 0) yield;
  }
  // Before it is filled in, a parent is a name or an id.
  const said = says?.parent as string | Y.ID | undefined;
  const holder = said instanceof Y.ID ? itemAt(lines, said) : undefined;
  const held: unknown = holder?.content instanceof Y.ContentType ? holder.content.type : undefined;
  const type = held instanceof Y.Text || held instanceof Y.Map ? held : undefined;
  const parent = said instanceof Y.ID ? type : said;
  // What stands in something that is gone is gone as well.
  if (!says || parent === undefined || (lives && holder?.deleted)) return undefined;
  return { parent, key: says.parentSub, first, last, length, items, holds };
};

/** Types stand in types, in ours three deep. */
const DEEPEST = 8;

/** Whether each list stands in a root in the end, and none in what it holds itself. */
const areRooted = (lists: readonly List[]): boolean => {
  const parents = new Map<unknown, List["parent"]>();
  for (const { holds, parent } of lists) for (const type of holds) parents.set(type, parent);
  return lists.every((list) => {
    let parent: List["parent"] | undefined = list.parent;
    for (let depth = 0; depth < DEEPEST && typeof parent === "object"; depth += 1) parent = parents.get(parent);
    return typeof parent === "string";
  });
};

/** All lists; undefined where one has no parent, two are the same, or a struct stands in none. */
const listing = function* (structs: readonly (Y.Item | Y.GC)[], lines: Lines): Steps<List[] | undefined> {
  const lists: List[] = [];
  const taken = new Map<List["parent"], Set<string | null>>();
  let unlisted = 0;
  for (const [number, struct] of structs.entries()) {
    if (number % PORTION === 0) yield;
    if (!(struct instanceof Y.Item)) continue;
    unlisted += 1;
    if (struct.left !== null) continue;
    const list = yield* listingFrom(struct, lines);
    if (!list) return undefined;
    unlisted -= list.items;
    const keys = taken.get(list.parent) ?? new Set();
    if (keys.has(list.key)) return undefined;
    taken.set(list.parent, keys.add(list.key));
    lists.push(list);
  }
  // Those in a ring have nothing before the first of them, and are missing here.
  return unlisted === 0 ? lists : undefined;
};

/** A document that is ready to be filled in. */
export interface LaidOut {
  structs: readonly (Y.Item | Y.GC)[];
  lines: Lines;
  lists: List[];
}

/** Reads what was arranged, and touches no document yet; undefined where what is said is not what our documents hold. */
export const layingOut = function* ({ update, before }: Arranged): Steps<LaidOut | undefined> {
  try {
    const read = yield* new UpdateReader(update).reading(before.length);
    if (!read || !(yield* linking(read.structs, before))) return undefined;
    const lists = yield* listing(read.structs, read.lines);
    return lists && areRooted(lists) ? { ...read, lists } : undefined;
  } catch {
    // Whatever a byte that is another one leads to: an id of nothing, a value of no kind, letters that are none.
    return undefined;
  }
};

const isTextRoot = (name: string): boolean => /^title$|^prose:/.test(name);

/** Whether a root that somebody has asked for already is of the kind that this list stands in. */
const isOfKind = (doc: Y.Doc, { parent }: List): boolean => {
  if (typeof parent !== "string") return true;
  const root = doc.share.get(parent);
  return root === undefined || root instanceof (isTextRoot(parent) ? Y.Text : Y.Map);
};

/** The type a list stands in. */
const typeOf = (doc: Y.Doc, { parent }: List): Y.Text | Y.Map<unknown> => {
  if (typeof parent !== "string") return parent;
  // Whoever asks for a root by its kind later has all that stands in it gone through once more: these are known.
  return isTextRoot(parent) ? doc.getText(parent) : doc.getMap(parent);
};

const isEmpty = ({ store }: Y.Doc): boolean =>
  store.clients.size === 0 && store.pendingStructs === null && store.pendingDs === null;

/**
 * Fills `doc`, as applying the update would, and tells nobody: no transaction, no event. In the pauses nobody may see the
 * document. False, and nothing is changed, where something was written in it, or where a root is of another kind. Nobody may have
 * read it before: what was remembered of it stays remembered.
 */
export const filling = function* (doc: Y.Doc, { structs, lines, lists }: LaidOut): Steps<boolean> {
  const { store } = doc;
  if (!isEmpty(doc) || !lists.every((list) => isOfKind(doc, list))) return false;
  for (const [client, line] of lines) store.clients.set(client, line);
  for (const [number, each] of structs.entries()) {
    if (number % PORTION === 0) yield;
    if (each instanceof Y.Item && each.content instanceof Y.ContentType) each.content.type._integrate(doc, each);
  }
  for (const [number, list] of lists.entries()) {
    if (number % PORTION === 0) yield;
    yield* hanging(typeOf(doc, list), list, PORTION);
  }
  // What was deleted and kept, to be undone by whoever is gone now.
  for (const [number, each] of structs.entries()) {
    if (number % PORTION === 0) yield;
    if (each instanceof Y.Item && each.deleted && !(each.content instanceof Y.ContentDeleted)) each.gc(store, false);
  }
  return true;
};

/** All of it: in a third of the time that applying the update takes. */
export const fillingArranged = function* (doc: Y.Doc, arranged: Arranged): Steps<boolean> {
  if (!isEmpty(doc)) return false;
  const laid = yield* layingOut(arranged);
  return laid !== undefined && (yield* filling(doc, laid));
};

/** The same without a pause. */
export const fillArranged = (doc: Y.Doc, arranged: Arranged): boolean => atOnce(fillingArranged(doc, arranged));
