/** The glossary in an export: what a word means stands behind it where it is said first, and all of them at the end. */
import { explained, lexicon, type Lexicon } from "../glossary.ts";
import type { Language, Minutes, Section } from "../value.ts";
import type { ArticleNode, ArticleSection, Span } from "./article.ts";
import { fact } from "./fact.ts";
import { inline } from "./inline.ts";
import { WORDS } from "./words.ts";

/** The same sections with their words explained, and one more. Titles, headings and labels stay word for word. */
export function withGlossary(sections: readonly ArticleSection[], minutes: Minutes): ArticleSection[] {
  const { language } = minutes;
  const terms = explained(minutes);
  if (terms.length === 0) return [...sections];
  const pass = new Pass(lexicon(terms), language);
  const facts = terms.map(({ term, meaning }) => fact(term, meaning, language));
  return [
    ...sections.map((section, index) => ({ ...section, content: pass.section(section, minutes.sections[index]) })),
    // Without an id: the sections that people make may have any.
    { id: "", heading: inline(WORDS[language].glossary, language), content: [{ type: "facts", facts, defines: true }] },
  ];
}

const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}]$/u;
const BEGINS_IN_WORD = /^[\p{L}\p{M}\p{N}]/u;

/** One reading from the first section to the last. */
class Pass {
  readonly #find: Lexicon;
  readonly #language: Language;
  /** What stands in the text already with its meaning behind it. */
  readonly #told = new Set<string>();
  #inSection = new Set<string>();
  #mayTell = true;

  constructor(find: Lexicon, language: Language) {
    this.#find = find;
    this.#language = language;
  }

  section({ content }: ArticleSection, of: Section | undefined): ArticleNode[] {
    this.#inSection = new Set();
    // "Nadia (DREAL)" stands in brackets itself.
    this.#mayTell = of?.kind !== "people";
    return content.map((node) => this.#node(node));
  }

  #node(node: ArticleNode): ArticleNode {
    switch (node.type) {
      case "heading":
        return node;
      case "paragraph":
      case "quote":
        return { ...node, spans: this.#spans(node.spans) };
      case "list": {
        const entries = node.entries.map((entry) => ({
          ...entry,
          content: entry.content.map((each) => this.#node(each)),
        }));
        return { ...node, entries };
      }
      case "facts":
        break;
    }
    return { ...node, facts: node.facts.map((each) => ({ ...each, spans: this.#spans(each.spans) })) };
  }

  #spans(spans: readonly Span[]): Span[] {
    return spans.flatMap((span, index) => {
      if (span.marks?.code || span.marks?.link !== undefined) return [span];
      return this.#within(span, spans[index - 1]?.text ?? "", spans[index + 1]?.text ?? "");
    });
  }

  #within(span: Span, before: string, next: string): Span[] {
    const { text, marks } = span;
    const parts: Span[] = [];
    let at = 0;
    for (const { from, to, term } of this.#find(text)) {
      // Once in each section; and no piece of what Markdown would take for a character of its own.
      if (this.#inSection.has(term.term) || /&#?$/u.test(text.slice(0, from))) continue;
      // Half of a word may be bold: then it is not this word.
      if ((from === 0 && ENDS_IN_WORD.test(before)) || (to === text.length && BEGINS_IN_WORD.test(next))) continue;
      this.#inSection.add(term.term);
      // Somebody has already written in brackets what it means.
      const isWritten = /^\s*\(/u.test(text.slice(to) || next);
      const told = isWritten || (this.#mayTell && !this.#told.has(term.term));
      if (from > at) parts.push({ ...span, text: text.slice(at, from) });
      parts.push({ text: text.slice(from, to), marks: { ...marks, term: { meaning: term.meaning, told } } });
      if (told && !isWritten) parts.push({ text: " (" }, ...inline(term.meaning, this.#language), { text: ")" });
      if (told) this.#told.add(term.term);
      at = to;
    }
    if (at < text.length || parts.length === 0) parts.push({ ...span, text: text.slice(at) });
    return parts;
  }
}
