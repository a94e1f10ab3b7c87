/** Reads one section by its kind; a kind nobody knows reads as prose that shows its words. Total. */
import type * as Y from "yjs";
import { proseFromPlain } from "../../minutes/plain.ts";
import { rankByVotes, rankedItem } from "../../minutes/tally.ts";
import {
  FIELD_TYPES,
  type Field,
  MARKERS,
  type Phase,
  type Prose,
  type RankedItem,
  type RankingSection,
  type Section,
} from "../../minutes/value.ts";
import { type Definition, definitionsOf, rankedOf } from "../definitions.ts";
import { fallbackBody } from "./fallback.ts";
import { Ids } from "./ids.ts";
import { type Items, readPeople } from "./items.ts";
import type { Roots } from "./roots.ts";
import { bodyOf, lineOf, listOf, oneOf, textOf } from "./words.ts";

const MOST_SLOTS = 100;
const MOST_MINUTES = 1440;

/** Reads the items of a section, however often it is asked, once. */
export type ItemsOf = (section: string) => Items;

/** The section `entry` stands for; `shown` is its id in the value. */
export function readSection(roots: Roots, id: string, shown: string, entry: Y.Map<unknown>, itemsOf: ItemsOf): Section {
  const base: { id: string; heading: string; guidance?: string } = { id: shown, heading: lineOf(entry.get("heading")) };
  const guidance = textOf(entry.get("guidance"));
  if (guidance !== "") base.guidance = guidance;
  switch (entry.get("kind")) {
    case "prose":
      return { ...base, kind: "prose", body: readProse(roots, id) };
    case "fields":
      return { ...base, kind: "fields", fields: readFields(entry, roots.map(`fields:${id}`)) };
    case "people": {
      const people = roots.map(`people:${id}`);
      return {
        ...base,
        kind: "people",
        sectors: listOf(entry.get("sectors")),
        ...(entry.get("joining") === true ? { joining: true as const } : {}),
        people: people ? readPeople(people) : [],
      };
    }
    case "items":
      roots.map(`items:${id}`);
      return {
        ...base,
        kind: "items",
        marker: oneOf(MARKERS, entry.get("marker")) ?? "bullet",
        actions: entry.get("actions") === true,
        grouped: entry.get("grouped") === true,
        ...(entry.get("split") === true ? { split: true as const } : {}),
        ...itemsOf(id),
      };
    case "ranking":
      return { ...base, kind: "ranking", ...readRanking(entry, itemsOf) };
    case "runsheet":
      return { ...base, kind: "runsheet", phases: readPhases(entry), ...readClosing(entry) };
    case "notice":
      return { ...base, kind: "notice", text: textOf(entry.get("text")) };
    default:
      return { ...base, kind: "prose", body: fallbackBody(roots, id, entry) };
  }
}

function readProse(roots: Roots, id: string): Prose {
  const text = roots.text(`prose:${id}`);
  return text === undefined ? proseFromPlain("") : bodyOf(text);
}

/** The fields the section defines, then values nobody defined: a stock client may write one before its definition. */
function readFields(entry: Y.Map<unknown>, values: Y.Map<unknown> | undefined): Field[] {
  const ids = new Ids();
  const definitions = definitionsOf(entry, "field");
  const fields = definitions.filter(isShown).map(({ id, entries }): Field => {
    const choices = listOf(entries.get("choices"));
    return {
      id: ids.of(id),
      label: lineOf(entries.get("label")),
      type: oneOf(FIELD_TYPES, entries.get("type")) ?? "line",
      value: textOf(values?.get(id)),
      ...(choices.length > 0 ? { choices } : {}),
    };
  });
  const defined = new Set(definitions.map(({ id }) => id));
  for (const id of [...(values?.keys() ?? [])].toSorted()) {
    const value = defined.has(id) ? "" : textOf(values?.get(id));
    if (value !== "") fields.push({ id: ids.of(id), label: lineOf(id), type: "line", value });
  }
  return fields;
}

function readRanking(entry: Y.Map<unknown>, itemsOf: ItemsOf): Omit<RankingSection, "id" | "heading" | "kind"> {
  const source = lineOf(entry.get("source"));
  const wanted = entry.get("size");
  const size = typeof wanted === "number" && wanted >= 1 ? Math.min(MOST_SLOTS, Math.trunc(wanted)) : 3;
  const listed = itemsOf(source);
  const items = new Map(listed.items.map((item) => [item.id, item]));
  const ranked = rankedOf(entry).flatMap(({ id }): RankedItem[] => {
    const item = items.get(id);
    return item ? [rankedItem(item)] : [];
  });
  // What somebody ranked by hand, or confirmed, stands; until then the picks decide.
  const picked = ranked.length === 0 && listed.pick !== undefined;
  if (picked) return { source, size, picked, ...rankByVotes(listed.items, size) };
  return { source, size, ranked: ranked.slice(0, size), overflow: ranked.slice(size) };
}

function readPhases(entry: Y.Map<unknown>): Phase[] {
  const ids = new Ids();
  return definitionsOf(entry, "phase")
    .filter(isShown)
    .map(({ id, entries }) => {
      const groups = Math.min(countOf(entries.get("groups")), 1000);
      const phase: Phase = {
        id: ids.of(id),
        label: lineOf(entries.get("label")),
        minutes: countOf(entries.get("minutes")),
      };
      return groups > 0 ? { ...phase, groups } : phase;
    });
}

function readClosing(entry: Y.Map<unknown>): { closing?: number } {
  const closing = entry.get("closing");
  return typeof closing === "number" ? { closing: Math.min(countOf(closing), MOST_MINUTES) } : {};
}

const isShown = ({ entries }: Definition): boolean => entries.get("removed") !== true;

function countOf(value: unknown): number {
  const number = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? Math.min(Math.max(Math.round(number), 0), 100_000) : 0;
}
