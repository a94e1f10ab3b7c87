/** Edits of an items section: capturing a line, moving it, grouping, owners and due dates, numbers. */
import * as Y from "yjs";
import { proseFromPlain } from "../../minutes/plain.ts";
import { newId } from "../id.ts";
import { itemsOf } from "../layout.ts";
import { writeProse } from "../text/write.ts";
import { assign, edit, entryOf, hide, type Place, putEntry } from "./transaction.ts";

export interface NewItem {
  /** A fresh one unless told. */
  id?: string;
  text?: string;
  /** Visitor id of who captured it. */
  author?: string;
  /** When, by the server's clock: ISO 8601, UTC. */
  at: string;
  group?: string;
}

/** Captures an item after the last one; order of capture is data. @returns its id. */
export function addItem(
  doc: Y.Doc,
  section: string,
  { id = newId(), text, author, at, group }: NewItem,
  origin?: unknown,
): string {
  edit(doc, origin, () => {
    const entry = addEntry(doc, section, id, text);
    // No place of its own: two who capture at once would choose the same. The server gives it one with its number.
    entry.set("at", at);
    if (author !== undefined) entry.set("author", author);
    if (group !== undefined) entry.set("group", group);
  });
  return id;
}

/** Moves an item next to another, into a group, or (`group: null`) out of its group; nothing where it is not there. */
export function moveItem(
  doc: Y.Doc,
  section: string,
  id: string,
  { group, ...place }: Place & { group?: string | null },
  origin?: unknown,
): void {
  const items = itemsOf(doc, section);
  edit(doc, origin, () => {
    const entry = entryOf(items, id);
    if (entry === undefined) return;
    if (group !== undefined) assign(entry, "group", group ?? "");
    const staysPut = group !== undefined && place.before === undefined && place.after === undefined;
    if (!staysPut) putEntry(items, id, place, isGroup(entry) ? isGroup : isItem);
  });
}

/** Hides an item; its number is never given to another. */
export function removeItem(doc: Y.Doc, section: string, id: string, origin?: unknown): void {
  edit(doc, origin, () => hide(entryOf(itemsOf(doc, section), id), true));
}

/** Shows a removed item again, where it stood. */
export function restoreItem(doc: Y.Doc, section: string, id: string, origin?: unknown): void {
  edit(doc, origin, () => hide(entryOf(itemsOf(doc, section), id), false));
}

/**
 * Sets who does it, by when (ISO date), how far it is, which items it condenses (ids), when its words were corrected and
 * by whom, or whose words they are; "" takes it away.
 */
export function setItem(
  doc: Y.Doc,
  section: string,
  id: string,
  key: "owner" | "due" | "status" | "from" | "corrected" | "corrector" | "dictated",
  value: string | readonly string[],
  origin?: unknown,
): void {
  edit(doc, origin, () => {
    const entry = entryOf(itemsOf(doc, section), id);
    if (entry !== undefined) assign(entry, key, typeof value === "string" ? value : value.join("\n"));
  });
}

/** Adds a group A), B), … with its heading, after the last one or next to another. @returns its id. */
export function addGroup(
  doc: Y.Doc,
  section: string,
  { text, ...place }: { text?: string } & Place = {},
  origin?: unknown,
): string {
  const id = newId();
  edit(doc, origin, () => {
    addEntry(doc, section, id, text).set("kind", "group");
    putEntry(itemsOf(doc, section), id, place, isGroup);
  });
  return id;
}

/** Hides a group's heading; its items stay and read as ungrouped until it is restored. */
export function removeGroup(doc: Y.Doc, section: string, id: string, origin?: unknown): void {
  removeItem(doc, section, id, origin);
}

/** Shows a removed group again; its items return to it. */
export function restoreGroup(doc: Y.Doc, section: string, id: string, origin?: unknown): void {
  restoreItem(doc, section, id, origin);
}

/** Moves a group; the letters follow. */
export function moveGroup(doc: Y.Doc, section: string, id: string, place: Place, origin?: unknown): void {
  moveItem(doc, section, id, place, origin);
}

function addEntry(doc: Y.Doc, section: string, id: string, text = ""): Y.Map<unknown> {
  const items = itemsOf(doc, section);
  const entry = new Y.Map<unknown>();
  const body = new Y.Text();
  items.set(id, entry);
  entry.set("text", body);
  writeProse(body, proseFromPlain(text));
  return entry;
}

const isGroup = (entry: Y.Map<unknown>): boolean => entry.get("kind") === "group";
const isItem = (entry: Y.Map<unknown>): boolean => !isGroup(entry);
