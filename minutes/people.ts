/** People counted and grouped by sector. */
import { isolated } from "./direction.ts";
import type { PeopleSection, Person } from "./value.ts";

export interface SectorGroup {
  /** Undefined for those who gave none. */
  sector: string | undefined;
  people: Person[];
}

/** A person without a name, an organisation or a role is an empty line of the form: kept, but not counted. */
export function isNamed(person: Person): boolean {
  return [person.name, person.organisation, person.role].some((text) => (text ?? "").trim() !== "");
}

/** How many people the section names; "Nombre : 14" is counted, not typed. */
export function countPeople(section: PeopleSection): number {
  return section.people.filter(isNamed).length;
}

/**
 * Everybody once: the proposed sectors in their order (also those that are still empty), then sectors people added,
 * then those without a sector, where there are any.
 */
export function bySector(section: PeopleSection): SectorGroup[] {
  const groups = new Map<string, Person[]>(section.sectors.map((sector) => [sector, []]));
  const without: Person[] = [];
  for (const person of section.people) {
    const sector = person.sector?.trim();
    if (!sector) without.push(person);
    else groups.set(sector, [...(groups.get(sector) ?? []), person]);
  }
  const sorted: SectorGroup[] = [...groups].map(([sector, people]) => ({ sector, people }));
  return without.length > 0 ? [...sorted, { sector: undefined, people: without }] : sorted;
}

/** The organisations of some people, each once, as it was spelled first, in order of appearance. */
export function organisationsOf(people: readonly Pick<Person, "organisation">[]): string[] {
  const known = new Map<string, string>();
  for (const { organisation = "" } of people) {
    const key = folded(organisation);
    if (key !== "" && !known.has(key)) known.set(key, organisation.trim());
  }
  return [...known.values()];
}

/** What two spellings of one name have in common: no case, no accents, no punctuation, single blanks. */
export function folded(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** One person on one line: "Céline (Ville de Lyon), animatrice"; an organisation alone stands for itself. */
export function personText(person: Person): string {
  const [name, organisation, role] = [person.name, person.organisation, person.role].map((part = "") =>
    isolated(part.trim()),
  );
  const who = name && organisation ? `${name} (${organisation})` : name || organisation;
  return [who, role].filter(Boolean).join(", ");
}

/** A person as a line on the screen shows them: "Nadia · Conseil de quartier · animatrice". */
export const personLine = ({ name, organisation, role }: Person): string =>
  [name || organisation || "…", name === "" ? "" : organisation, role].filter(Boolean).join(" · ");
