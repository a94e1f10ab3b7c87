/** Shows the words of what no kind of ours explains: kinds of a newer layout, roots without a section. Total. */
import * as Y from "yjs";
import { isBlank, plainText, proseFromPlain } from "../../minutes/plain.ts";
import type { Block, Prose } from "../../minutes/value.ts";
import { readItems, readPeople } from "./items.ts";
import type { Roots } from "./roots.ts";
import { bodyOf, textOf, wordsOf } from "./words.ts";

/** The roots a section may own, by the prefix of their names. */
export const OWNED = ["prose", "items", "fields", "people"] as const;

/** Keys of a section's map whose values are not words. */
const OPTIONS = new Set([
  "kind",
  "heading",
  "guidance",
  "order",
  "removed",
  "marker",
  "actions",
  "grouped",
  "source",
  "pick",
]);

/** All words of a section: its prose, its items, fields and people, and what stands in its own map. */
export function fallbackBody(roots: Roots, id: string, entry?: unknown): Prose {
  const words = entry instanceof Y.Map ? foreignEntries(entry) : wordsOf(entry);
  const body = [...OWNED.flatMap((prefix) => rootBody(roots, `${prefix}:${id}`)), ...said(words)];
  return body.length > 0 ? body : proseFromPlain("");
}

/** The words of one root, read by what its name promises; none when it is blank. */
export function rootBody(roots: Roots, name: string): Prose {
  const promised = promisedBody(roots, name);
  if (promised === undefined) return said(roots.words(name, false));
  return [...promised, ...(roots.isRead(name) ? [] : said(roots.words(name, true)))];
}

/** Undefined where the root is not what its name promises. */
function promisedBody(roots: Roots, name: string): Prose | undefined {
  if (name.startsWith("prose:") || name === "title") {
    const text = roots.text(name);
    const body = text && bodyOf(text);
    return body && isBlank(body) ? [] : body;
  }
  const prefix = name.slice(0, name.indexOf(":"));
  if (prefix !== "items" && prefix !== "fields" && prefix !== "people") return undefined;
  const map = roots.map(name);
  if (map === undefined) return undefined;
  if (prefix === "items") {
    const { groups, items } = readItems(map, new Map());
    return [...groups, ...items].flatMap(({ body }) => (isBlank(body) ? [] : bullets(body)));
  }
  if (prefix === "people") {
    return readPeople(map).flatMap(({ name: who, role, organisation, sector }) =>
      said([who, role, organisation, sector].filter(Boolean).join(", ")),
    );
  }
  return [...map.values()].flatMap((value) => said(textOf(value)));
}

function foreignEntries(entry: Y.Map<unknown>): string {
  const values: unknown[] = [];
  for (const [key, value] of entry.entries()) {
    if (!OPTIONS.has(key) && (typeof value === "string" || value instanceof Y.AbstractType)) values.push(value);
  }
  return wordsOf(values);
}

const bullets = (body: Prose): Prose => body.map((block): Block => ({ ...block, kind: "bullet" }));

const said = (words: string): Prose => (words.trim() === "" ? [] : proseFromPlain(words));

/** Whether a fallback has anything to show. */
export const isSilent = (body: Prose): boolean => plainText(body).trim() === "";
