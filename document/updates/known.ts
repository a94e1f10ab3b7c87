/** Where things stand that a document already has: for every item its type, and what that type is in our layout. */
import * as Y from "yjs";
import { childPlace, rootPlace, type Place } from "./places.ts";

/** Any shared type, whatever its events. */
type Shared = Pick<Y.Map<unknown>, "_item" | "_start" | "_map">;

/** A type, as one thing: two items stand in the same type when their parent is the same object. */
export interface Parent {
  place: Place;
  /** Where the document has it already. */
  type?: Shared;
}

/** Where an item stands: in which type, and in a map under which key. */
export interface Spot {
  parent: Parent;
  key?: string;
}

/** Where everything stands whose type is gone. */
export const NOWHERE: Spot = { parent: { place: "nowhere" } };

/** The types a document has keep their place for ever. */
const parents = new WeakMap<object, Parent>();

const MAP = 1;
const TEXT = 2;
const NONE = -1;

/** Where the item stands that holds an id; undefined where the document does not have it. */
export function spotIn(doc: Y.Doc, id: Y.ID): Spot | undefined {
  const item = structIn(doc, id);
  if (item === undefined) return undefined;
  if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return NOWHERE;
  return { parent: parentOf(doc, item.parent), ...(item.parentSub === null ? {} : { key: item.parentSub }) };
}

/** The type an item is; undefined where the document has the item, but it is none. */
export function typeIn(doc: Y.Doc, id: Y.ID): Parent | undefined {
  const item = structIn(doc, id);
  if (!(item instanceof Y.Item) || item.content instanceof Y.ContentDeleted) return NOWHERE.parent;
  return item.content instanceof Y.ContentType && item.id.clock === id.clock
    ? parentOf(doc, item.content.type)
    : undefined;
}

/** A root type that is there already. */
export function rootIn(doc: Y.Doc, name: string): Parent | undefined {
  const type = doc.share.get(name);
  if (type === undefined) return undefined;
  const parent = parents.get(type) ?? { place: rootPlace(name) ?? "foreign", type };
  parents.set(type, parent);
  return parent;
}

/** The item that holds an id; undefined where the document does not have it, or has collected it. */
export function itemIn(doc: Y.Doc, id: Y.ID): Y.Item | undefined {
  const item = structIn(doc, id);
  return item instanceof Y.Item ? item : undefined;
}

function structIn(doc: Y.Doc, { client, clock }: Y.ID): Y.Item | Y.GC | undefined {
  if (clock >= Y.getState(doc.store, client)) return undefined;
  const structs = doc.store.clients.get(client) ?? [];
  return structs[Y.findIndexSS(structs, clock)];
}

function parentOf(doc: Y.Doc, type: Shared): Parent {
  // Outwards to a type whose place is known, then back in: a damaged file may nest deeper than any stack.
  const unknown: Shared[] = [];
  let at = type;
  let known = parents.get(at);
  while (known === undefined) {
    const item = at._item;
    if (item === null) known = rootOf(doc, at);
    else {
      unknown.push(at);
      if (!(item.parent instanceof Y.AbstractType)) known = NOWHERE.parent;
      else {
        at = item.parent;
        known = parents.get(at);
      }
    }
  }
  for (const each of unknown.toReversed()) {
    const place = childPlace(known.place, each._item?.parentSub ?? undefined, numberOf(each));
    known = { place: place ?? "foreign", type: each };
    parents.set(each, known);
  }
  return known;
}

/** Yjs finds the name of a root by looking at all of them; so do we, once for all of them. */
function rootOf(doc: Y.Doc, wanted: object): Parent {
  for (const [name, type] of doc.share) {
    if (!parents.has(type)) parents.set(type, { place: rootPlace(name) ?? "foreign", type });
  }
  return parents.get(wanted) ?? { place: "foreign" };
}

/** The number Yjs sends for it, as far as our layout has it: an XML text is a text to `instanceof`. */
function numberOf({ constructor }: Shared): number {
  return constructor === Y.Map ? MAP : constructor === Y.Text ? TEXT : NONE;
}
