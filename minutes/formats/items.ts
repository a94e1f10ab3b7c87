/** Items, their groups and their ranking in an export: numbers as captured, letters, who does what by when. */
import { dateText } from "../calendar.ts";
import { letter } from "../number.ts";
import { isBlank } from "../plain.ts";
import type { Item, ItemsSection, Language, Marker, Minutes, RankingSection } from "../value.ts";
import type { ArticleEntry, ArticleNode, Fact } from "./article.ts";
import { fact } from "./fact.ts";
import { inline } from "./inline.ts";
import { proseContent } from "./prose.ts";
import { WORDS } from "./words.ts";

/** Items outside every group first, then each group under its lettered heading. */
export function itemsContent(section: ItemsSection, minutes: Minutes): ArticleNode[] {
  const { language } = minutes;
  const items = section.items.filter((item) => !isBlank(item.body));
  const known = new Set(section.groups.map((group) => group.id));
  const loose = items.filter((item) => item.group === undefined || !known.has(item.group));
  const nodes = itemList(loose, section, minutes, 3);
  for (const group of section.groups) {
    const inside = items.filter((item) => item.group === group.id);
    if (inside.length === 0 && isBlank(group.body)) continue;
    const words = group.body.flatMap((block, index) => (index === 0 ? block.spans : [{ text: " " }, ...block.spans]));
    const spans = inline([{ text: `${group.letter})${isBlank(group.body) ? "" : " "}` }, ...words], language);
    nodes.push({ type: "heading", level: 3, spans }, ...itemList(inside, section, minutes, 4));
  }
  return nodes;
}

/** The slots that are filled, best first; empty slots and what stands below the line stay behind. */
export function rankedContent(section: RankingSection, language: Language): ArticleNode[] {
  const entries = section.ranked
    .slice(0, section.size)
    .filter((item) => !isBlank(item.body))
    .map((item, index) => ({ value: index + 1, content: proseContent(item.body, language, 3) }));
  return entries.length === 0 ? [] : [{ type: "list", marker: "number", entries }];
}

function itemList(items: readonly Item[], section: ItemsSection, minutes: Minutes, level: number): ArticleNode[] {
  if (items.length === 0) return [];
  const entries = items.map((item): ArticleEntry => {
    const facts = itemFacts(item, section, minutes);
    return {
      ...(section.marker === "bullet" ? {} : { value: item.number }),
      content: [
        ...proseContent(item.body, minutes.language, level),
        ...(facts.length === 0 ? [] : [{ type: "facts" as const, facts }]),
      ],
    };
  });
  return [{ type: "list", marker: section.marker, entries }];
}

function itemFacts(item: Item, section: ItemsSection, minutes: Minutes): Fact[] {
  const { language } = minutes;
  const words = WORDS[language];
  const written: [string, string | undefined, string?][] = [[words.condenses, sources(item, minutes)]];
  if (section.actions) {
    written.push([words.owner, item.owner]);
    written.push([words.due, dateText(item.due ?? "", language), item.due]);
    written.push([words.status, item.status && words.statuses[item.status]]);
  }
  return written
    .filter(([, value]) => (value ?? "").trim() !== "")
    .map(([label, value = "", raw]) => fact(label, value, language, raw === value ? undefined : raw));
}

/** What an item condenses, as readers can find it: by number or letter, or in words where the list has only bullets. */
export function sources(item: Item, minutes: Minutes): string {
  const wanted = new Set(item.from);
  if (wanted.size === 0) return "";
  return minutes.sections
    .flatMap((section) =>
      section.kind === "items"
        ? section.items
            .toSorted((left, right) => left.number - right.number)
            .map((source) => ({ source, marker: section.marker }))
        : [],
    )
    .filter(({ source }) => wanted.has(source.id) && !isBlank(source.body))
    .map(({ source, marker }) => reference(source, marker, minutes.language))
    .join(", ");
}

function reference(item: Item, marker: Marker, language: Language): string {
  if (marker === "number") return String(item.number);
  if (marker === "letter") return letter(item.number);
  const words = item.text.replaceAll("\n", " ").trim();
  return language === "fr" ? `« ${words} »` : `“${words}”`;
}
