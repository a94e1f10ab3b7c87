/** Reads the records of a document: items with their groups, people, in whatever form they stand. Total. */
import * as Y from "yjs";
import { letter } from "../../minutes/number.ts";
import { isBlank, proseFromPlain } from "../../minutes/plain.ts";
import {
  ACTION_STATUSES,
  type Group,
  type Item,
  type MergedItem,
  type Person,
  type Picking,
  type Prose,
} from "../../minutes/value.ts";
import { isVisitorId } from "../id.ts";
import { numbersOf } from "../numbering.ts";
import { capturedAt, compareOrder, type Placed } from "../order.ts";
import { recordOnce } from "../text/remembered.ts";
import { Ids, usable } from "./ids.ts";
import { bodyOf, lineOf, listOf, oneOf, plainOf, wordsOf } from "./words.ts";

/** What an entry holds by key, if it is one of ours. */
interface Entry extends Placed {
  get(key: string): unknown;
  body: Prose;
  /** What an item says by itself, once it was asked for. */
  said?: Said;
}

/** Of an item, what does not depend on anything around it. */
type Said = Pick<Item, "owner" | "due" | "status" | "from" | "at" | "dictatedBy" | "corrected">;

/** Display names of visitors, by id. */
export type Names = ReadonlyMap<string, string>;

export interface Items {
  groups: Group[];
  items: Item[];
  /** What is chosen here, where something is. */
  pick?: Picking;
}

/** Items and groups in display order: what stands in no group first, then group by group. */
export function readItems(map: Y.Map<unknown>, names: Names): Items {
  const entries = entriesIn(map, (value) => value.get("text"));
  const ids = new Ids();
  const numbers = numbersOf(map);
  const groups = entries
    .filter(isGroup)
    .map(({ id, body }, i): Group => ({ id: ids.of(id), letter: letter(i + 1), text: plainOf(body), body }));
  const places = new Map(groups.map((group, i) => [group.id, i + 1]));
  const items = entries
    .filter((entry) => !isGroup(entry))
    .map((entry) => readItem(entry, { map, numbers, names, ids }));
  for (const item of items) if (!places.has(item.group ?? "")) delete item.group;
  const placeOf = (item: Item): number => places.get(item.group ?? "") ?? 0;
  return { groups, items: items.toSorted((a, b) => placeOf(a) - placeOf(b)) };
}

/** What the items of one section are read with. */
interface Reading {
  map: Y.Map<unknown>;
  numbers: ReadonlyMap<string, number>;
  names: Names;
  ids: Ids;
}

function readItem(entry: Entry, reading: Reading): Item {
  const { numbers, names, ids } = reading;
  const { id, body } = entry;
  const { dictatedBy, at, corrected, ...rest } = (entry.said ??= saidIn(entry));
  const author = nameOf(entry.get("author"), names);
  const group = entry.get("group");
  const item: Item = {
    id: ids.of(id),
    number: numbers.get(id) ?? 0,
    text: plainOf(body),
    body,
    ...(author === "" ? {} : { author }),
    ...(dictatedBy === undefined ? {} : { dictatedBy }),
    ...(at === undefined ? {} : { at }),
    ...(typeof group === "string" && group !== "" ? { group: ids.of(group) } : {}),
    ...rest,
  };
  const merged = readMerged(entry.get("merged"), id, reading);
  if (merged.length > 0) item.merged = merged;
  if (corrected === undefined) return item;
  const corrector = nameOf(entry.get("corrector"), names);
  return { ...item, corrected, ...(corrector === "" ? {} : { correctedBy: corrector }) };
}

function saidIn(entry: Entry): Said {
  const said: Said = {};
  const dictatedBy = lineOf(entry.get("dictated")).slice(0, 80).toWellFormed();
  if (dictatedBy !== "") said.dictatedBy = dictatedBy;
  const at = timeOf(entry.get("at"));
  if (at !== undefined) said.at = at;
  for (const key of ["owner", "due"] as const) {
    const value = lineOf(entry.get(key));
    if (value !== "") said[key] = value;
  }
  const status = oneOf(ACTION_STATUSES, entry.get("status"));
  if (status !== undefined) said.status = status;
  const from = listOf(entry.get("from")).filter(usable);
  if (from.length > 0) said.from = from;
  const corrected = timeOf(entry.get("corrected"));
  if (corrected !== undefined) said.corrected = corrected;
  return said;
}

/** The display name of a visitor. Who never gave a name is nobody one could name: an id is no word of anybody's. */
function nameOf(visitor: unknown, names: Names): string {
  const written = lineOf(visitor);
  return (names.get(written) ?? (isVisitorId(written) ? "" : written)).trim().slice(0, 80).toWellFormed();
}

function timeOf(at: unknown): string | undefined {
  return typeof at === "string" && at.length < 40 && !Number.isNaN(Date.parse(at))
    ? new Date(at).toISOString()
    : undefined;
}

/** Only what is hidden for having been merged: what was brought back since stands for itself again. */
function readMerged(value: unknown, into: string, { map, numbers, names, ids }: Reading): MergedItem[] {
  return [...new Set(listOf(value))].filter(usable).flatMap((id): MergedItem[] => {
    const entry = map.get(id);
    if (id === into || !(entry instanceof Y.Map) || entry.get("removed") !== true) return [];
    const author = nameOf(entry.get("author"), names);
    const group = entry.get("group");
    return [
      {
        id,
        number: numbers.get(id) ?? 0,
        ...(author === "" ? {} : { author }),
        ...(typeof group === "string" && group !== "" ? { group: ids.of(group) } : {}),
      },
    ];
  });
}

/** People in their order; a person without a word in them stays, somebody may be about to write. */
export function readPeople(people: Y.Map<unknown>): Person[] {
  const ids = new Ids();
  return entriesIn(people, (value) => value.get("name")).map((entry) => {
    const person: Person = { id: ids.of(entry.id), name: lineOf(plainOf(entry.body)) };
    for (const key of ["organisation", "sector", "role"] as const) {
      const value = lineOf(entry.get(key));
      if (value !== "") person[key] = value;
    }
    return person;
  });
}

/** What is not removed, in order. A foreign entry (a string, a text, an object) is read for its words. */
function entriesIn(map: Y.Map<unknown>, words: (entry: Y.Map<unknown>) => unknown): Entry[] {
  const entries: Entry[] = [];
  for (const [id, value] of map.entries()) {
    if (value instanceof Y.Map) {
      const entry = recordOnce(value, () => entryOf(id, value, words(value)));
      if (entry) entries.push(entry);
    } else {
      const body = bodyOf(value);
      if (!isBlank(body)) entries.push({ id, order: undefined, get: () => undefined, body });
    }
  }
  return entries.toSorted(compareOrder);
}

function entryOf(id: string, value: Y.Map<unknown>, words: unknown): Entry | undefined {
  if (value.get("removed") === true) return undefined;
  const get = (key: string): unknown => value.get(key);
  return { id, order: get("order"), at: capturedAt(get("number"), get("at")), get, body: bodyIn(value, words) };
}

/** The very body of the text where nothing foreign stands beside it: what did not change shall be the same. */
function bodyIn(entry: Y.Map<unknown>, words: unknown): Prose {
  const [body, foreign] = [bodyOf(words), foreignIn(entry)];
  return foreign.length === 0 ? body : [...body, ...foreign];
}

/** Shared types under keys of no layout we know: somebody typed into them. */
function foreignIn(entry: Y.Map<unknown>): Prose {
  const foreign: unknown[] = [];
  for (const [key, value] of entry.entries()) {
    if (!KEYS.has(key) && value instanceof Y.AbstractType) foreign.push(value);
  }
  const words = wordsOf(foreign);
  return words === "" ? [] : proseFromPlain(words);
}

const KEYS = new Set(
  ["text", "name", "order", "author", "at", "number", "group", "owner", "due", "status", "from"].concat([
    "kind",
    "removed",
    "organisation",
    "sector",
    "role",
  ]),
);

const isGroup = (entry: Entry): boolean => entry.get("kind") === "group";
