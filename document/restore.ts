/** Makes a document say what it said once, by one edit over what it says now: nothing is rewound, and what did not change is not touched. */
import * as Y from "yjs";
import { edit, hide } from "./edit/transaction.ts";
import { readLines } from "./text/read.ts";
import { rewrite } from "./text/rewrite.ts";

type Kept = ReadonlySet<string>;

const NOTHING: Kept = new Set();
/** What a document is, and not what it says. */
const OF_THE_DOCUMENT: Kept = new Set(["layout", "template"]);
/** A pick belongs to those who picked, as the ballots do. */
const OF_THE_PICK: Kept = new Set(["pick", "pickSize", "pickHidden"]);
/** A number is given once, and never again: the past may not have had it yet. */
const NUMBER: Kept = new Set(["number"]);

/** What lives as groups of keys, and is hidden rather than taken away. */
const DEFINED = /^((?:field|phase|term):.+):[^:]+$/u;

/**
 * Writes into `doc` what is missing of `past`, an earlier state of the same document, and takes away what came since: words go,
 * records (sections, items, people, fields, phases, terms) are hidden with all that is in them. Ballots and picks stay as they
 * are, and so do numbers. A second time it writes nothing.
 */
export function restore(doc: Y.Doc, past: Y.Doc, origin?: unknown): void {
  edit(doc, origin, () => {
    const sections = mapIn(past, "sections");
    const isNew = (section: string): boolean =>
      sections?.has(section) !== true && mapIn(doc, "sections")?.has(section) === true;
    for (const root of new Set([...past.share.keys(), ...doc.share.keys()])) {
      const [prefix = "", owner = ""] = split(root);
      // It is hidden with its section.
      if (owner !== "" && isNew(owner)) continue;
      if (root === "title" || prefix === "prose") followText(textIn(doc, root, past), textIn(past, root));
      else if (root === "meta") followEntries(mapIn(doc, root, past), mapIn(past, root), OF_THE_DOCUMENT);
      else if (root === "sections") followRecords(mapIn(doc, root, past), sections, OF_THE_PICK);
      else if (prefix === "items") followRecords(mapIn(doc, root, past), mapIn(past, root), NUMBER);
      else if (prefix === "people") followRecords(mapIn(doc, root, past), mapIn(past, root), NOTHING);
      else if (prefix === "fields") followEntries(mapIn(doc, root, past), mapIn(past, root), NOTHING);
    }
  });
}

const split = (root: string): string[] => {
  const colon = root.indexOf(":");
  return colon < 0 ? [root] : [root.slice(0, colon), root.slice(colon + 1)];
};

/** A root of this kind; where it is not there yet and `wanted` has it, a new one. Undefined where it is something else. */
const textIn = (doc: Y.Doc, root: string, wanted?: Y.Doc): Y.Text | undefined => {
  const type = doc.share.get(root);
  const makes = type === undefined ? wanted?.share.has(root) : type.constructor === Y.AbstractType;
  const text = makes ? doc.getText(root) : type;
  return text instanceof Y.Text ? text : undefined;
};

const mapIn = (doc: Y.Doc, root: string, wanted?: Y.Doc): Y.Map<unknown> | undefined => {
  const type = doc.share.get(root);
  const makes = type === undefined ? wanted?.share.has(root) : type.constructor === Y.AbstractType;
  const map = makes ? doc.getMap(root) : type;
  return map instanceof Y.Map ? (map as Y.Map<unknown>) : undefined;
};

const followText = (text: Y.Text | undefined, past: Y.Text | undefined): void => {
  if (text?.doc) Y.transact(text.doc, (transaction) => rewrite(transaction, text, past ? readLines(past) : EMPTY));
};

const EMPTY = readLines(new Y.Doc().getText(""));

/** Sections, items, people: what came since is hidden, what went comes back under its own id. */
const followRecords = (map: Y.Map<unknown> | undefined, past: Y.Map<unknown> | undefined, kept: Kept): void => {
  if (!map) return;
  for (const [id, before] of past?.entries() ?? []) {
    if (!(before instanceof Y.Map)) {
      follow(map, id, before);
      continue;
    }
    const there = map.get(id);
    if (there instanceof Y.Map) followEntries(there, before, kept);
    else {
      const record = new Y.Map<unknown>();
      map.set(id, record);
      followEntries(record, before, NOTHING);
    }
  }
  for (const [id, entry] of map.entries()) {
    if (past?.has(id) === true) continue;
    if (entry instanceof Y.Map) hide(entry, true);
    else map.delete(id);
  }
};

const followEntries = (map: Y.Map<unknown> | undefined, past: Y.Map<unknown> | undefined, kept: Kept): void => {
  if (!map) return;
  const defined = new Set([...(past?.keys() ?? [])].map((key) => DEFINED.exec(key)?.[1]));
  for (const [key, before] of past?.entries() ?? []) {
    if (!kept.has(key) || !map.has(key) || kept === NUMBER) follow(map, key, before);
  }
  const hidden = new Set<string>();
  for (const key of map.keys()) {
    if (kept.has(key) || past?.has(key) === true) continue;
    const definition = DEFINED.exec(key)?.[1];
    if (definition === undefined || defined.has(definition)) map.delete(key);
    else hidden.add(`${definition}:removed`);
  }
  for (const key of hidden) follow(map, key, true);
};

const follow = (map: Y.Map<unknown>, key: string, before: unknown): void => {
  const there = map.get(key);
  if (before instanceof Y.Text) {
    const text = there instanceof Y.Text ? there : new Y.Text();
    if (text !== there) map.set(key, text);
    followText(text, before);
  } else if (!(before instanceof Y.AbstractType) && !isSame(there, before)) map.set(key, before);
};

const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  const isForeign = (value: unknown): boolean =>
    typeof value === "object" && value !== null && !(value instanceof Y.AbstractType);
  if (!isForeign(a) || !isForeign(b)) return false;
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    // Nested deeper than anything of ours.
    return false;
  }
};
