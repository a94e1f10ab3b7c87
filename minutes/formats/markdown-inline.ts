/** Words and marks inside one line of Markdown. */
import { isLinkable } from "../address.ts";
import type { ArticleMarks } from "./article.ts";
import type { Around, MarkWriter } from "./marks.ts";

export const MARKDOWN_MARKS: MarkWriter = {
  words: (text, code, around) => (code ? text : escapeWords(text, around.after)),
  wrap: wrapMarkdown,
};

/** What would begin a heading, a list, a quote or a rule at the start of a line. */
export function escapeStart(line: string): string {
  return line
    .replace(/^(#{1,6}|[-+])(?=\s|$)/u, "\\$1")
    .replace(/^(>|---)/u, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, "$1\\$2");
}

function escapeWords(text: string, after: string): string {
  return (
    text
      .replace(/[\\`*[\]<~]/gu, "\\$&")
      // Inside a word an underscore is only itself.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
      .replace(/&(?=#?\w+;)/gu, "\\&")
      // Before a bracket it would make an image.
      .replace(/!(?=\\\[)/gu, "\\!")
      .replace(/!$/u, after === "" ? "!" : "\\!")
  );
}

const DELIMITERS = { bold: ["**", "strong"], italic: ["_", "em"], strike: ["~~", "del"] } as const;

function wrapMarkdown(inside: string, mark: keyof ArticleMarks, around: Around): string {
  if (mark === "code") return codeMarkdown(inside, around);
  if (mark === "link") return linkMarkdown(inside, around);
  // What it means stands behind it, or in the glossary.
  if (mark === "term") return inside;
  const core = inside.trim();
  if (core === "") return inside;
  const lead = inside.slice(0, inside.length - inside.trimStart().length);
  const tail = inside.slice(inside.trimEnd().length);
  const [delimiter, element] = DELIMITERS[mark];
  const opens = mark !== "italic" && !isPunctuation(core.at(0));
  const closes = mark !== "italic" && !isPunctuation(core.at(-1));
  const before = lead === "" ? (around.before.at(-1) ?? " ") : " ";
  const after = tail === "" ? (around.after.at(0) ?? " ") : " ";
  // Where the rules of delimiters would leave the stars standing, an element says the same.
  const sound = (opens || isBoundary(before)) && (closes || isBoundary(after));
  return sound ? lead + delimiter + core + delimiter + tail : `${lead}<${element}>${core}</${element}>${tail}`;
}

function codeMarkdown(text: string, around: Around): string {
  if (text.trim() === "") return text;
  // Not every reader looks for code before it looks for the end of a link.
  if (around.link !== undefined && /[[\]`]/u.test(text)) return `<code>${escapeWords(text, "")}</code>`;
  const longest = [...text.matchAll(/`+/gu)].reduce((most, run) => Math.max(most, run[0].length), 0);
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$/u.test(text) || (text.startsWith(" ") && text.endsWith(" ")) ? " " : "";
  return fence + pad + text + pad + fence;
}

function linkMarkdown(inside: string, { link = "", text }: Around): string {
  if (!isLinkable(link)) return inside;
  if (text === link && !/[<>]/u.test(link)) return `<${link}>`;
  const address = link
    .replace(/[()\\<>]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&(?=#?\w+;)/gu, "\\&");
  return `[${inside}](${address})`;
}

/** Half of a pair counts too: most of them are pictures, and elements are right around any character. */
function isPunctuation(char: string | undefined): boolean {
  return char !== undefined && /[\p{P}\p{S}\p{Cs}]/u.test(char);
}

function isBoundary(char: string): boolean {
  return /[\s\p{P}\p{S}]/u.test(char);
}
