/** The templates of templates/, and how a template file is read. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FORMATS } from "../../minutes/formats/format.ts";
import { ParseError, parseMinutes } from "../../minutes/parse.ts";
import { exampleOf, fillTemplate, parseTemplateFile } from "../../minutes/template-file.ts";
import { LANGUAGES, type Section } from "../../minutes/value.ts";

const folder = new URL("../../templates/", import.meta.url);
const files = new Map(
  readdirSync(folder).map((name) => [name.replace(/\.yaml$/u, ""), readFileSync(new URL(name, folder), "utf8")]),
);
const yaml = (id: string): string => files.get(id) ?? "";

const mistake = (text: string): string => {
  try {
    parseTemplateFile(text, "fr");
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
  return "no mistake found";
};

test("M15 there are five", () => {
  expect([...files.keys()].toSorted()).toEqual([
    "atelier-facilite",
    "forum-ouvert",
    "propositions-en-direct",
    "retour-suites",
    "vierge",
  ]);
});

describe.each([...files.keys()])("M15 %s", (id) => {
  test.each(LANGUAGES)("reads in %s, with an example that is good minutes in every format", (language) => {
    const template = parseTemplateFile(yaml(id), language);
    expect(template).toMatchObject({ id, language });
    const example = exampleOf(yaml(id), language);
    expect(parseMinutes(JSON.parse(JSON.stringify(example)))).toEqual(example);
    expect(example.sections.map((section) => section.id)).toEqual(template.sections.map((section) => section.id));
    for (const format of FORMATS.values())
      expect(format.render(example)).not.toMatch(/undefined|\{(?:title|date|place)\}/u);
  });

  test("says something else in each language", () => {
    const [french, english] = LANGUAGES.map((language) => parseTemplateFile(yaml(id), language));
    expect(french?.name).not.toBe(english?.name);
    expect(french?.sections.map((section) => section.kind)).toEqual(english?.sections.map((section) => section.kind));
  });
});

type Of<Kind extends Section["kind"]> = Extract<Section, { kind: Kind }>;

const isOf =
  <Kind extends Section["kind"]>(kind: Kind) =>
  (section: Section | undefined): section is Of<Kind> =>
    section?.kind === kind;

const sectionOf = <Kind extends Section["kind"]>(id: string, name: string, kind: Kind): Of<Kind> => {
  const found = exampleOf(yaml(id), "fr").sections.find((one) => one.id === name);
  if (!isOf(kind)(found)) throw new Error(`${id} has no section ${name} of kind ${kind}`);
  return found;
};

describe("M15 the French labels are those of the real sheets", () => {
  test("open space", () => {
    const template = parseTemplateFile(yaml("forum-ouvert"), "fr");
    expect(template.subtitle).toBe("Compte-rendu de l'atelier");
    expect(template.sections.map((section) => section.heading)).toEqual([
      "Problématique",
      "Initiateur",
      "Participants",
      "Éléments principaux de la discussion",
      "Pistes d'actions",
      "Quels éléments vous ont manqué pour avancer dans la discussion (points de blocage) ?",
      "Pour continuer",
    ]);
    expect(template.sections.at(-1)?.text).toBe(
      "Cet espace de co-écriture reste à votre disposition pour continuer à parler de ce sujet :",
    );
  });

  test("facilitated workshop, with 14 participants in 7 + 6 + 1, 13 problems, 11 solutions condensed in 3", () => {
    const participants = sectionOf("atelier-facilite", "participants", "people");
    expect(participants.sectors).toEqual(["Société Civile", "Administrations publiques", "Secteur Privé"]);
    const sizes = participants.sectors.map(
      (sector) => participants.people.filter((one) => one.sector === sector).length,
    );
    expect(sizes).toEqual([7, 6, 1]);
    const ranking = sectionOf("atelier-facilite", "priorites", "ranking");
    expect(ranking.heading).toBe("Choisissez les trois points les plus importants pour votre groupe :");
    expect([ranking.size, ranking.ranked.length]).toEqual([6, 5]);
    expect(sectionOf("atelier-facilite", "problemes", "items").items).toHaveLength(13);
    const solutions = sectionOf("atelier-facilite", "solutions", "items").items.map((item) => item.id);
    const condensed = sectionOf("atelier-facilite", "synthese", "items").items.flatMap((item) => item.from ?? []);
    expect(solutions).toHaveLength(11);
    expect(condensed.toSorted()).toEqual(solutions.toSorted());
  });

  test("live list: 26 proposals in the order of capture", () => {
    const { items } = sectionOf("propositions-en-direct", "propositions", "items");
    expect(items.map((item) => item.number)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  });
});

const SMALL = `id: petit
name: { fr: Petit, en: Small }
description: ""
title: "Atelier du {date} à {place}"
sections:
  - { id: f, kind: fields, heading: "{title}", fields: [{ id: d, label: Date, type: date, value: "{date}" }] }
  - { id: n, kind: notice, heading: "", text: "Le {date}, {place}." }
`;

describe("M16 variables", () => {
  const template = parseTemplateFile(SMALL, "fr");

  test("stand for the title, the date in words (in a date field: as kept) and the place", () => {
    const filled = fillTemplate(template, { title: "Eau", date: "2017-02-28", place: "Lyon" });
    expect(filled.title).toBe("Atelier du 28 février 2017 à Lyon");
    expect(filled.sections[0]?.heading).toBe("Eau");
    expect(filled.sections[0]?.fields?.[0]?.value).toBe("2017-02-28");
    expect(filled.sections[1]?.text).toBe("Le 28 février 2017, Lyon.");
  });

  test("leave no trace when they stand for nothing, and words of the same look stay words", () => {
    expect(fillTemplate(template, {}).title).toBe("Atelier du à");
    expect(fillTemplate(template, { title: "{place}", place: "Lyon" }).sections[0]?.heading).toBe("{place}");
  });
});

describe("M2 a template file", () => {
  test.each([
    ["name.en: ", SMALL.replace("fr: Petit, en: Small", "fr: Petit")],
    ["sections[0].guidence: an unknown key", SMALL.replace("kind: fields,", "kind: fields, guidence: x,")],
    ["sections[0].heading: ", SMALL.replace("kind: fields, heading", "kind: fields, headng")],
    ["sections[0].kind: ", SMALL.replace("kind: fields", "kind: grid")],
    ["sections[0].fields[0].type: ", SMALL.replace("type: date", "type: colour")],
    ["sections[1].id: an id is", SMALL.replace("id: n,", "id: N!,")],
    ["sections: two sections", SMALL.replace("id: n,", "id: f,")],
    ["sections: a ranking", `${SMALL}  - { id: r, kind: ranking, heading: R, source: none, size: 3 }\n`],
    ["not YAML, line 2", "id: [\n"],
  ])("is refused with the path of its mistake: %s", (expected, text) => {
    expect(mistake(text)).toContain(expected);
  });

  test("cannot reach a prototype", () => {
    expect(mistake(`${SMALL}__proto__: { polluted: true }\n`)).toContain("an unknown key");
    expect({}).not.toHaveProperty("polluted");
  });
});
