/** Items, their groups and their ranking in an export: numbers as captured, letters, who does what by when. */
import { dateText } from "../calendar.ts";
import { isBlank } from "../plain.ts";
import { destinationOf, provenanceOf } from "../provenance.ts";
import { isTied } from "../tally.ts";
import type { Group, Item, ItemsSection, Language, Minutes, RankedItem, RankingSection } from "../value.ts";
import type { ArticleEntry, ArticleNode, Fact } from "./article.ts";
import { fact } from "./fact.ts";
import { inline } from "./inline.ts";
import { proseContent } from "./prose.ts";
import { WORDS } from "./words.ts";

/** Items that say something: those outside every group first, then each group with its own. */
export function partsOf(section: ItemsSection): { group: Group | undefined; items: Item[] }[] {
  const items = section.items.filter((item) => !isBlank(item.body));
  const known = new Set(section.groups.map((group) => group.id));
  const loose = items.filter((item) => item.group === undefined || !known.has(item.group));
  const grouped = section.groups.map((group) => ({ group, items: items.filter((item) => item.group === group.id) }));
  return [{ group: undefined, items: loose }, ...grouped];
}

/** Each group stands under its lettered heading. */
export function itemsContent(section: ItemsSection, minutes: Minutes): ArticleNode[] {
  return partsOf(section).flatMap(({ group, items }) => {
    if (group === undefined) return itemList(items, section, minutes, 3);
    if (items.length === 0 && isBlank(group.body)) return [];
    const words = group.body.flatMap((block, index) => (index === 0 ? block.spans : [{ text: " " }, ...block.spans]));
    const mark = { text: `${group.letter})${isBlank(group.body) ? "" : " "}` };
    const spans = inline([mark, ...words], minutes.language);
    return [{ type: "heading" as const, level: 3, spans }, ...itemList(items, section, minutes, 4)];
  });
}

/**
 * The slots that are filled, best first; empty slots and what stands below the line stay behind. While the picks decide,
 * a tie is a tie: its items share a place, and all of them stand there.
 */
export function placesIn(section: RankingSection): { item: RankedItem; place: number }[] {
  return section.ranked
    .slice(0, section.picked ? undefined : section.size)
    .filter((item) => !isBlank(item.body))
    .map((item, index) => ({ item, place: item.place ?? index + 1 }));
}

/** Each place with what stands there, and how often it was picked. */
export function rankedContent(section: RankingSection, language: Language): ArticleNode[] {
  const entries = placesIn(section).map(({ item, place }) => ({
    value: place,
    content: [
      ...proseContent(item.body, language, 3),
      ...note(item.votes ? WORDS[language].picks(item.votes, isTied(item, section.ranked)) : "", language),
    ],
  }));
  return entries.length === 0 ? [] : [{ type: "list", marker: "number", entries }];
}

/** What the minutes say about an item beside its own words. */
function note(words: string, language: Language): ArticleNode[] {
  const spans = inline(words, language).map((span) => ({ ...span, marks: { ...span.marks, italic: true as const } }));
  return spans.length === 0 ? [] : [{ type: "paragraph", spans }];
}

function itemList(items: readonly Item[], section: ItemsSection, minutes: Minutes, level: number): ArticleNode[] {
  if (items.length === 0) return [];
  const { language } = minutes;
  const isRanked = minutes.sections.some((each) => each.kind === "ranking" && each.source === section.id);
  const entries = items.map((item): ArticleEntry => {
    const facts = itemFacts(item, section, language);
    return {
      ...(section.marker === "bullet" ? {} : { value: item.number }),
      content: [
        ...proseContent(item.body, language, level),
        ...note(provenanceOf(item, minutes), language),
        ...note(destinationOf(item, minutes), language),
        ...note(item.votes && !isRanked ? WORDS[language].picks(item.votes, false) : "", language),
        ...(facts.length === 0 ? [] : [{ type: "facts" as const, facts }]),
      ],
    };
  });
  return [{ type: "list", marker: section.marker, entries }];
}

function itemFacts(item: Item, section: ItemsSection, language: Language): Fact[] {
  if (!section.actions) return [];
  const words = WORDS[language];
  const written: [string, string | undefined, string?][] = [
    [words.owner, item.owner],
    [words.due, dateText(item.due ?? "", language), item.due],
    [words.status, item.status && words.statuses[item.status]],
  ];
  return written
    .filter(([, value]) => (value ?? "").trim() !== "")
    .map(([label, value = "", raw]) => fact(label, value, language, raw === value ? undefined : raw));
}
