/** A template as a YAML file with its labels in every language, read in one of them and filled for one workshop. */
import type { Template } from "./template.ts";
import type { Language, Minutes } from "./value.ts";

/** What {title}, {date} (ISO, as in a field) and {place} stand for. */
export interface Variables {
  title?: string;
  date?: string;
  place?: string;
}
export function parseTemplateFile(yamlText: string, language: Language): Template {
  throw new Error(`not there yet ${yamlText}${language}`);
}
export function exampleOf(yamlText: string, language: Language): Minutes {
  throw new Error(`not there yet ${yamlText}${language}`);
}
export function fillTemplate(template: Template, variables: Variables): Template {
  throw new Error(`not there yet ${template.id}${variables.title ?? ""}`);
}
