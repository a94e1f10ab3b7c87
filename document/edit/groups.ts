/** Working in groups: a section split in A, B, …, and brought back together in one edit that can be taken back. */
import type * as Y from "yjs";
import { isBlank } from "../../minutes/plain.ts";
import { wordsKey } from "../../minutes/same.ts";
import type { Item } from "../../minutes/value.ts";
import { itemsOf, sectionsOf } from "../layout.ts";
import { readItems } from "../reading/items.ts";
import { addGroup } from "./items.ts";
import { assign, edit, editSection, entryOf } from "./transaction.ts";

/** Lets each group work on its own, in at least `count` groups; those that are there already stay. */
export function splitSection(doc: Y.Doc, section: string, count: number, origin?: unknown): void {
  edit(doc, origin, () => {
    const { groups } = readItems(itemsOf(doc, section), new Map());
    for (let there = groups.length; there < count; there += 1) addGroup(doc, section, {}, origin);
    editSection(doc, section, origin, (entry) => assign(entry, "split", true));
  });
}

type Value = string | number | boolean;

/** One entry that was written: of an item, or (without one) of the section. */
interface Written {
  item?: string;
  key: string;
  before: Value;
  after: Value;
}

export interface Gathered {
  /** How many groups without an item were hidden, how many items without a word, how many that say the same. */
  groups: number;
  blank: number;
  same: number;
  /** What `ungather` takes back. */
  written: Written[];
}

/**
 * Brings the groups of a section back together: what was captured keeps its group and its author; empty groups and blank
 * items are hidden; of those that say the same the first captured stays, names the others and takes over what they were
 * made from. The same whoever does it: two who do it at once have done it once.
 */
export function gatherGroups(doc: Y.Doc, section: string, origin?: unknown): Gathered {
  const map = itemsOf(doc, section);
  const written: Written[] = [];
  const write = (item: string | undefined, key: string, after: Value): void => {
    const entry = item === undefined ? entryOf(sectionsOf(doc), section) : entryOf(map, item);
    const there = entry?.get(key);
    const before = typeof there === typeof after ? (there as Value) : typeof after === "string" ? "" : false;
    if (entry === undefined || before === after) return;
    entry.set(key, after);
    written.push({ ...(item === undefined ? {} : { item }), key, before, after });
  };
  return edit(doc, origin, () => {
    const { groups, items } = readItems(map, new Map());
    const said = items.filter((item) => !isBlank(item.body));
    const blank = items.filter((item) => isBlank(item.body));
    const used = new Set(said.map(({ group }) => group));
    const empty = groups.filter(({ id }) => !used.has(id));
    for (const { id } of [...blank, ...empty]) write(id, "removed", true);
    const repeated = alike(said);
    for (const [first, ...others] of repeated) {
      const merged = [first, ...others].flatMap((each) => [each.id, ...(each.merged ?? []).map(({ id }) => id)]);
      const from = new Set([first, ...others].flatMap((each) => each.from ?? []).filter((id) => !merged.includes(id)));
      write(first.id, "merged", merged.slice(1).join("\n"));
      if (from.size > 0) write(first.id, "from", [...from].join("\n"));
      for (const key of ["owner", "due", "status"] as const) {
        const value = others.find((each) => each[key] !== undefined)?.[key];
        if (first[key] === undefined && value !== undefined) write(first.id, key, value);
      }
      for (const { id } of others) write(id, "removed", true);
    }
    write(undefined, "split", false);
    const same = repeated.reduce((sum, each) => sum + each.length - 1, 0);
    return { groups: empty.length, blank: blank.length, same, written };
  });
}

/** Takes back what `gatherGroups` wrote, except what somebody has changed since. */
export function ungather(doc: Y.Doc, section: string, { written }: Gathered, origin?: unknown): void {
  edit(doc, origin, () => {
    for (const { item, key, before, after } of written) {
      const entry = item === undefined ? entryOf(sectionsOf(doc), section) : entryOf(itemsOf(doc, section), item);
      if (entry?.get(key) === after) entry.set(key, before);
    }
  });
}

/** Those that say the same, first captured first. */
function alike(items: readonly Item[]): [Item, ...Item[]][] {
  const byWords = new Map<string, [Item, ...Item[]]>();
  for (const item of items.toSorted((a, b) => a.number - b.number)) {
    const words = wordsKey(item.text);
    const known = byWords.get(words);
    if (known) known.push(item);
    else byWords.set(words, [item]);
  }
  return [...byWords.values()].filter((each) => each.length > 1);
}
