/** Fills an empty document with one that was arranged: each struct is put where it is said to stand, and no place is looked for. */
import * as Y from "yjs";
import { hang } from "../text/internals.ts";
import type { Arranged } from "./arranged.ts";
import { UpdateReader } from "./reader.ts";

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
const link = (structs: readonly (Y.Item | Y.GC)[], before: Int32Array): boolean => {
  for (const [number, struct] of structs.entries()) {
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
const listFrom = (first: Y.Item, lines: Lines): List | undefined => {
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
const listsOf = (structs: readonly (Y.Item | Y.GC)[], lines: Lines): List[] | undefined => {
  const lists: List[] = [];
  const taken = new Map<List["parent"], Set<string | null>>();
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || struct.left !== null) continue;
    const list = listFrom(struct, lines);
    if (!list) return undefined;
    const keys = taken.get(list.parent) ?? new Set();
    if (keys.has(list.key)) return undefined;
    taken.set(list.parent, keys.add(list.key));
    lists.push(list);
  }
  return lists;
};

/** What is to be filled in; undefined where what is said is not what our documents hold. */
const laidOut = ({
  update,
  before,
}: Arranged): { structs: readonly (Y.Item | Y.GC)[]; lines: Lines; lists: List[] } | undefined => {
  try {
    const read = new UpdateReader(update).read(before.length);
    if (!read || !link(read.structs, before)) return undefined;
    const lists = listsOf(read.structs, read.lines);
    // Those in a ring have nothing before the first of them, and are missing here.
    const listed = lists?.reduce((count, { items }) => count + items, 0);
    return lists && listed === read.structs.filter((each) => each instanceof Y.Item).length && areRooted(lists)
      ? { ...read, lists }
      : undefined;
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

/**
 * Fills `doc`, as applying the update would, in a third of the time, and tells nobody: no transaction, no event. False, and
 * nothing is changed, where something was written in it, or where what is said is not what our documents hold. Nobody may have
 * read it yet: what was remembered of it stays remembered.
 */
export const fillArranged = (doc: Y.Doc, arranged: Arranged): boolean => {
  const { store } = doc;
  if (store.clients.size > 0 || store.pendingStructs !== null || store.pendingDs !== null) return false;
  const laid = laidOut(arranged);
  if (!laid?.lists.every((list) => isOfKind(doc, list))) return false;
  const { structs, lines, lists } = laid;
  for (const [client, line] of lines) store.clients.set(client, line);
  for (const each of structs) {
    if (each instanceof Y.Item && each.content instanceof Y.ContentType) each.content.type._integrate(doc, each);
  }
  for (const list of lists) hang(typeOf(doc, list), list);
  // What was deleted and kept, to be undone by whoever is gone now.
  for (const each of structs) {
    if (each instanceof Y.Item && each.deleted && !(each.content instanceof Y.ContentDeleted)) each.gc(store, false);
  }
  return true;
};
