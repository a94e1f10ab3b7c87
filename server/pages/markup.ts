/** The one way pages are put together: a tagged template that escapes whatever it is given. */

/** HTML that is safe to stand in a page: made by `html`, or by a format of the minutes. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand between the braces; null, undefined and false leave nothing behind. */
export type Insert = string | number | Markup | null | undefined | false | readonly Insert[];

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const insert = (value: Insert): string => {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(insert).join("");
  // A NUL or half an emoji has no place in HTML and could break the parser of whoever reads it.
  const text = String(value).replaceAll("\0", "").toWellFormed();
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
};

/** Escapes every insert, in text and in quoted attributes alike. Attributes must stand in double quotes. */
export const html = (strings: TemplateStringsArray, ...inserts: readonly Insert[]): Markup =>
  new Markup(strings.reduce((page, part, index) => page + insert(inserts[index - 1]) + part));

/** Takes over HTML that a format has already escaped. Never give it anything a visitor wrote. */
export const rendered = (text: string): Markup => new Markup(text);

/** A text as one part of a path; half an emoji, which has no encoding, becomes the sign for what is missing. */
export const pathPart = (text: string): string => encodeURIComponent(text.toWellFormed());
