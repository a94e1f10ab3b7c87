/** How a section or a term of a template stands in the document: the only place that writes a new one. */
import * as Y from "yjs";
import type { TemplateSection } from "../minutes/template.ts";
import { proseFromPlain } from "../minutes/plain.ts";
import type { Term } from "../minutes/value.ts";
import { newId } from "./id.ts";
import { fieldsOf, itemsOf, proseOf, sectionsOf } from "./layout.ts";
import { firstKeys } from "./order.ts";
import { writeProse } from "./text/write.ts";

/** Writes a term of the glossary under a new id. Call it inside a transaction. @returns the id. */
export function writeTerm(meta: Y.Map<unknown>, { term, meaning }: Pick<Term, "term" | "meaning">): string {
  const id = newId();
  meta.set(`term:${id}:term`, term);
  meta.set(`term:${id}:meaning`, meaning);
  return id;
}

/** Writes a section under its id, which nothing may carry yet. Call it inside a transaction. */
export function writeSection(doc: Y.Doc, section: TemplateSection, order?: string): void {
  const entry = new Y.Map<unknown>();
  sectionsOf(doc).set(section.id, entry);
  entry.set("kind", section.kind);
  entry.set("heading", section.heading);
  if (order !== undefined) entry.set("order", order);
  if (section.guidance !== undefined && section.guidance !== "") entry.set("guidance", section.guidance);
  writeOptions(entry, section);
  if (section.kind === "prose") {
    writeProse(proseOf(doc, section.id), section.body?.length ? section.body : proseFromPlain(""));
  }
  if (section.kind === "notice") entry.set("text", section.text ?? "");
  if (section.kind === "fields") writeFields(doc, entry, section);
  if (section.kind === "items") writeGroups(doc, section);
  if (section.kind === "runsheet") writePhases(entry, section);
}

/** Writes the options that a kind has; lists are one entry per line, so the last one to write a list wins. */
export function writeOptions(
  entry: Y.Map<unknown>,
  { sectors, joining, marker, actions, grouped, source, size, closing }: Partial<TemplateSection>,
): void {
  const options = { sectors: sectors?.join("\n"), joining, marker, actions, grouped, source, size, closing };
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && entry.get(key) !== value) entry.set(key, value);
  }
}

function writeFields(doc: Y.Doc, entry: Y.Map<unknown>, { id, fields = [] }: TemplateSection): void {
  const keys = firstKeys(fields.length);
  for (const [i, field] of fields.entries()) {
    entry.set(`field:${field.id}:label`, field.label);
    entry.set(`field:${field.id}:type`, field.type);
    entry.set(`field:${field.id}:order`, keys[i]);
    if (field.choices !== undefined) entry.set(`field:${field.id}:choices`, field.choices.join("\n"));
    if (field.value !== undefined && field.value !== "") fieldsOf(doc, id).set(field.id, field.value);
  }
}

function writePhases(entry: Y.Map<unknown>, { phases = [] }: TemplateSection): void {
  const keys = firstKeys(phases.length);
  for (const [i, phase] of phases.entries()) {
    entry.set(`phase:p${i + 1}:label`, phase.label);
    entry.set(`phase:p${i + 1}:minutes`, phase.minutes);
    entry.set(`phase:p${i + 1}:order`, keys[i]);
    if (phase.groups !== undefined) entry.set(`phase:p${i + 1}:groups`, phase.groups);
  }
}

function writeGroups(doc: Y.Doc, { id, groups = [] }: TemplateSection): void {
  const keys = firstKeys(groups.length);
  for (const [i, heading] of groups.entries()) {
    const group = new Y.Map<unknown>();
    const text = new Y.Text();
    itemsOf(doc, id).set(`g${i + 1}`, group);
    group.set("kind", "group");
    group.set("order", keys[i]);
    group.set("text", text);
    writeProse(text, proseFromPlain(heading));
  }
}
