/** Edits of the structure: which sections there are, in which order, their headings, guidance and options. */
import * as Y from "yjs";
import type { TemplateSection } from "../../minutes/template.ts";
import { newId } from "../id.ts";
import { sectionsOf } from "../layout.ts";
import { compareOrder, type Placed } from "../order.ts";
import { writeOptions, writeSection } from "../structure.ts";
import { assign, edit, editSection, entryOf, hide, type Place, putEntry } from "./transaction.ts";

/** Options of a section that can change after it was made; sectors are one list, so the last one to write it wins. */
export type SectionOptions = Pick<
  TemplateSection,
  "sectors" | "joining" | "marker" | "actions" | "grouped" | "source" | "size" | "closing"
>;

/** Adds a section of any kind at the end or next to another. @returns its id. */
export function addSection(
  doc: Y.Doc,
  section: Omit<TemplateSection, "id">,
  place: Place = {},
  origin?: unknown,
): string {
  const id = newId();
  edit(doc, origin, () => {
    writeSection(doc, { ...section, id });
    putEntry(sectionsOf(doc), id, place);
  });
  return id;
}

/** Moves a section next to another, else to the end. */
export function moveSection(doc: Y.Doc, id: string, place: Place, origin?: unknown): void {
  edit(doc, origin, () => {
    if (entryOf(sectionsOf(doc), id) !== undefined) putEntry(sectionsOf(doc), id, place);
  });
}

export function renameSection(doc: Y.Doc, id: string, heading: string, origin?: unknown): void {
  editSection(doc, id, origin, (entry) => assign(entry, "heading", heading));
}

/** Sets what the writers are told until somebody writes; "" takes it away. */
export function setGuidance(doc: Y.Doc, id: string, guidance: string, origin?: unknown): void {
  editSection(doc, id, origin, (entry) => assign(entry, "guidance", guidance));
}

/** Sets the fixed text of a notice. */
export function setNotice(doc: Y.Doc, id: string, text: string, origin?: unknown): void {
  editSection(doc, id, origin, (entry) => assign(entry, "text", text));
}

export function setOptions(doc: Y.Doc, id: string, options: SectionOptions, origin?: unknown): void {
  editSection(doc, id, origin, (entry) => writeOptions(entry, options));
}

/** Hides a section with everything in it. */
export function removeSection(doc: Y.Doc, id: string, origin?: unknown): void {
  editSection(doc, id, origin, (entry) => hide(entry, true));
}

/** Shows a removed section again, where it stood. */
export function restoreSection(doc: Y.Doc, id: string, origin?: unknown): void {
  editSection(doc, id, origin, (entry) => hide(entry, false));
}

/** Ids and headings of the sections that can be restored, in their order. */
export function removedSections(doc: Y.Doc): { id: string; heading: string }[] {
  const removed: (Placed & { heading: string })[] = [];
  for (const [id, entry] of sectionsOf(doc).entries()) {
    if (!(entry instanceof Y.Map) || entry.get("removed") !== true) continue;
    const heading = entry.get("heading");
    removed.push({ id, heading: typeof heading === "string" ? heading : "", order: entry.get("order") });
  }
  return removed.toSorted(compareOrder).map(({ id, heading }) => ({ id, heading }));
}
