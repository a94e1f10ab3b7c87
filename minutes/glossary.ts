/** The glossary: where the words stand that it explains, and which acronyms nobody has explained yet. */
import { addressesIn } from "./address.ts";
import { wordsKey } from "./same.ts";
import type { Minutes, Prose, Section, Term } from "./value.ts";

/** Where a text says a term; `to` is behind its last letter. */
interface Said {
  from: number;
  to: number;
  term: Term;
}

/** Finds the terms of a glossary in a text: each that stands there as a word of its own, from left to right, the longest first. */
export type Lexicon = (text: string) => Said[];

/** More than anybody explains; a text is compared with each that begins with the same word. */
const MOST_TERMS = 500;
const LONGEST_TERM = 100;

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/** What is written in capitals is meant in capitals only: "PAT" is not in "un pat". Other words may begin a sentence. */
const isAcronym = (term: string): boolean => (term.match(/\p{Lu}/gu)?.length ?? 0) >= 2;

/** The terms that have a meaning, in the order of the alphabet; what says the same twice is told once. */
export function explained({ glossary = [], language }: Pick<Minutes, "glossary" | "language">): Term[] {
  const told = new Map<string, Term>();
  for (const { id, term, meaning } of glossary) {
    const each = { id, term: term.trim(), meaning: meaning.trim() };
    const key = `${each.term}\n${wordsKey(each.meaning)}`;
    if (each.term !== "" && each.meaning !== "" && !told.has(key)) told.set(key, each);
  }
  const { compare } = new Intl.Collator(language);
  return [...told.values()].toSorted((a, b) => compare(a.term, b.term));
}

/** Of two meanings of one term the first is told in the text; both stand in the list. */
export function lexicon(terms: readonly Term[]): Lexicon {
  const byWord = new Map<string, Term[]>();
  for (const term of terms.slice(0, MOST_TERMS)) {
    const first = term.term.length > LONGEST_TERM ? undefined : term.term.match(WORD)?.[0];
    if (first === undefined || !term.term.startsWith(first)) continue;
    const key = first.toLowerCase();
    byWord.set(key, [...(byWord.get(key) ?? []), term]);
  }
  // The longest first: "PAT régional" before "PAT".
  for (const all of byWord.values()) all.sort((a, b) => b.term.length - a.term.length);
  if (byWord.size === 0) return () => [];
  return (text) => {
    const found: Said[] = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (index < (found.at(-1)?.to ?? 0)) continue;
      // An acronym takes a plural: "ONGs".
      const candidates =
        byWord.get(word.toLowerCase()) ??
        (/\p{Lu}s$/u.test(word) ? byWord.get(word.slice(0, -1).toLowerCase()) : undefined);
      for (const term of candidates ?? []) {
        const to = endOf(term.term, text, index);
        if (to === undefined) continue;
        found.push({ from: index, to, term });
        break;
      }
    }
    return found;
  };
}

/** Where the term ends that begins at `at`, with the "s" of an acronym; undefined where it does not stand there. */
function endOf(term: string, text: string, at: number): number | undefined {
  const to = at + term.length;
  const said = text.slice(at, to);
  if (said !== term && (isAcronym(term) || said.toLowerCase() !== term.toLowerCase())) return undefined;
  const behind = text.slice(to, to + 3);
  if (!/^[\p{L}\p{M}\p{N}]/u.test(behind)) return to;
  return isAcronym(term) && /^s(?![\p{L}\p{M}\p{N}])/u.test(behind) ? to + 1 : undefined;
}

/** The terms that stand in a section, each once, in the order in which they come. */
export function saidIn(section: Section, find: Lexicon): Term[] {
  return [...new Set(textsOf(section).flatMap(({ text }) => find(text).map(({ term }) => term)))];
}

/** An acronym that the glossary does not know, and where it stands first. */
export interface Unexplained {
  word: string;
  section: string;
  /** Heading of that section. */
  where: string;
  row?: string;
}

/** Two letters and more in capitals, figures and "&" between them: "CO2", "R&D". */
const ACRONYM = /(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{Lu}\p{N}]*(?:&[\p{Lu}\p{N}]+)*(?=s?(?![\p{L}\p{M}\p{N}]))/gu;
/** Longer ones are words that somebody shouted. */
const LONGEST_ACRONYM = 10;
/** Numbers of centuries and chapters, and what everybody says. */
const KNOWN = /^(?:X{0,3}(?:IX|IV|V?I{0,3})|OK|QR)$/u;

/** Acronyms of the minutes without an entry, each once, in the order in which they come. Total. */
export function unexplained(minutes: Minutes): Unexplained[] {
  const known = new Set((minutes.glossary ?? []).map(({ term }) => term.trim()));
  const found: Unexplained[] = [];
  for (const section of minutes.sections) {
    for (const { text, row } of textsOf(section)) {
      for (const word of acronymsIn(text)) {
        if (known.has(word)) continue;
        known.add(word);
        found.push({ word, section: section.id, where: section.heading, ...(row === undefined ? {} : { row }) });
      }
    }
  }
  return found;
}

function acronymsIn(text: string): string[] {
  // Where everything is in capitals, capitals say nothing.
  if (!/\p{Ll}/u.test(text) && (text.match(WORD)?.length ?? 0) > 2) return [];
  const addresses = addressesIn(text);
  return [...text.matchAll(ACRONYM)]
    .filter(({ index }) => !addresses.some(({ from, to }) => from <= index && index < to))
    .map(([word]) => word)
    .filter((word) => isAcronym(word) && word.length <= LONGEST_ACRONYM && !KNOWN.test(word));
}

/** Every line that people wrote, and the row it stands in. Names of persons are no acronyms, however they are written. */
function textsOf(section: Section): { text: string; row?: string }[] {
  switch (section.kind) {
    case "prose":
      return linesOf(section.body);
    case "fields":
      return section.fields.flatMap(({ id, type, value }) =>
        type === "line" || type === "place" ? [{ text: value, row: id }] : [],
      );
    case "people":
      return section.people.map(({ id, organisation = "" }) => ({ text: organisation, row: id }));
    case "items":
      return [...section.groups, ...section.items].flatMap(({ id, body }) => linesOf(body, id));
    case "runsheet":
      return section.phases.map(({ id, label }) => ({ text: label, row: id }));
    case "ranking":
    case "notice":
      break;
  }
  return [];
}

function linesOf(body: Prose, row?: string): { text: string; row?: string }[] {
  return body.map(({ spans }) => ({
    text: spans.map(({ text, marks }) => (marks?.code || marks?.link !== undefined ? " " : text)).join(""),
    ...(row === undefined ? {} : { row }),
  }));
}
