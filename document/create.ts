/** Where a template becomes a document: the first update of a workshop, made by the server, never by a browser. */
import * as Y from "yjs";
import type { Template } from "../minutes/template.ts";
import type { Language } from "../minutes/value.ts";
import { LAYOUT, metaOf, titleOf } from "./layout.ts";
import { firstKeys } from "./order.ts";
import { writeSection, writeTerm } from "./structure.ts";
import { setPlain } from "./text/write.ts";

export interface CreateOptions {
  /** Language the minutes are written in; the template's unless told. */
  language?: Language;
  /** The template's proposed title unless told. */
  title?: string;
}

/**
 * The update a new document starts with. Sections keep the ids they have in the template. Variables of the template
 * ({title}, {date}, {place}) are written as they stand: `fillTemplate` first.
 */
export function create(template: Template, options: CreateOptions = {}): Uint8Array {
  const doc = newDocument(template, options);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** The same as a live document; whoever calls destroys it. */
export function newDocument(template: Template, { language, title }: CreateOptions = {}): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    const meta = metaOf(doc);
    meta.set("layout", LAYOUT);
    meta.set("template", template.id);
    meta.set("language", language ?? template.language);
    if (template.subtitle !== undefined && template.subtitle !== "") meta.set("subtitle", template.subtitle);
    if (template.mandate !== undefined && template.mandate !== "") meta.set("mandate", template.mandate);
    for (const term of template.glossary ?? []) writeTerm(meta, term);
    setPlain(titleOf(doc), title ?? template.title);
    const keys = firstKeys(template.sections.length);
    for (const [i, section] of template.sections.entries()) writeSection(doc, section, keys[i]);
  });
  return doc;
}
