/** What of some minutes is structure: a template that starts the next workshop, without a word of the last one. */
import * as Y from "yjs";
import type { Template, TemplateSection } from "../minutes/template.ts";
import type { Minutes, Section } from "../minutes/value.ts";
import { newId } from "./id.ts";
import { metaOf } from "./layout.ts";
import { read } from "./read.ts";

/** The name and id a template is kept under; the minutes' title and id unless told. */
export type TemplateName = Partial<Pick<Template, "id" | "name" | "description">>;

const SECTION_ID = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * Headings, guidance, fields, sectors, groups, phases, options, fixed texts and the glossary stay; prose, values, people,
 * items and rankings go. Section ids that no template may carry are replaced.
 */
export function templateOf(source: Y.Doc | Minutes, name: TemplateName = {}): Template {
  const minutes = source instanceof Y.Doc ? read(source, { id: templateIdOf(source), state: "prepared" }) : source;
  const ids = new Map(minutes.sections.map(({ id }) => [id, SECTION_ID.test(id) ? id : newId()]));
  return {
    id: name.id ?? minutes.id,
    language: minutes.language,
    name: name.name ?? minutes.title,
    description: name.description ?? "",
    ...(minutes.subtitle === undefined ? {} : { subtitle: minutes.subtitle }),
    ...(minutes.mandate === undefined ? {} : { mandate: minutes.mandate }),
    title: minutes.title,
    sections: minutes.sections.map((section) => templateSection(section, ids)),
    ...(minutes.glossary ? { glossary: minutes.glossary.map((each) => without(each, "id")) } : {}),
  };
}

function templateSection(section: Section, ids: ReadonlyMap<string, string>): TemplateSection {
  const { id, kind, heading, guidance } = section;
  const base = { id: ids.get(id) ?? id, kind, heading, ...(guidance === undefined ? {} : { guidance }) };
  switch (section.kind) {
    case "prose":
      return base;
    case "fields":
      return { ...base, fields: section.fields.map((field) => without(field, "value")) };
    case "people":
      return { ...base, sectors: section.sectors, ...(section.joining ? { joining: true } : {}) };
    case "items": {
      const { marker, actions, grouped } = section;
      return { ...base, marker, actions, grouped, groups: section.groups.map(({ text }) => text) };
    }
    case "ranking":
      return { ...base, source: ids.get(section.source) ?? section.source, size: section.size };
    case "runsheet": {
      const phases = section.phases.map((phase) => without(phase, "id"));
      return { ...base, phases, ...(section.closing === undefined ? {} : { closing: section.closing }) };
    }
    case "notice":
      return { ...base, text: section.text };
  }
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const rest: Omit<T, K> & Partial<Pick<T, K>> = { ...value };
  delete rest[key];
  return rest;
}

function templateIdOf(doc: Y.Doc): string {
  const id = doc.share.has("meta") ? metaOf(doc).get("template") : undefined;
  return typeof id === "string" ? id : "";
}
