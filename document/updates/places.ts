/** The layout as the gate reads it: which types stand where, under which keys, and which values those keys take. */
import { FOREIGN_VALUE } from "./content.ts";

/**
 * What a type is in our layout. `nowhere`: a type that is gone; what arrives for it is dropped by Yjs. `foreign`: one
 * that no layout of ours has, as a damaged or older file may hold.
 */
export type Place =
  | "text"
  | "break"
  | "meta"
  | "sections"
  | "section"
  | "items"
  | "item"
  | "people"
  | "person"
  | "fields"
  | "ballots"
  | "nowhere"
  | "foreign";

type Kind = "string" | "number" | "boolean";

/** As numbered by Yjs. */
const MAP = 1;
const TEXT = 2;

const LONGEST_ID = 200;
/** A notice, a guidance, a list of choices: no one writes more into one entry. */
const LONGEST_VALUE = 100_000;
const LONGEST_LINK = 10_000;

const ROOTS: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["meta", "meta"],
  ["title", "text"],
  ["sections", "sections"],
  ["ballots", "ballots"],
]);

/** Roots that belong to a section: `prose:<section>` … */
const OWNED: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["prose", "text"],
  ["items", "items"],
  ["people", "people"],
  ["fields", "fields"],
]);

const named = (kind: Kind, ...keys: string[]): [string, Kind][] => keys.map((key) => [key, kind]);

const KEYS: ReadonlyMap<Place, ReadonlyMap<string, Kind>> = new Map([
  [
    "break",
    new Map([...named("string", "kind"), ...named("number", "level", "indent"), ...named("boolean", "checked")]),
  ],
  ["meta", new Map([...named("number", "layout"), ...named("string", "template", "language", "subtitle", "mandate")])],
  [
    "section",
    new Map([
      ...named("string", "kind", "heading", "order", "guidance", "sectors", "marker", "source", "text"),
      ...named("number", "size"),
      ...named("boolean", "removed", "actions", "grouped", "split", "joining"),
    ]),
  ],
  [
    "item",
    new Map([
      ...named("string", "order", "author", "at", "group", "owner", "due", "status", "from", "kind"),
      ...named("string", "merged", "corrected", "corrector", "dictated"),
      ...named("number", "number"),
      ...named("boolean", "removed"),
    ]),
  ],
  [
    "person",
    new Map([...named("string", "name", "organisation", "sector", "role", "order"), ...named("boolean", "removed")]),
  ],
]);

/** `field:<id>:label`, `phase:<id>:minutes` … of a section by what begins and what ends the key. */
const DEFINITIONS: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map([
  ["field", new Map([...named("string", "label", "type", "order", "choices"), ...named("boolean", "removed")])],
  [
    "phase",
    new Map([
      ...named("string", "label", "order"),
      ...named("number", "minutes", "groups"),
      ...named("boolean", "removed"),
    ]),
  ],
]);

/** `term:<id>:meaning` … of `meta`: the glossary. */
const TERMS: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map([
  ["term", new Map([...named("string", "term", "meaning"), ...named("boolean", "removed")])],
]);

const RESERVED: ReadonlySet<string> = new Set(["pick", "pickSize", "pickHidden"]);

const SWITCHES: ReadonlySet<string> = new Set(["bold", "italic", "strike", "code"]);

/** The place a root type is; undefined for a name that is not in our layout. */
export function rootPlace(name: string): Place | undefined {
  const colon = name.indexOf(":");
  if (colon === -1) return ROOTS.get(name);
  return isId(name.slice(colon + 1)) ? OWNED.get(name.slice(0, colon)) : undefined;
}

/** The place a type becomes that is put into `place`; undefined where none may stand. */
export function childPlace(place: Place, key: string | undefined, type: number): Place | undefined {
  if (place === "nowhere") return type === MAP || type === TEXT ? "nowhere" : undefined;
  if (place === "text") return type === MAP && key === undefined ? "break" : undefined;
  if (place === "item") return type === TEXT && key === "text" ? "text" : undefined;
  if (type !== MAP || key === undefined || !isId(key)) return undefined;
  if (place === "sections") return "section";
  if (place === "items") return "item";
  return place === "people" ? "person" : undefined;
}

/** Whether a key may stand in `place` at all, whatever is under it. */
export function hasKey(place: Place, key: string | undefined): boolean {
  if (place === "nowhere") return true;
  if (place === "text" || place === "foreign" || key === undefined) return place === "text" && key === undefined;
  if (place === "sections" || place === "items" || place === "people") return isId(key);
  return (place === "item" && key === "text") || kindsOf(place, key).length > 0;
}

/** Whether `value` may stand under `key`: of the key's type, or nothing (null, undefined). How it reads is the reader's. */
export function takesValue(place: Place, key: string | undefined, value: unknown): boolean {
  if (place === "nowhere") return value !== FOREIGN_VALUE;
  if (key === undefined) return false;
  const kinds = kindsOf(place, key);
  if (kinds.length === 0) return false;
  if (value === null || value === undefined) return true;
  if (typeof value === "number" && !Number.isFinite(value)) return false;
  if (typeof value === "string" && !isSound(value)) return false;
  return kinds.some((kind) => typeof value === kind);
}

/** Whether only the server writes there; what it wrote may not be deleted by anybody else either. */
export function isReserved(place: Place, key: string | undefined): boolean {
  return place === "ballots" || (place === "section" && key !== undefined && RESERVED.has(key));
}

/** Whether a format is one of the five, with a value it can have; null and false switch it off. */
export function takesFormat(key: string, value: unknown): boolean {
  if (SWITCHES.has(key)) return value === null || typeof value === "boolean";
  return key === "link" && (value === null || (typeof value === "string" && isSound(value)));
}

/** Whether a string is longer than anything people write into one entry. */
export function isTooLong(value: unknown, link: boolean): boolean {
  return typeof value === "string" && value.length > (link ? LONGEST_LINK : LONGEST_VALUE);
}

/** Text that every replica, format and database keeps as it is: no NUL, no half of a pair. */
export function isSound(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function kindsOf(place: Place, key: string): readonly Kind[] {
  // A script writes a number of participants as a number.
  if (place === "fields") return isId(key) ? ["string", "number"] : [];
  // Ballots and the state of a pick are commands: the server writes them, no client has a key for them.
  const kind = KEYS.get(place)?.get(key) ?? definedKind(place, key);
  return kind === undefined ? [] : [kind];
}

function definedKind(place: Place, key: string): Kind | undefined {
  if (place === "meta") return partKind(TERMS, key);
  if (place !== "section") return undefined;
  if (key.startsWith("rank:")) return isId(key.slice(5)) ? "string" : undefined;
  return partKind(DEFINITIONS, key);
}

function partKind(definitions: ReadonlyMap<string, ReadonlyMap<string, Kind>>, key: string): Kind | undefined {
  const [from, to] = [key.indexOf(":"), key.lastIndexOf(":")];
  if (from === -1 || to === from || !isId(key.slice(from + 1, to))) return undefined;
  return definitions.get(key.slice(0, from))?.get(key.slice(to + 1));
}

/** Ids are chosen by whoever creates something: short, visible, and never the name of a prototype. */
function isId(id: string): boolean {
  return id !== "" && id.length <= LONGEST_ID && id !== "__proto__" && id.isWellFormed() && !/\p{Cc}/u.test(id);
}
