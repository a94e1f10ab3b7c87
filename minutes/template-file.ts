/** A template as a YAML file with its labels in every language, read in one of them. */
export { fillTemplate } from "./fill.ts";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { blankMinutes } from "./blank.ts";
import { fillTemplate } from "./fill.ts";
import { filledSection } from "./example.ts";
import { ParseError, parseWith } from "./parse.ts";
import type { Template } from "./template.ts";
import { templateFileSchema } from "./template-schema.ts";
import type { Language, Minutes } from "./value.ts";

/** @throws {ParseError} naming the path of the first mistake; unknown keys are mistakes here, because people type them */
export function parseTemplateFile(yamlText: string, language: Language): Template {
  const { example: _, ...template } = read(yamlText, language);
  return { ...template, language, title: template.title ?? "" };
}

/** The template filled with its own example, for a preview. @throws {ParseError} as above */
export function exampleOf(yamlText: string, language: Language): Minutes {
  const { example, ...file } = read(yamlText, language);
  const template: Template = { ...file, language, title: file.title ?? "" };
  const { title = template.title, date, place, sections = [] } = example ?? {};
  const filled = fillTemplate(template, { title, ...(date && { date }), ...(place && { place }) });
  const minutes = blankMinutes(filled, template.id);
  for (const one of sections) {
    const index = minutes.sections.findIndex((section) => section.id === one.id);
    const section = minutes.sections[index];
    if (!section) throw new ParseError("example.sections", `there is no section "${one.id}"`);
    minutes.sections[index] = filledSection(section, one, minutes);
  }
  return { ...minutes, title, state: "open" };
}

function read(yamlText: string, language: Language) {
  let data: unknown;
  try {
    data = parseYaml(yamlText);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    throw new ParseError("", `not YAML${line === undefined ? "" : `, line ${line}`}`, { cause: error });
  }
  return parseWith(templateFileSchema(language), data);
}
