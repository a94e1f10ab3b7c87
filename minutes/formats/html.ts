/** Minutes as HTML: a semantic article for the reading page, and a whole document for the .html export. */
import { isLinkable } from "../address.ts";
import { isFromRight } from "../direction.ts";
import { hostBeside } from "../host.ts";
import type { Minutes } from "../value.ts";
import type { Article, ArticleEntry, ArticleMarks, ArticleNode, ArticleSection, Explained, Span } from "./article.ts";
import { compose } from "./compose.ts";
import { nestMarks, type Around } from "./marks.ts";
import type { Place } from "./place.ts";
import { WORDS, type Words } from "./words.ts";

/** The article alone, with its language; everything people wrote is escaped. */
export function html(minutes: Minutes, place?: Place): string {
  return articleHtml(compose(minutes, place));
}

/** A whole document that stands alone, without script or style. */
export function htmlDocument(minutes: Minutes, place?: Place): string {
  const article = compose(minutes, place);
  const title = escape(article.title.map((span) => span.text).join(""));
  return `<!doctype html>
<html lang="${article.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
</head>
<body>
<main>
${articleHtml(article)}
</main>
</body>
</html>
`;
}

function articleHtml(article: Article): string {
  const subtitle =
    article.subtitle.length === 0 ? "" : `<p class="minutes-subtitle">${spansHtml(article.subtitle)}</p>\n`;
  const sections = article.sections.map((section) => sectionHtml(section, article)).join("\n");
  return `<article class="minutes" lang="${article.language}">
<header>
${subtitle}<h1${side(article.title)}>${spansHtml(article.title)}</h1>
</header>
${sections}
</article>`;
}

function sectionHtml(section: ArticleSection, article: Article): string {
  const id = /^[\w-]{1,64}$/u.test(section.id) ? ` id="section-${section.id}"` : "";
  const heading =
    section.heading.length === 0 ? "" : `<h2${side(section.heading)}>${spansHtml(section.heading)}</h2>\n`;
  return `<section${id}>\n${heading}${nodesHtml(section.content, WORDS[article.language])}</section>`;
}

function nodesHtml(nodes: readonly ArticleNode[], words: Words): string {
  return nodes
    .map((node, index) => {
      if (node.type !== "quote") return `${nodeHtml(node, words)}\n`;
      const opens = nodes[index - 1]?.type === "quote" ? "" : "<blockquote>\n";
      const closes = nodes[index + 1]?.type === "quote" ? "" : "</blockquote>\n";
      return `${opens}<p${side(node.spans)}>${spansHtml(node.spans)}</p>\n${closes}`;
    })
    .join("");
}

function nodeHtml(node: Exclude<ArticleNode, { type: "quote" }>, words: Words): string {
  switch (node.type) {
    case "heading":
      return `<h${Math.min(6, node.level)}${side(node.spans)}>${spansHtml(node.spans)}</h${Math.min(6, node.level)}>`;
    case "paragraph":
      return `<p${side(node.spans)}>${spansHtml(node.spans)}</p>`;
    case "list": {
      const ordered = node.marker === "number" || node.marker === "letter";
      const open = ordered ? `<ol${node.marker === "letter" ? ' type="A"' : ""}>` : "<ul>";
      return `${open}\n${entriesHtml(node.entries, words)}${ordered ? "</ol>" : "</ul>"}`;
    }
    case "facts":
      break;
  }
  const facts = node.facts.map(({ label, spans, datetime }) => {
    const value =
      datetime === undefined ? spansHtml(spans) : `<time datetime="${quote(datetime)}">${spansHtml(spans)}</time>`;
    return `<div><dt${side(label)}>${node.defines ? `<dfn>${spansHtml(label)}</dfn>` : spansHtml(label)}</dt><dd${side(spans)}>${value}</dd></div>\n`;
  });
  return `<dl>\n${facts.join("")}</dl>`;
}

function entriesHtml(entries: readonly ArticleEntry[], words: Words): string {
  let expected = 1;
  return entries
    .map((entry) => {
      // Numbers are said only where they jump, so that an ordinary list stays an ordinary list.
      const value = entry.value === undefined || entry.value === expected ? "" : ` value="${entry.value}"`;
      expected = (entry.value ?? expected) + 1;
      const [first, ...rest] = entry.content;
      const box = entry.checked === undefined ? "" : checkbox(entry.checked, words);
      if (first?.type !== "paragraph") return `<li${value}>${box}\n${nodesHtml(entry.content, words)}</li>\n`;
      const more = rest.length === 0 ? "" : `\n${nodesHtml(rest, words)}`;
      return `<li${value}${side(first.spans)}>${box}${spansHtml(first.spans)}${more}</li>\n`;
    })
    .join("");
}

/** Set from the right where its first letter is read from there: this document is read without any style of ours. */
function side(spans: readonly Span[]): string {
  return spans.some(({ text }) => isFromRight(text)) ? ' dir="auto"' : "";
}

function checkbox(checked: boolean, words: Words): string {
  return checked
    ? `<span role="img" aria-label="${quote(words.done)}">☑</span> `
    : `<span role="img" aria-label="${quote(words.todo)}">☐</span> `;
}

function spansHtml(spans: readonly Span[]): string {
  return nestMarks(spans, { words: escape, wrap: wrapHtml });
}

const ELEMENTS = { bold: "strong", italic: "em", strike: "s", code: "code" } as const;

function wrapHtml(inside: string, mark: keyof ArticleMarks, { text, link = "", term }: Around): string {
  if (mark === "term") return abbreviationHtml(inside, term);
  if (mark !== "link") return `<${ELEMENTS[mark]}>${inside}</${ELEMENTS[mark]}>`;
  if (!isLinkable(link)) return inside;
  const host = hostBeside(text, link);
  const beside = host === undefined ? "" : `<span class="minutes-host"> (${escape(host)})</span>`;
  return `<a href="${quote(link)}" rel="nofollow noopener noreferrer">${inside}</a>${beside}`;
}

/** Where the meaning stands behind it, whoever hears the page is not told twice. */
function abbreviationHtml(inside: string, term: Explained | undefined): string {
  return term === undefined || term.told
    ? `<abbr>${inside}</abbr>`
    : `<abbr title="${quote(term.meaning)}">${inside}</abbr>`;
}

/** Text for an element; apostrophes and quotation marks stay readable in the source. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text for an attribute between double quotation marks. */
function quote(text: string): string {
  return escape(text).replaceAll('"', "&quot;");
}
