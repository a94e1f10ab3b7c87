/** Minutes as Markdown (CommonMark, with task lists): what reads like markup in the words is escaped. */
import { letter } from "../number.ts";
import type { Minutes } from "../value.ts";
import type { ArticleEntry, ArticleNode, ArticleSection, Span } from "./article.ts";
import { compose } from "./compose.ts";
import { hang } from "./lines.ts";
import { nestMarks } from "./marks.ts";
import { MARKDOWN_MARKS, escapeStart } from "./markdown-inline.ts";
import type { Place } from "./place.ts";

/** Ends with a line break. */
export function markdown(minutes: Minutes, place?: Place): string {
  const article = compose(minutes, place);
  const parts = [
    ...(article.subtitle.length === 0 ? [] : [paragraph(article.subtitle)]),
    heading(1, article.title),
    ...article.sections.map((section, index) => sectionMarkdown(section, index === 0)).filter((part) => part !== ""),
  ];
  return `${parts.join("\n\n")}\n`;
}

function sectionMarkdown(section: ArticleSection, first: boolean): string {
  const content = nodesMarkdown(section.content);
  if (section.heading.length > 0)
    return [heading(2, section.heading), content].filter((part) => part !== "").join("\n\n");
  // Without a heading it would seem to belong to the section above.
  return first || content === "" ? content : `---\n\n${content}`;
}

function nodesMarkdown(nodes: readonly ArticleNode[]): string {
  let out = "";
  for (const [index, node] of nodes.entries()) {
    const previous = nodes[index - 1];
    out += previous === undefined ? "" : between(previous, node);
    out += nodeMarkdown(node);
  }
  return out;
}

function between(previous: ArticleNode, node: ArticleNode): string {
  if (previous.type === "quote" && node.type === "quote") return "\n>\n";
  // Markdown would read two lists of one look as one.
  const [above, below] = [delimiterOf(previous), delimiterOf(node)];
  return above !== undefined && above === below ? `\n\n${APART}\n\n` : "\n\n";
}

function delimiterOf(node: ArticleNode): string | undefined {
  if (node.type === "list") return node.marker === "number" ? "." : "-";
  return node.type === "facts" ? "-" : undefined;
}

const APART = "<!-- -->";

function nodeMarkdown(node: ArticleNode): string {
  switch (node.type) {
    case "heading":
      return heading(node.level, node.spans);
    case "paragraph":
      return paragraph(node.spans);
    case "quote":
      return hang("> ", paragraph(node.spans));
    case "facts":
      return node.facts
        .map((fact) => {
          const label = fact.label.map((span) => ({ ...span, marks: { ...span.marks, bold: true as const } }));
          return `- ${escapeStart(inlineMarkdown([...label, { text: fact.separator }, ...fact.spans]))}`;
        })
        .join("\n");
    case "list":
      break;
  }
  return listMarkdown(node.entries, node.marker === "number", node.marker === "letter");
}

function listMarkdown(entries: readonly ArticleEntry[], numbered: boolean, lettered: boolean): string {
  const loose = entries.some(({ content }) =>
    content.some((node, index) => index > 0 && delimiterOf(node) === undefined),
  );
  let out = "";
  let expected: number | undefined;
  for (const entry of entries) {
    // Markdown counts on by itself: a number that jumps needs a list of its own.
    const jumps = numbered && expected !== undefined && entry.value !== expected;
    if (out !== "") out += jumps ? `\n\n${APART}\n\n` : loose ? "\n\n" : "\n";
    expected = (entry.value ?? 0) + 1;
    const label = lettered ? `${letter(entry.value ?? 0)}) ` : entry.checked === undefined ? "" : box(entry.checked);
    out += hang(numbered ? `${entry.value ?? 1}. ` : "- ", label + entryMarkdown(entry, label !== ""));
  }
  return out;
}

function box(checked: boolean): string {
  return checked ? "[x] " : "[ ] ";
}

function entryMarkdown(entry: ArticleEntry, labelled: boolean): string {
  const [first, second] = entry.content;
  const newLine = labelled && first?.type !== "paragraph" ? "\n\n" : "";
  const tight = first?.type === "paragraph" && second !== undefined && delimiterOf(second) !== undefined;
  if (!tight) return newLine + nodesMarkdown(entry.content);
  return `${paragraph(first.spans)}\n${nodesMarkdown(entry.content.slice(1))}`;
}

function heading(level: number, spans: readonly Span[]): string {
  const text = inlineMarkdown(spans).replace(/(^|\s)(#+)$/u, "$1\\$2");
  return `${"#".repeat(Math.min(6, level))} ${text}`;
}

function paragraph(spans: readonly Span[]): string {
  return escapeStart(inlineMarkdown(spans));
}

function inlineMarkdown(spans: readonly Span[]): string {
  return nestMarks(spans, MARKDOWN_MARKS).trim();
}
