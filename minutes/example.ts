/** A section filled with the example of its template, for the preview in the gallery. */
import { letter } from "./number.ts";
import { plainText, proseFromPlain } from "./plain.ts";
import type { ExampleSection } from "./template-schema.ts";
import type { Item, ItemsSection, Minutes, PeopleSection, RankedItem, RankingSection, Section } from "./value.ts";

/** Takes the sections filled before it from `minutes`; what the example says of another kind is left out. */
export function filledSection(section: Section, example: ExampleSection, minutes: Minutes): Section {
  switch (section.kind) {
    case "prose":
      return { ...section, body: example.body ?? section.body };
    case "fields": {
      const values = new Map(example.fields?.map((field) => [field.id, field.value]));
      const fields = section.fields.map((field) => ({ ...field, value: values.get(field.id) ?? field.value }));
      return { ...section, fields };
    }
    case "people":
      return { ...section, people: people(section, example) };
    case "items":
      return items(section, example, minutes);
    case "ranking":
      return { ...section, ranked: ranked(section, example, minutes) };
    default:
      return section;
  }
}

function people(section: PeopleSection, example: ExampleSection): PeopleSection["people"] {
  return (example.people ?? []).map(({ name, organisation, sector, role }, index) => {
    const sectorName = sector === undefined ? undefined : section.sectors[sector - 1];
    return {
      id: `${section.id}-${index + 1}`,
      name,
      ...(organisation === undefined ? {} : { organisation }),
      ...(sectorName === undefined ? {} : { sector: sectorName }),
      ...(role === undefined ? {} : { role }),
    };
  });
}

function items(section: ItemsSection, example: ExampleSection, minutes: Minutes): ItemsSection {
  const headings = example.groups ?? section.groups.map((group) => group.text);
  const groups = headings.map((text, index) => ({
    id: `${section.id}-group-${index + 1}`,
    letter: letter(index + 1),
    text,
    body: proseFromPlain(text),
  }));
  const before = minutes.sections.filter((one) => one.kind === "items").findLast((one) => one.items.length > 0);
  return {
    ...section,
    groups,
    items: (example.items ?? []).map((one, index): Item => {
      const { text: body, group, from, ...rest } = { group: undefined, from: undefined, ...one };
      const inside = group === undefined ? undefined : groups[group - 1]?.id;
      const sources = from?.flatMap((number) => before?.items[number - 1]?.id ?? []);
      return {
        id: `${section.id}-${index + 1}`,
        number: index + 1,
        text: plainText(body),
        body,
        ...rest,
        ...(inside === undefined ? {} : { group: inside }),
        ...(sources === undefined ? {} : { from: sources }),
      };
    }),
  };
}

function ranked(section: RankingSection, example: ExampleSection, minutes: Minutes): RankedItem[] {
  const source = minutes.sections.find((one) => one.id === section.source);
  if (source?.kind !== "items") return [];
  return (example.ranked ?? []).flatMap((number) => {
    const item = source.items.find((one) => one.number === number);
    return item ? [{ id: item.id, number: item.number, text: item.text, body: item.body }] : [];
  });
}
