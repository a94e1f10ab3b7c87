/** Edits of a people section. */
import * as Y from "yjs";
import { newId } from "../id.ts";
import { peopleOf } from "../layout.ts";
import { assign, edit, entryOf, hide, type Place, putEntry } from "./transaction.ts";

export interface NewPerson {
  name: string;
  organisation?: string;
  sector?: string;
  role?: string;
}

/** Adds a person at the end, or next to another. @returns the id. */
export function addPerson(doc: Y.Doc, section: string, person: NewPerson, place: Place = {}, origin?: unknown): string {
  const id = newId();
  edit(doc, origin, () => {
    const people = peopleOf(doc, section);
    const entry = new Y.Map<unknown>();
    people.set(id, entry);
    for (const key of ["name", "organisation", "sector", "role"] as const) {
      const value = person[key];
      if (value !== undefined) entry.set(key, value);
    }
    putEntry(people, id, place);
  });
  return id;
}

/** Sets one thing about a person; nothing where the person is not there. */
export function setPerson(
  doc: Y.Doc,
  section: string,
  id: string,
  key: keyof NewPerson,
  value: string,
  origin?: unknown,
): void {
  edit(doc, origin, () => {
    const entry = entryOf(peopleOf(doc, section), id);
    if (entry !== undefined) assign(entry, key, value);
  });
}

/** Moves a person next to another, else to the end. */
export function movePerson(doc: Y.Doc, section: string, id: string, place: Place, origin?: unknown): void {
  edit(doc, origin, () => {
    const people = peopleOf(doc, section);
    if (entryOf(people, id) !== undefined) putEntry(people, id, place);
  });
}

/** Hides a person. */
export function removePerson(doc: Y.Doc, section: string, id: string, origin?: unknown): void {
  edit(doc, origin, () => hide(entryOf(peopleOf(doc, section), id), true));
}

/** Shows a removed person again, where they stood. */
export function restorePerson(doc: Y.Doc, section: string, id: string, origin?: unknown): void {
  edit(doc, origin, () => hide(entryOf(peopleOf(doc, section), id), false));
}
