/** Where an item comes from and where it went, in the words of the minutes: "d’après 4, 11", "repris dans la proposition 2". */
import { isolated } from "./direction.ts";
import { WORDS } from "./formats/words.ts";
import { nounOf } from "./noun.ts";
import { letter } from "./number.ts";
import { isBlank } from "./plain.ts";
import type { Item, ItemsSection, Language, Marker, Minutes } from "./value.ts";

/** What an item condenses, as readers can find it: by number or letter, or in words where the list has only bullets. */
function sourcesOf(item: Item, minutes: Minutes): string {
  const wanted = new Set(item.from);
  if (wanted.size === 0) return "";
  return minutes.sections
    .flatMap((section) => (section.kind === "items" ? inOrder(section, (each) => idsOf(each).some(isWanted)) : []))
    .map(({ found, marker }) => reference(found, marker, minutes.language))
    .join(", ");

  function isWanted(id: string): boolean {
    return wanted.has(id);
  }
}

/** "d’après 4, 11"; "" for what condenses nothing. */
export function provenanceOf(item: Item, minutes: Minutes): string {
  const sources = sourcesOf(item, minutes);
  return sources === "" ? "" : WORDS[minutes.language].after(sources);
}

/** "repris dans la proposition 2", for every section that takes the item up; "" where none does. */
export function destinationOf(item: Item, minutes: Minutes): string {
  const { language } = minutes;
  const ids = new Set(idsOf(item));
  const places = minutes.sections.flatMap((section) => {
    if (section.kind !== "items") return [];
    const takers = inOrder(section, (each) => each.id !== item.id && (each.from ?? []).some((id) => ids.has(id)));
    if (takers.length === 0) return [];
    const references = takers.map(({ found, marker }) => reference(found, marker, language)).join(", ");
    if (section.marker === "bullet") return [references];
    return [`${WORDS[language].the[nounOf(section)][takers.length === 1 ? 0 : 1]} ${references}`];
  });
  return places.length === 0 ? "" : WORDS[language].taken(places.join(", "));
}

/** Its own id, and those of what was merged into it: whoever names one of them means this. */
export const idsOf = ({ id, merged = [] }: Item): string[] => [id, ...merged.map((each) => each.id)];

/** The items that `isIt` finds and that say something, in the order of capture. */
function inOrder(section: ItemsSection, isIt: (item: Item) => boolean): { found: Item; marker: Marker }[] {
  return section.items
    .filter((item) => isIt(item) && !isBlank(item.body))
    .toSorted((left, right) => left.number - right.number)
    .map((found) => ({ found, marker: section.marker }));
}

function reference(item: Item, marker: Marker, language: Language): string {
  if (marker === "number") return String(item.number);
  if (marker === "letter") return letter(item.number);
  const words = isolated(item.text.replaceAll("\n", " ").trim());
  return language === "fr" ? `« ${words} »` : `“${words}”`;
}
