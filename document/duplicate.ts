/** A new document that starts like another one: its structure, or its structure with its text. */
import * as Y from "yjs";
import type { Item, ItemsSection, Minutes, PeopleSection, Prose, RankingSection } from "../minutes/value.ts";
import type { Template, TemplateSection } from "../minutes/template.ts";
import { newDocument } from "./create.ts";
import { newId } from "./id.ts";
import { itemsOf, peopleOf, sectionsOf } from "./layout.ts";
import { firstKeys } from "./order.ts";
import { templateOf } from "./template.ts";
import { writeProse } from "./text/write.ts";

export interface DuplicateOptions {
  /** With its text: prose, values, people, items with their numbers, rankings. */
  text: boolean;
  title?: string;
}

/**
 * The first update of a copy of `minutes`, read with the names of their visitors: their ids mean nothing in the copy. History
 * and visitors stay behind; nothing links the two.
 */
export function duplicate(minutes: Minutes, { text, title }: DuplicateOptions): Uint8Array {
  const template = templateOf(minutes);
  const copy = newDocument(withText(template, text ? minutes : undefined), title === undefined ? {} : { title });
  if (text) copy.transact(() => fill(copy, minutes, template.sections));
  const update = Y.encodeStateAsUpdate(copy);
  copy.destroy();
  return update;
}

/** The template with the prose and the values that a section can start with. */
function withText(template: Template, minutes: Minutes | undefined): Template {
  if (minutes === undefined) return template;
  const sections = template.sections.map((section, i): TemplateSection => {
    const original = minutes.sections[i];
    if (original?.kind === "prose") return { ...section, body: original.body };
    if (original?.kind === "fields") return { ...section, fields: original.fields };
    // Groups are written with the items, for their ids and their marks.
    return section.kind === "items" ? { ...section, groups: [] } : section;
  });
  return { ...template, sections };
}

/** Writes what no template holds. Every record gets a fresh id: those of the original may be foreign. */
function fill(copy: Y.Doc, minutes: Minutes, sections: readonly TemplateSection[]): void {
  const items = new Map(
    minutes.sections.flatMap((section) => (section.kind === "items" ? [[section.id, freshIds(section)]] : [])),
  );
  // A synthesis condenses the items of other sections.
  const all = new Map([...items.values()].flatMap((each) => [...each]));
  for (const [i, section] of minutes.sections.entries()) {
    const id = sections[i]?.id ?? section.id;
    if (section.kind === "items")
      fillItems(itemsOf(copy, id), section, new Map([...all, ...(items.get(section.id) ?? [])]));
    if (section.kind === "people") fillPeople(peopleOf(copy, id), section);
  }
  for (const [i, section] of minutes.sections.entries()) {
    const entry = sectionsOf(copy).get(sections[i]?.id ?? "");
    if (section.kind !== "ranking" || !(entry instanceof Y.Map)) continue;
    fillRanking(entry, section, items.get(section.source) ?? new Map());
  }
}

/** The new id of every item and group, by its id in the original, and by those of what was merged into it. */
function freshIds({ items, groups }: ItemsSection): Map<string, string> {
  const ids = new Map([...items, ...groups].map(({ id }) => [id, newId()]));
  for (const { id, merged = [] } of items) for (const each of merged) ids.set(each.id, ids.get(id) ?? "");
  return ids;
}

function fillItems(map: Y.Map<unknown>, { items, groups }: ItemsSection, ids: ReadonlyMap<string, string>): void {
  const add = (id: string, body: Prose, details: [string, unknown][]): void => {
    const entry = new Y.Map<unknown>();
    const text = new Y.Text();
    map.set(ids.get(id) ?? newId(), entry);
    entry.set("text", text);
    writeProse(text, body);
    for (const [key, value] of details) if (value !== undefined) entry.set(key, value);
  };
  const groupKeys = firstKeys(groups.length);
  for (const [i, { id, body }] of groups.entries())
    add(id, body, [
      ["kind", "group"],
      ["order", groupKeys[i]],
    ]);
  const keys = firstKeys(items.length);
  for (const [i, item] of items.entries()) add(item.id, item.body, [["order", keys[i]], ...detailsOf(item, ids)]);
}

function detailsOf(
  { number, author, dictatedBy, merged = [], at, group, owner, due, status, from }: Item,
  ids: ReadonlyMap<string, string>,
): [string, unknown][] {
  const condensed = [...new Set(from?.flatMap((id) => ids.get(id) ?? []))].join("\n");
  // Whoever else said it stays named.
  const authors = [...new Set([author, ...merged.map((each) => each.author)])].filter((each) => each !== undefined);
  return [
    ["number", number],
    ["author", authors.length === 0 ? undefined : authors.join(", ")],
    ["dictated", dictatedBy],
    ["at", at],
    ["group", ids.get(group ?? "")],
    ["owner", owner],
    ["due", due],
    ["status", status],
    ["from", condensed === "" ? undefined : condensed],
  ];
}

function fillPeople(map: Y.Map<unknown>, { people }: PeopleSection): void {
  const keys = firstKeys(people.length);
  for (const [i, { name, organisation, sector, role }] of people.entries()) {
    const entry = new Y.Map<unknown>();
    for (const [key, value] of Object.entries({ name, organisation, sector, role })) {
      if (value !== undefined) entry.set(key, value);
    }
    entry.set("order", keys[i]);
    map.set(newId(), entry);
  }
}

function fillRanking(entry: Y.Map<unknown>, section: RankingSection, ids: ReadonlyMap<string, string>): void {
  const ranked = [...section.ranked, ...section.overflow];
  const keys = firstKeys(ranked.length);
  for (const [i, { id }] of ranked.entries()) {
    const item = ids.get(id);
    if (item !== undefined) entry.set(`rank:${item}`, keys[i]);
  }
}
