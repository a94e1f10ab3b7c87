/** A template filled for one workshop: {title}, {date} and {place} become what they stand for. */
import { dateText } from "./calendar.ts";
import type { Template, TemplateSection } from "./template.ts";
import type { Prose } from "./value.ts";

export interface Variables {
  title?: string;
  /** ISO, `2017-02-28`; written out in the template's language wherever it stands in a text. */
  date?: string;
  place?: string;
}

/** A variable without a value leaves no trace: neither its name nor a double blank. */
export function fillTemplate(template: Template, variables: Variables): Template {
  const { title = "", date = "", place = "" } = variables;
  const words = new Map([
    ["title", title],
    ["date", dateText(date, template.language)],
    ["place", place],
  ]);
  const raw = new Map([...words, ["date", date]]);
  const fill = (text: string): string => replace(text, words);
  return {
    ...template,
    ...(template.subtitle === undefined ? {} : { subtitle: fill(template.subtitle) }),
    ...(template.mandate === undefined ? {} : { mandate: fill(template.mandate) }),
    title: fill(template.title),
    sections: template.sections.map((section) => filledSection(section, fill, (text) => replace(text, raw))),
  };
}

type Fill = (text: string) => string;

function filledSection(section: TemplateSection, fill: Fill, fillDate: Fill): TemplateSection {
  const filled: TemplateSection = { ...section, heading: fill(section.heading) };
  if (section.guidance !== undefined) filled.guidance = fill(section.guidance);
  if (section.text !== undefined) filled.text = fill(section.text);
  if (section.body) filled.body = filledProse(section.body, fill);
  if (section.groups) filled.groups = section.groups.map(fill);
  if (section.phases) filled.phases = section.phases.map((phase) => ({ ...phase, label: fill(phase.label) }));
  if (section.fields) {
    filled.fields = section.fields.map((field) => {
      if (field.value === undefined) return field;
      return { ...field, value: field.type === "date" ? fillDate(field.value) : fill(field.value) };
    });
  }
  return filled;
}

function filledProse(prose: Prose, fill: Fill): Prose {
  return prose.map((block) => ({
    ...block,
    spans: block.spans.map((span) => ({ ...span, text: fill(span.text) })).filter((span) => span.text !== ""),
  }));
}

function replace(text: string, values: ReadonlyMap<string, string>): string {
  if (!/\{(?:title|date|place)\}/u.test(text)) return text;
  return text
    .replace(/\{(title|date|place)\}/gu, (_, name: string) => values.get(name) ?? "")
    .replace(/ {2,}/gu, " ")
    .trim();
}
