/** Minutes as plain text: what one pastes into a message. */
import { letter } from "../number.ts";
import type { Minutes } from "../value.ts";
import type { ArticleEntry, ArticleNode, Fact, Span } from "./article.ts";
import { compose } from "./compose.ts";
import { hang } from "./lines.ts";
import type { Place } from "./place.ts";

/** Ends with a line break; bold and italic leave only their words, links their address in brackets. */
export function text(minutes: Minutes, place?: Place): string {
  const article = compose(minutes, place);
  const title = line(article.title);
  const parts = [
    [line(article.subtitle), title, "=".repeat(underline(title))].filter((part) => part !== "").join("\n"),
    ...article.sections.map((section, index) => {
      const heading = line(section.heading);
      const content = nodesText(section.content);
      if (heading === "") return index === 0 || content === "" ? content : `${"-".repeat(8)}\n\n${content}`;
      return [`${heading}\n${"-".repeat(underline(heading))}`, content].filter((part) => part !== "").join("\n\n");
    }),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function nodesText(nodes: readonly ArticleNode[]): string {
  return nodes.map(nodeText).join("\n\n");
}

function nodeText(node: ArticleNode): string {
  switch (node.type) {
    case "heading":
    case "paragraph":
      return line(node.spans);
    case "quote":
      return hang("> ", line(node.spans));
    case "facts":
      return node.facts.map(factText).join("\n");
    case "list":
      break;
  }
  return node.entries.map((entry) => hang(marker(entry, node.marker), entryText(entry))).join("\n");
}

function marker(entry: ArticleEntry, kind: Extract<ArticleNode, { type: "list" }>["marker"]): string {
  if (kind === "number") return `${entry.value ?? 1}. `;
  if (kind === "letter") return `${letter(entry.value ?? 0)}) `;
  if (kind === "task") return entry.checked ? "[x] " : "[ ] ";
  return "- ";
}

/** Compact: nothing inside an entry is set apart by a blank line. */
function entryText(entry: ArticleEntry): string {
  return entry.content.map(nodeText).join("\n");
}

function factText(fact: Fact): string {
  return line([...fact.label, { text: fact.separator }, ...fact.spans]);
}

function line(spans: readonly Span[]): string {
  return spans
    .map(({ text: words, marks }) => {
      return marks?.link === undefined || marks.link === words ? words : `${words} (${marks.link})`;
    })
    .join("")
    .trim();
}

function underline(heading: string): number {
  return Math.min(72, heading.length);
}
