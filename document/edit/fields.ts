/** Edits of a fields section: what is written in a field, and which fields there are. */
import type * as Y from "yjs";
import type { FieldType } from "../../minutes/value.ts";
import { definitionsOf } from "../definitions.ts";
import { newId } from "../id.ts";
import { fieldsOf } from "../layout.ts";
import { assign, edit, editSection, type Place, putAt } from "./transaction.ts";

/** Writes a field's value; "" empties it. */
export function setField(doc: Y.Doc, section: string, field: string, value: string, origin?: unknown): void {
  edit(doc, origin, () => {
    const fields = fieldsOf(doc, section);
    if (value !== "" || fields.has(field)) assign(fields, field, value);
  });
}

/** Adds a field at the end or next to another. @returns its id. */
export function addField(
  doc: Y.Doc,
  section: string,
  { label, type, choices, ...place }: { label: string; type: FieldType; choices?: readonly string[] } & Place,
  origin?: unknown,
): string {
  const id = newId();
  editSection(doc, section, origin, (entry) => {
    const siblings = definitionsOf(entry, "field");
    entry.set(`field:${id}:label`, label);
    entry.set(`field:${id}:type`, type);
    if (choices !== undefined) entry.set(`field:${id}:choices`, choices.join("\n"));
    putAt(siblings, id, place, (each, key) => assign(entry, `field:${each}:order`, key));
  });
  return id;
}

export function renameField(doc: Y.Doc, section: string, field: string, label: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => assign(entry, `field:${field}:label`, label));
}

/** Changes how a field reads; what was written in it is kept as it was. */
export function setFieldType(
  doc: Y.Doc,
  section: string,
  field: string,
  type: FieldType,
  choices?: readonly string[],
  origin?: unknown,
): void {
  editSection(doc, section, origin, (entry) => {
    assign(entry, `field:${field}:type`, type);
    if (choices !== undefined) assign(entry, `field:${field}:choices`, choices.join("\n"));
  });
}

/** Moves a field next to another, else to the end. */
export function moveField(doc: Y.Doc, section: string, field: string, place: Place, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    putAt(definitionsOf(entry, "field"), field, place, (each, key) => assign(entry, `field:${each}:order`, key));
  });
}

/** Hides a field with its value. */
export function removeField(doc: Y.Doc, section: string, field: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => assign(entry, `field:${field}:removed`, true));
}

/** Shows a removed field again, where it stood. */
export function restoreField(doc: Y.Doc, section: string, field: string, origin?: unknown): void {
  editSection(doc, section, origin, (entry) => {
    if (entry.get(`field:${field}:removed`) === true) entry.set(`field:${field}:removed`, false);
  });
}
