/** Which section a screen shows, and what in it is new. Pure. */
import type { Minutes, Section } from "../../minutes/value.ts";

/** Where somebody wrote last. */
export interface Written {
  section: string;
  /** Id of the item, person or field, or the place of a line of prose; undefined where something only went away. */
  row?: string;
}

/** The parts of a section as a screen shows them, by what can be found again, each with what it says. */
const rowsOf = (section: Section): [string, unknown[]][] => {
  switch (section.kind) {
    case "prose":
      return section.body.map((block, index) => [String(index), [block]]);
    case "fields":
      return section.fields.map((field) => [field.id, [field.value]]);
    case "people":
      return section.people.map((person) => [person.id, [person]]);
    case "items":
      return section.items.map(({ id, text, body }) => [id, [text, body]]);
    case "ranking":
      return section.ranked.map(({ id }) => [id, [id]]);
    case "runsheet":
    case "notice":
      return [];
  }
};

/** What nobody wrote in is the very same from one reading to the next: only what is another value is looked into. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const changedRow = (before: Section | undefined, after: Section): Written | undefined => {
  if (before === after) return undefined;
  const old = new Map(before ? rowsOf(before) : []);
  const now = rowsOf(after);
  const row = now.findLast(([id, parts]) => {
    const said = old.get(id);
    return said === undefined || !parts.every((part, index) => isSame(part, said[index]));
  })?.[0];
  if (row === undefined && now.length === old.size) return undefined;
  return { section: after.id, ...(row === undefined ? {} : { row }) };
};

/** What was written between two readings; undefined where nothing was. A ranking that only follows its items is not meant. */
export const writtenBetween = (before: Minutes, after: Minutes): Written | undefined => {
  const old = new Map(before.sections.map((section) => [section.id, section]));
  const found = after.sections.flatMap((section) => changedRow(old.get(section.id), section) ?? []);
  return found.at(-1);
};

/** What is highlighted before anything was written while we looked: the item captured last. */
export const newestRow = (section: Section): string | undefined =>
  section.kind === "items"
    ? section.items.reduce<Extract<Section, { kind: "items" }>["items"][number] | undefined>(
        (last, item) => ((item.at ?? "") > (last?.at ?? "") ? item : last),
        undefined,
      )?.id
    : undefined;

const holds = (section: Section): boolean => rowsOf(section).length > 0 && section.kind !== "fields";

/** Two groups that write in two sections must not make the screen jump to and fro. */
const STAY_MS = 4000;

/** The section people write in: another one once nobody has written in this one for a moment. */
export const whereWritten = (
  current: { section: string; at: number } | undefined,
  written: Written,
  at: number,
): { section: string; at: number } =>
  current && current.section !== written.section && at - current.at < STAY_MS
    ? current
    : { section: written.section, at };

/** Chosen here, else by the facilitator, else where people write, else the last list with something in it. */
export const sectionToShow = (
  { sections }: Minutes,
  wishes: readonly (string | null | undefined)[],
): Section | undefined => {
  for (const wish of wishes) {
    const found = sections.find(({ id }) => id === wish);
    if (found) return found;
  }
  return (
    sections.findLast((section) => section.kind === "items" && holds(section)) ??
    sections.find(holds) ??
    sections.find(({ kind }) => kind === "items") ??
    sections[0]
  );
};

/** What one group wrote of a section; all of it where the group is gone, or another section is shown. */
export const sectionOfGroup = (section: Section, place: { section: string; group: string }): Section => {
  if (section.kind !== "items" || section.id !== place.section) return section;
  const groups = section.groups.filter(({ id }) => id === place.group);
  if (groups.length === 0) return section;
  return { ...section, groups, items: section.items.filter(({ group }) => group === place.group) };
};
