/** The only file that touches Yjs's own structures: the items of a text, how they are placed, split and removed. */
import * as Y from "yjs";
import { isMarkKey, readAttributes, readMark, type Attributes, type MarkKey } from "./attributes.ts";

export type Item = Y.Item;
export type Id = { client: number; clock: number };

// P4: after remote changes Yjs tidies formats in every client and sends that as an edit of its own. The question it
// asks first is always answered "no formats here", so a silent reader stays silent; on the server too.
Object.defineProperty(Y.Text.prototype, "_hasFormatting", { get: () => false, set: () => {} });

/** What one item is to a reader. `other` is any foreign embed: so many inert characters. */
export type Content =
  | { is: "words"; words: string }
  | { is: "break"; attributes: Attributes }
  | { is: "format"; key: MarkKey; value: true | string | null }
  | { is: "other" }
  | { is: "nothing" };

const NOTHING: Content = { is: "nothing" };
const OTHER: Content = { is: "other" };

/** Classifies an item by what it holds, deleted or not. Total. */
export const contentOf = (item: Item): Content => {
  const content = item.content;
  if (content instanceof Y.ContentString) return { is: "words", words: content.str };
  if (content instanceof Y.ContentFormat) {
    const { key } = content;
    return isMarkKey(key) ? { is: "format", key, value: readMark(key, content.value) } : NOTHING;
  }
  const map = mapOf(item);
  if (map) return { is: "break", attributes: readAttributes((key) => map.get(key)) };
  return item.countable ? OTHER : NOTHING;
};

const mapOf = (item: Item): Y.Map<unknown> | undefined => {
  const content = item.content;
  return content instanceof Y.ContentType && content.type instanceof Y.Map ? content.type : undefined;
};

/** Whether an item is a break of ours; a bare newline inside words is not asked about here. */
export const isBreak = (item: Item): boolean => mapOf(item) !== undefined;

export const firstItem = (type: Pick<Y.Text, "_start">): Item | null => type._start;
export const nextItem = (item: Item): Item | null => item.right;
export const previousItem = (item: Item): Item | null => item.left;

/** How many units it counts now: none when deleted or a marker. */
export const liveLength = (item: Item): number => (item.deleted || !item.countable ? 0 : item.length);
export const isLive = (item: Item): boolean => !item.deleted;

/** The client id under which a map got the value it has. */
export const writerOf = (map: Y.Map<unknown>, key: string): number | undefined => map._map.get(key)?.id.client;

/** Whether it was there, undeleted, before the transaction began. Only while its observers run. */
export const wasLive = (item: Item, transaction: Y.Transaction): boolean =>
  item.id.clock < (transaction.beforeState.get(item.id.client) ?? 0) &&
  (!item.deleted || Y.isDeleted(transaction.deleteSet, item.id));

/** Whether Yjs has merged it into its left neighbour since; then it stands in no list any more. */
export const isMerged = (item: Item): boolean => item.left !== null && item.left.right !== item;

/** P5: items placed by our own hand make the positions Yjs caches wrong; without a cache there are none. */
export const forgetMarkers = (text: Y.Text): void => {
  text._searchMarker = null;
};

/** What a marker holds, as Yjs reads it. */
export const formatOf = (key: string, value: object): Y.Item["content"] => new Y.ContentFormat(key, value);

interface Unplaced {
  id: Y.ID;
  left: Y.ID | null;
  right: Y.ID | null;
  /** A root's name, or the item that holds the type; null where a neighbour says it. */
  parent: string | Y.ID | null;
  key: string | null;
  content: Y.Item["content"];
}

/** An item as it was read, without a place yet. */
export const unplaced = ({ id, left, right, parent, key, content }: Unplaced): Item =>
  // Yjs itself keeps a root's name there until it has one.
  new Y.Item(id, null, left, null, right, parent as Y.ID | null, key, content);

interface List {
  /** Under which key; null for what stands in sequence. */
  key: string | null;
  first: Item;
  last: Item;
  /** How many units it counts. */
  length: number;
}

/** Hangs a list of items that hold each other already into a type that is empty there, with a pause after each `portion` of them. */
export const hanging = function* (
  type: Y.Text | Y.Map<unknown>,
  { key, first, last, length }: List,
  portion: number,
): Generator<undefined, void> {
  let hung = 0;
  for (let item: Item | null = first; item !== null; item = item.right) {
    item.parent = type;
    item.parentSub = key;
    // As Yjs does where it finds a format: the positions it caches count none.
    if (item.content instanceof Y.ContentFormat) type._searchMarker = null;
    hung += 1;
    if (hung % portion === 0) yield;
  }
  if (key === null) {
    type._start = first;
    type._length = length;
  } else type._map.set(key, last);
};

/** Cuts an item so that a new one begins at `offset`, and gives that one. */
export const splitItem = (transaction: Y.Transaction, item: Item, offset: number): Item =>
  Y.getItemCleanStart(transaction, Y.createID(item.id.client, item.id.clock + offset));

const place = (
  transaction: Y.Transaction,
  text: Y.Text,
  left: Item | null,
  content: ConstructorParameters<typeof Y.Item>[7],
): Item => {
  const { doc } = transaction;
  const right = left === null ? text._start : left.right;
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
  const item = new Y.Item(id, left, left && left.lastId, right, right && right.id, text, null, content);
  item.integrate(transaction, 0);
  return item;
};

/** Each of these places one item right after `left` (at the start for null) and gives it. */
export const placeWords = (transaction: Y.Transaction, text: Y.Text, left: Item | null, words: string): Item =>
  place(transaction, text, left, new Y.ContentString(words));

export const placeFormat = (
  transaction: Y.Transaction,
  text: Y.Text,
  left: Item | null,
  key: MarkKey,
  value: true | string | null,
  // Yjs types a format's value as an object; strings, true and null are what it stores.
): Item => place(transaction, text, left, new Y.ContentFormat(key, value as unknown as object));

export const placeBreak = (transaction: Y.Transaction, text: Y.Text, left: Item | null): Item =>
  place(transaction, text, left, new Y.ContentType(new Y.Map()));

export const removeItem = (transaction: Y.Transaction, item: Item): void => item.delete(transaction);

/** Sets one entry of a break; undefined removes it. */
export const setEntry = (item: Item, key: keyof Attributes, value: unknown): void => {
  const map = mapOf(item);
  if (value === undefined) {
    if (map?.has(key)) map.delete(key);
  } else map?.set(key, value);
};

/** The items of `text` that a transaction placed, removed, or whose break it changed; undefined when over `most`. */
export const changedItems = (text: Y.Text, transaction: Y.Transaction, most: number): Set<Item> | undefined => {
  const { store } = transaction.doc;
  const found = new Set<Item>();
  let seen = 0;
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0;
    if (after <= before) continue;
    const structs = store.clients.get(client) ?? [];
    for (let i = Y.findIndexSS(structs, before); i < structs.length; i += 1) {
      if ((seen += 1) > most) return undefined;
      const struct = structs[i];
      if (struct instanceof Y.Item && struct.parent === text && struct.parentSub === null) found.add(struct);
    }
  }
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    seen += 1;
    if (seen <= most && struct instanceof Y.Item && struct.parent === text && struct.parentSub === null) {
      found.add(struct);
    }
  });
  for (const type of transaction.changed.keys()) {
    if (type instanceof Y.Map && type._item?.parent === text) found.add(type._item);
  }
  return seen > most ? undefined : found;
};

/**
 * Does `act`, in which no two items of one hand become one. Of a document that comes in portions what stands between two
 * halves of an item may come last: joined meanwhile and cut again, large ones would take minutes.
 */
export const unjoined = <T>(act: () => T): T => {
  const join = Object.getOwnPropertyDescriptor(Y.Item.prototype, "mergeWith")!;
  Object.defineProperty(Y.Item.prototype, "mergeWith", { ...join, value: () => false });
  try {
    return act();
  } finally {
    Object.defineProperty(Y.Item.prototype, "mergeWith", join);
  }
};

/** The transaction somebody is in the middle of, if any. */
export const busyWith = (doc: Y.Doc): Y.Transaction | null => doc._transaction;

/** Whether nothing has happened to a document since the observers of `transaction` were about to be called. */
export const isLatest = (doc: Y.Doc, transaction: Y.Transaction | undefined): boolean => {
  const last = doc._transactionCleanups.at(-1);
  return doc._transaction === null && (last === undefined || last === transaction);
};

/** The types that a transaction changed, themselves or in what they hold. Known as soon as its observers are called. */
export const changedTypes = (transaction: Y.Transaction): Set<unknown> => {
  const types = new Set<unknown>();
  for (const changed of transaction.changed.keys()) {
    for (let type: unknown = changed; type instanceof Y.AbstractType; type = type._item?.parent) types.add(type);
  }
  return types;
};

export const idOf = (item: Item, offset: number): Id => ({ client: item.id.client, clock: item.id.clock + offset });

/** The item that holds an id now, after deletions were undone, and where in it; undefined when unknown or gone. */
export const itemAt = (text: Y.Text, id: Id): { item: Item; offset: number } | undefined => {
  const store = text.doc?.store;
  if (!store || Y.getState(store, id.client) <= id.clock) return undefined;
  let next: Id | null = id;
  for (;;) {
    const struct: Y.Item | Y.GC = Y.getItem(store, Y.createID(next.client, next.clock));
    if (!(struct instanceof Y.Item)) return undefined;
    const offset: number = next.clock - struct.id.clock;
    if (struct.redone === null) return struct.parent === text ? { item: struct, offset } : undefined;
    next = { client: struct.redone.client, clock: struct.redone.clock + offset };
  }
};

/** In which root of `doc` a type stands, and in which entry of that; undefined where it stands in none any more. */
export const rootedIn = (doc: Y.Doc, type: { _item: Y.Item | null }): { root: string; id?: string } | undefined => {
  let at: { _item: Y.Item | null } | null = type;
  let id: string | undefined;
  while (at?._item) {
    id = at._item.parentSub ?? undefined;
    at = at._item.parent instanceof Y.AbstractType ? at._item.parent : null;
  }
  for (const [root, each] of doc.share) if (each === at) return { root, ...(id === undefined ? {} : { id }) };
  return undefined;
};

/** Any shared type, whatever its events. */
type Held = Pick<Y.Text, "_start" | "_map">;

/** What any shared type holds in sequence: typed words, then values and types as foreign hands put them there. */
export const sequenceOf = (type: Held): { typed: boolean; value: unknown }[] => {
  const held: { typed: boolean; value: unknown }[] = [];
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (item.content instanceof Y.ContentString) held.push({ typed: true, value: item.content.str });
    else for (const value of item.content.getContent()) held.push({ typed: false, value });
  }
  return held;
};

/** What any shared type holds by key, whatever kind of type it is. */
export const entriesOf = (type: Held): [string, unknown][] => {
  const held: [string, unknown][] = [];
  for (const [key, item] of type._map) {
    if (!item.deleted) held.push([key, item.content.getContent()[item.length - 1]]);
  }
  return held;
};
