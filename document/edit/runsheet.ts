/** Edits of a run sheet: its phases, how long they take, in how many groups. */
import type * as Y from "yjs";
import { definitionsOf } from "../definitions.ts";
import { newId } from "../id.ts";
import { assign, editSection, type Place, putAt } from "./transaction.ts";

export interface NewPhase {
  label: string;
  minutes: number;
  groups?: number;
}

/** Adds a phase at the end or next to another. @returns its id. */
export function addPhase(doc: Y.Doc, section: string, phase: NewPhase, place: Place = {}, origin?: unknown): string {
  const id = newId();
  editSection(doc, section, origin, (entry) => {
    const siblings = definitionsOf(entry, "phase");
    entry.set(`phase:${id}:label`, phase.label);
    entry.set(`phase:${id}:minutes`, phase.minutes);
    if (phase.groups !== undefined) entry.set(`phase:${id}:groups`, phase.groups);
    putAt(siblings, id, place, (each, key) => assign(entry, `phase:${each}:order`, key));
  });
  return id;
}

/** Sets one thing about a phase; `groups` 0 means: everybody together. */
export function setPhase<K extends keyof NewPhase>(
  doc: Y.Doc,
  section: string,
  id: string,
  key: K,
  value: Required<NewPhase>[K],
  origin?: unknown,
): void {
  editSection(doc, section, origin, (entry) => assign(entry, `phase:${id}:${key}`, value));
}

/** Moves a phase next to another, else to the end. */
export function movePhase(doc: Y.Doc, section: string, id: string, place: Place, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    putAt(definitionsOf(entry, "phase"), id, place, (each, key) => assign(entry, `phase:${each}:order`, key));
  });
}

/** Hides a phase. */
export function removePhase(doc: Y.Doc, section: string, phase: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => assign(entry, `phase:${phase}:removed`, true));
}

/** Shows a removed phase again, where it stood. */
export function restorePhase(doc: Y.Doc, section: string, phase: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    if (entry.get(`phase:${phase}:removed`) === true) entry.set(`phase:${phase}:removed`, false);
  });
}
