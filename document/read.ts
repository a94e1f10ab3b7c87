/** Reads a document as minutes, whatever bytes made it: never throws, never writes, drops no word. */
import * as Y from "yjs";
import { LANGUAGES, type Minutes, type Section, type State, type Term } from "../minutes/value.ts";
import { definitionsOf } from "./definitions.ts";
import { compareOrder, type Placed } from "./order.ts";
import { counted, pickIn, readBallots } from "./picking.ts";
import { fallbackBody, isSilent, OWNED, rootBody } from "./reading/fallback.ts";
import { Ids } from "./reading/ids.ts";
import { type Items, type Names, readItems } from "./reading/items.ts";
import { Roots } from "./reading/roots.ts";
import { readSection } from "./reading/sections.ts";
import { lineOf, oneOf, plainLineOf, textOf } from "./reading/words.ts";

/** What the server knows about a workshop and the document does not hold. */
export interface ReadContext {
  id: string;
  state: State;
  /** Names of visitors by id; without one an author is shown as it was written. */
  names?: Names;
}

/** The minutes a document stands for. */
export function read(doc: Y.Doc, { id, state, names = new Map() }: ReadContext): Minutes {
  const roots = new Roots(doc);
  const meta = roots.map("meta");
  const title = plainLineOf(roots.text("title")).trim();
  const subtitle = lineOf(meta?.get("subtitle")).trim();
  const mandate = textOf(meta?.get("mandate")).trim();
  const sections = roots.map("sections");
  const placed: (Placed & { value: unknown })[] = [];
  for (const [key, value] of sections?.entries() ?? []) {
    if (value instanceof Y.Map && value.get("removed") === true) for (const each of OWNED) roots.skip(`${each}:${key}`);
    else placed.push({ id: key, value, order: value instanceof Y.Map ? value.get("order") : undefined });
  }
  const itemsOf = itemsReader(roots, names, sections);
  const glossary = readGlossary(meta);
  const ids = new Ids();
  const shown = placed.toSorted(compareOrder).flatMap((each): Section[] => {
    if (each.value instanceof Y.Map) return [readSection(roots, each.id, ids.of(each.id), each.value, itemsOf)];
    return asProse(ids.of(each.id), "", fallbackBody(roots, each.id, each.value));
  });
  return {
    id,
    title,
    ...(subtitle === "" ? {} : { subtitle }),
    ...(mandate === "" ? {} : { mandate }),
    language: oneOf(LANGUAGES, meta?.get("language")) ?? "fr",
    state,
    sections: [...shown, ...readStrays(roots, ids, new Set(placed.map((each) => each.id)))],
    ...(glossary.length === 0 ? {} : { glossary }),
  };
}

/** In an order that is the same for everybody; whoever shows them has an alphabet. */
function readGlossary(meta: Y.Map<unknown> | undefined): Term[] {
  const ids = new Ids();
  return (meta === undefined ? [] : definitionsOf(meta, "term"))
    .filter(({ entries }) => entries.get("removed") !== true)
    .map(({ id, entries }) => ({
      id: ids.of(id),
      term: lineOf(entries.get("term")).trim(),
      meaning: lineOf(entries.get("meaning")).trim(),
    }))
    .filter(({ term, meaning }) => term !== "" || meaning !== "")
    .toSorted((a, b) => (a.term < b.term ? -1 : a.term > b.term ? 1 : 0));
}

/** A ranking needs the items that their own section has read, or will read. */
function itemsReader(roots: Roots, names: Names, sections: Y.Map<unknown> | undefined): (section: string) => Items {
  const known = new Map<string, Items>();
  const ballots = readBallots(roots.map("ballots"));
  const readAll = (section: string): Items => {
    const map = roots.peek(`items:${section}`);
    const all = map ? readItems(map, names) : { groups: [], items: [] };
    const entry = sections?.get(section);
    const pick = entry instanceof Y.Map ? pickIn(entry) : undefined;
    return pick ? { ...all, ...counted(all.items, pick, ballots) } : all;
  };
  return (section) => {
    const items = known.get(section) ?? readAll(section);
    known.set(section, items);
    return items;
  };
}

/** Words that no section claims: roots of sections that are not there, roots of no layout we know. */
function readStrays(roots: Roots, ids: Ids, sections: ReadonlySet<string>): Section[] {
  const strays: Section[] = [];
  const seen = new Set<string>();
  for (const name of roots.unread()) {
    const colon = name.indexOf(":");
    const owner = OWNED.some((prefix) => prefix === name.slice(0, colon)) ? name.slice(colon + 1) : undefined;
    if (owner === undefined || sections.has(owner)) {
      const id = `stray:${name}`;
      strays.push(...asProse(sections.has(id) ? ids.fresh() : ids.of(id), name, rootBody(roots, name)));
    } else if (!seen.has(owner)) {
      seen.add(owner);
      strays.push(...asProse(ids.of(owner), owner, fallbackBody(roots, owner)));
    }
  }
  return strays;
}

function asProse(id: string, heading: string, body: ReturnType<typeof rootBody>): Section[] {
  return isSilent(body) ? [] : [{ id, kind: "prose", heading: lineOf(heading), body }];
}
