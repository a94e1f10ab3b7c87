/** The items of every list as one table: a line for each, and the same columns whatever the workshop. */
import { isBlank } from "../plain.ts";
import { letter } from "../number.ts";
import { destinationOf, provenanceOf } from "../provenance.ts";
import type { Group, Item, ItemsSection, Minutes } from "../value.ts";
import { COLUMNS, type Columns } from "./columns.ts";
import { partsOf, placesIn } from "./items.ts";
import { WORDS, type Words } from "./words.ts";

/** A number is one to sort and add up by; "" is an empty cell. */
export type Cell = string | number;

interface Line {
  item: Item;
  group: Group | undefined;
  section: ItemsSection;
  places: ReadonlyMap<string, number>;
  minutes: Minutes;
}

/** From left to right: what one reads, what one decides by, where it comes from. */
const CELLS: readonly [name: (columns: Columns, words: Words) => string, cell: (line: Line) => Cell][] = [
  [(columns) => columns.section, ({ section }) => section.heading],
  [(columns) => columns.number, ({ item, section }) => (isLettered(section) ? letter(item.number) : item.number)],
  [(columns) => columns.group, ({ group }) => (group === undefined ? "" : groupHeading(group))],
  [(columns) => columns.text, ({ item }) => item.text],
  [(columns) => columns.picks, ({ item }) => item.votes ?? ""],
  [(columns) => columns.rank, ({ item, places }) => places.get(item.id) ?? ""],
  [(_columns, { owner }) => owner, ({ item, section }) => (section.actions && item.owner) || ""],
  [(_columns, { due }) => due, ({ item, section }) => (section.actions && item.due) || ""],
  [(_columns, { status }) => status, statusOf],
  [(columns) => columns.provenance, ({ item, minutes }) => provenanceOf(item, minutes)],
  [(columns) => columns.destination, ({ item, minutes }) => destinationOf(item, minutes)],
  [(columns) => columns.merged, ({ item }) => (item.merged ?? []).map(({ number }) => number).join(", ")],
  [(columns) => columns.author, ({ item }) => item.author ?? ""],
  [(columns) => columns.dictatedBy, ({ item }) => item.dictatedBy ?? ""],
  [(columns) => columns.at, ({ item }) => moment(item.at ?? "")],
  [(columns) => columns.workshop, ({ minutes }) => minutes.title],
];

/**
 * The names of the columns, then a line for each item that says something, in the order of the minutes. Words stand as
 * they were written, without typesetting. Total.
 */
export function itemTable(minutes: Minutes): Cell[][] {
  const words = WORDS[minutes.language];
  const lines = minutes.sections.flatMap((section): Line[] => {
    if (section.kind !== "items") return [];
    const of = { section, places: placesOf(section, minutes), minutes };
    return partsOf(section).flatMap(({ group, items }) => items.map((item) => ({ item, group, ...of })));
  });
  const columns = COLUMNS[minutes.language];
  return [CELLS.map(([name]) => name(columns, words)), ...lines.map((line) => CELLS.map(([, cell]) => cell(line)))];
}

const isLettered = ({ marker }: ItemsSection): boolean => marker === "letter";
const groupHeading = ({ letter: mark, body, text }: Group): string => (isBlank(body) ? `${mark})` : `${mark}) ${text}`);

function statusOf({ item: { status }, section, minutes: { language } }: Line): Cell {
  return section.actions && status !== undefined ? WORDS[language].statuses[status] : "";
}

/** The places above the line, by item, in the first ranking of this list that holds it. */
function placesOf(section: ItemsSection, { sections }: Minutes): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const ranking of sections) {
    if (ranking.kind !== "ranking" || ranking.source !== section.id) continue;
    for (const { item, place } of placesIn(ranking)) if (!places.has(item.id)) places.set(item.id, place);
  }
  return places;
}

/** As a spreadsheet of any country takes a date and a time for what they are; what is none stands as it was written. */
function moment(at: string): string {
  return at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/u, "$1 $2");
}
