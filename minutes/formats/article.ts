/** What an export says before it takes a form: headings, paragraphs, lists and facts, in order. */
import type { Language, Marker, Marks, Span as Words } from "../value.ts";

/** A word of the glossary, as its reader meets it. */
export interface Explained {
  meaning: string;
  /** The meaning stands behind it, in brackets: it is the first time that it is said. */
  told: boolean;
}

export interface ArticleMarks extends Marks {
  term?: Explained;
}

export interface Span extends Words {
  marks?: ArticleMarks;
}

export interface Fact {
  label: Span[];
  /** Stands between the two where they share a line. */
  separator: string;
  spans: Span[];
  /** A date or a time in its machine form. */
  datetime?: string;
}

export interface ArticleEntry {
  /** The number or letter it carries; lists of bullets have none. */
  value?: number;
  checked?: boolean;
  content: ArticleNode[];
}

export type ArticleNode =
  | { type: "heading"; level: number; spans: Span[] }
  | { type: "paragraph"; spans: Span[] }
  | { type: "quote"; spans: Span[] }
  | { type: "list"; marker: Marker | "task"; entries: ArticleEntry[] }
  /** `defines`: the labels are words, and what stands behind them is what they mean. */
  | { type: "facts"; facts: Fact[]; defines?: true };

export interface ArticleSection {
  id: string;
  /** Empty where the section has none. */
  heading: Span[];
  content: ArticleNode[];
}

export interface Article {
  language: Language;
  subtitle: Span[];
  title: Span[];
  sections: ArticleSection[];
}
