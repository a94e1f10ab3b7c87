/** The minutes a template begins with: every section, nothing written yet. */
import { letter } from "./number.ts";
import { plainText, proseFromPlain } from "./plain.ts";
import type { Template, TemplateSection } from "./template.ts";
import type { Minutes, Section } from "./value.ts";

/** Text, values and phases that stand in the template stand in the minutes. */
export function blankMinutes(template: Template, id: string): Minutes {
  return {
    id,
    title: template.title,
    ...(template.subtitle === undefined ? {} : { subtitle: template.subtitle }),
    ...(template.mandate === undefined ? {} : { mandate: template.mandate }),
    language: template.language,
    state: "prepared",
    sections: template.sections.map(blankSection),
    ...(template.glossary?.length
      ? { glossary: template.glossary.map((each, index) => ({ id: `term-${index + 1}`, ...each })) }
      : {}),
  };
}

function blankSection(section: TemplateSection): Section {
  const { id, heading, guidance } = section;
  const base = { id, heading, ...(guidance === undefined ? {} : { guidance }) };
  switch (section.kind) {
    case "prose":
      return { ...base, kind: "prose", body: section.body ?? [] };
    case "fields":
      return { ...base, kind: "fields", fields: (section.fields ?? []).map((field) => ({ value: "", ...field })) };
    case "people":
      return {
        ...base,
        kind: "people",
        sectors: section.sectors ?? [],
        ...(section.joining ? { joining: true as const } : {}),
        people: [],
      };
    case "items": {
      const groups = (section.groups ?? []).map((text, index) => {
        const body = proseFromPlain(text);
        return { id: `group-${index + 1}`, letter: letter(index + 1), text: plainText(body), body };
      });
      const { marker = "bullet", actions = false, grouped = false } = section;
      return { ...base, kind: "items", marker, actions, grouped, groups, items: [] };
    }
    case "ranking":
      return {
        ...base,
        kind: "ranking",
        source: section.source ?? "",
        size: section.size ?? 3,
        ranked: [],
        overflow: [],
      };
    case "runsheet": {
      const phases = (section.phases ?? []).map((phase, index) => ({ id: `phase-${index + 1}`, ...phase }));
      const { closing } = section;
      return { ...base, kind: "runsheet", phases, ...(closing === undefined ? {} : { closing }) };
    }
    case "notice":
      break;
  }
  return { ...base, kind: "notice", text: section.text ?? "" };
}
