/** Minutes of the past beside those of today, line by line: what has gone since, what is new, what stayed. */
import { changesBetween } from "../difference.ts";
import { letter } from "../number.ts";
import type { Minutes } from "../value.ts";
import type { ArticleEntry, ArticleNode, ArticleSection, Span } from "./article.ts";
import { compose } from "./compose.ts";

/** Since the moment that is looked at. */
type Since = "kept" | "gone" | "new";

export interface Passage {
  text: string;
  since: Since;
}

interface ComparedSection {
  id: string;
  heading: Passage[];
  /** Whether the section itself has come or gone. */
  since: Since;
  lines: Passage[][];
}

export interface Compared {
  title: Passage[];
  sections: ComparedSection[];
  /** How many lines have something in them that has gone, or come. */
  gone: number;
  added: number;
}

/** Sections in the order of the past; what came since stands at the end. */
export const compareMinutes = (past: Minutes, now: Minutes): Compared => {
  const [then, today] = [compose(past), compose(now)];
  const current = new Map(today.sections.map((section) => [section.id, section]));
  const known = new Set(then.sections.map(({ id }) => id));
  const sections = [
    ...then.sections.map((section) => compareSection(section, current.get(section.id))),
    ...today.sections.filter(({ id }) => !known.has(id)).map((section) => compareSection(undefined, section)),
  ];
  const title = passages(words(then.title), words(today.title));
  const lines = [title, ...sections.flatMap(({ heading, lines: all }) => [heading, ...all])];
  const count = (since: Since): number =>
    lines.filter((line) => line.some((each) => each.since === since && each.text.trim() !== "")).length;
  return { title, sections, gone: count("gone"), added: count("new") };
};

const compareSection = (then?: ArticleSection, today?: ArticleSection): ComparedSection => ({
  id: (then ?? today)!.id,
  heading: passages(words(then?.heading ?? []), words(today?.heading ?? [])),
  since: then === undefined ? "new" : today === undefined ? "gone" : "kept",
  lines: inLines(passages(linesOf(then), linesOf(today))),
});

const passages = (then: string, today: string): Passage[] => {
  const all: Passage[] = [];
  const say = (text: string, since: Since): void => {
    if (text !== "") all.push({ text, since });
  };
  let at = 0;
  for (const change of changesBetween(then, today)) {
    say(then.slice(at, change.at), "kept");
    at = change.at + change.removed;
    say(then.slice(change.at, at), "gone");
    say(change.added, "new");
  }
  say(then.slice(at), "kept");
  return all;
};

/** A line ends where any passage does; empty ones are left out. */
const inLines = (all: readonly Passage[]): Passage[][] => {
  const lines: Passage[][] = [[]];
  for (const { text, since } of all) {
    for (const [i, piece] of text.split("\n").entries()) {
      if (i > 0) lines.push([]);
      if (piece !== "") lines.at(-1)!.push({ text: piece, since });
    }
  }
  return lines.filter((line) => line.length > 0);
};

const words = (spans: readonly Span[]): string => spans.map(({ text }) => text).join("");

const linesOf = (section: ArticleSection | undefined): string =>
  (section?.content ?? [])
    .flatMap((node) => linesIn(node))
    .map((line) => `${line}\n`)
    .join("");

const linesIn = (node: ArticleNode): string[] => {
  if (node.type === "list") return node.entries.flatMap((entry) => entryLines(entry, node.marker));
  if (node.type === "facts")
    return node.facts.map(({ label, separator, spans }) => words(label) + separator + words(spans));
  return [words(node.spans)];
};

/** The mark of an entry stands before its first line. */
const entryLines = (entry: ArticleEntry, marker: Extract<ArticleNode, { type: "list" }>["marker"]): string[] => {
  const lines = entry.content.flatMap((node) => linesIn(node));
  const [first = "", ...rest] = lines;
  return [markOf(entry, marker) + first, ...rest];
};

const markOf = (
  { value = 0, checked }: ArticleEntry,
  marker: Extract<ArticleNode, { type: "list" }>["marker"],
): string => {
  if (marker === "number") return `${value}. `;
  if (marker === "letter") return `${letter(value)}) `;
  return marker === "task" ? (checked ? "☑ " : "☐ ") : "• ";
};
