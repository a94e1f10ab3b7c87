/** What is still open in some minutes before they are closed: a list to walk through, never a reason to refuse anything. */
import { addressesIn, isLinkable } from "./address.ts";
import { unexplained } from "./glossary.ts";
import { isNamed } from "./people.ts";
import { blockText, isBlank } from "./plain.ts";
import { progress } from "./progress.ts";
import type { Field, Item, Minutes, Prose, Section, Span } from "./value.ts";

/**
 * `title` nobody wrote one · `section` nothing stands in it · `value` nothing stands beside a label · `label` a value without one ·
 * `group` a lettered group without a heading · `slot` an item without a word · `slots` a ranking with room left ·
 * `trailing` words that break off with "..." · `address` it leads nowhere · `acronym` the glossary does not know it.
 */
type PointKind =
  | "title"
  | "section"
  | "value"
  | "label"
  | "group"
  | "slot"
  | "slots"
  | "trailing"
  | "address"
  | "acronym";

/** One thing to look at again. */
export interface Point {
  kind: PointKind;
  /** Id of the section; absent for the title. */
  section?: string;
  /** Id of the item, group, person or phase within the section. */
  row?: string;
  /** The heading of the section, or the label of the field. */
  where: string;
  /** The words in question, shortened; or a number or letter. */
  words?: string;
  /** `slots` only. */
  count?: number;
}

const LONGEST = 60;
const BREAKS_OFF = /(?:\.{3}|…)\s*$/u;
/** Hosts that only ever stand for another one (RFC 2606). */
const PLACEHOLDER = /(?:^|\.)(?:example|invalid|test)$|(?:^|\.)example\.(?:com|net|org)$/u;

/** Everything still open, in the order of the document; then the acronyms, which one explains in one go. Total. */
export function review(minutes: Minutes): Point[] {
  const title: Point[] = minutes.title.trim() === "" ? [{ kind: "title", where: "" }] : [];
  const acronyms = unexplained(minutes).map(({ word, ...at }): Point => ({ kind: "acronym", ...at, words: word }));
  return [...title, ...minutes.sections.flatMap((section) => sectionPoints(section, minutes)), ...acronyms];
}

function sectionPoints(section: Section, minutes: Minutes): Point[] {
  const base = { section: section.id, where: section.heading };
  // A form without a single answer is one thing to see, not ten; a notice says what its template gave it.
  if (section.kind === "notice") return [];
  if (section.kind !== "fields" && progress(section) === "empty") return [{ kind: "section", ...base }];
  switch (section.kind) {
    case "prose":
      return prosePoints(section.body, base);
    case "fields":
      return section.fields.flatMap((field) => fieldPoints(field, base));
    case "people":
      return section.people
        .filter(isNamed)
        .flatMap(({ id, name, organisation = "", role = "" }) =>
          [name, organisation, role].flatMap((text) => wordPoints(text, { ...base, row: id })),
        );
    case "items":
      return [
        ...section.groups.flatMap(({ id, letter, body }) =>
          isBlank(body)
            ? [{ kind: "group" as const, ...base, row: id, words: letter }]
            : prosePoints(body, { ...base, row: id }),
        ),
        ...section.items.flatMap((item) => itemPoints(item, base)),
      ];
    case "ranking": {
      const source = minutes.sections.find(({ id }) => id === section.source);
      // No more can be chosen than there is to choose from.
      const choice = source?.kind === "items" ? source.items.filter(({ body }) => !isBlank(body)).length : section.size;
      const count = Math.min(section.size, choice) - section.ranked.length;
      return count > 0 ? [{ kind: "slots", ...base, count }] : [];
    }
    case "runsheet":
      break;
  }
  return section.phases.flatMap(({ id, label, minutes: length }) =>
    label.trim() === "" && length > 0 ? [{ kind: "label", ...base, row: id }] : wordPoints(label, { ...base, row: id }),
  );
}

type Base = Pick<Point, "section" | "row" | "where">;

function fieldPoints({ id, label, type, value }: Field, base: Base): Point[] {
  const row = { ...base, row: id };
  if (value.trim() === "") return label.trim() === "" ? [] : [{ kind: "value", ...row, where: label }];
  const unlabelled: Point[] = label.trim() === "" ? [{ kind: "label", ...row, words: shortened(value) }] : [];
  if (type !== "address") return [...unlabelled, ...wordPoints(value, row)];
  return leadsNowhere(value) ? [...unlabelled, { kind: "address", ...row, words: shortened(value) }] : unlabelled;
}

function itemPoints({ id, number, body }: Item, base: Base): Point[] {
  const row = { ...base, row: id };
  return isBlank(body) ? [{ kind: "slot", ...row, words: String(number) }] : prosePoints(body, row);
}

function prosePoints(prose: Prose, base: Base): Point[] {
  return prose.flatMap((block) => {
    const links = block.spans.flatMap((span) => linkPoints(span, base));
    return [...links, ...wordPoints(blockText(block), base)];
  });
}

function linkPoints({ text, marks }: Span, base: Base): Point[] {
  if (marks?.link === undefined || !leadsNowhere(marks.link)) return [];
  return [{ kind: "address", ...base, words: shortened(text.trim() || marks.link) }];
}

function wordPoints(text: string, base: Base): Point[] {
  const addresses = addressesIn(text)
    .map(({ from, to }) => text.slice(from, to))
    .filter(leadsNowhere)
    .map((address): Point => ({ kind: "address", ...base, words: shortened(address) }));
  if (!BREAKS_OFF.test(text)) return addresses;
  // The end is what is looked for, so the beginning is what is left out.
  const words = text.trim();
  return [
    ...addresses,
    { kind: "trailing", ...base, words: words.length > LONGEST ? `…${words.slice(-LONGEST)}` : words },
  ];
}

/** By its form alone: nothing is fetched, whoever is at the other end learns nothing. */
function leadsNowhere(address: string): boolean {
  const written = /^www\./iu.test(address) ? `https://${address}` : address;
  const mail = /^(?:mailto:)?([^@\s/:]+@[^@\s/]+)$/iu.exec(written);
  if (mail) return !/@[^@.\s]+(?:\.[^@.\s]+)+$/u.test(mail[1]!.split("?")[0]!);
  if (!isLinkable(written)) return true;
  const { hostname } = new URL(written);
  return !/[.:]/u.test(hostname.replace(/^www\./u, "")) || PLACEHOLDER.test(hostname);
}

function shortened(text: string): string {
  const words = text.trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
