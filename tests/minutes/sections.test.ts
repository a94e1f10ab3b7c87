/** People, run sheets and progress. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bySector, countPeople, isNamed, organisationsOf, personText } from "../../minutes/people.ts";
import { progress } from "../../minutes/progress.ts";
import { difference, plannedMinutes, totalMinutes } from "../../minutes/runsheet.ts";
import type { Minutes, PeopleSection, Prose, RunsheetSection, Section } from "../../minutes/value.ts";
import { minutes } from "./arbitrary.ts";

const PEOPLE: PeopleSection = {
  id: "participants",
  kind: "people",
  heading: "Participants",
  sectors: ["Société Civile", "Administrations publiques", "Secteur Privé"],
  people: [
    { id: "1", name: "", organisation: "Commune", sector: "Administrations publiques" },
    { id: "2", name: "Céline", organisation: "Commune", sector: "Administrations publiques", role: "animatrice" },
    { id: "3", name: "Brice", sector: "Recherche" },
    { id: "4", name: "Nadia" },
    { id: "5", name: " ", sector: "Société Civile" },
  ],
};

describe("M5 people", () => {
  test("are counted, empty lines aside", () => {
    expect(countPeople(PEOPLE)).toBe(4);
  });

  test("stand by sector: the proposed ones in order, others after, the rest last", () => {
    expect(bySector(PEOPLE).map(({ sector, people }) => [sector, people.map((person) => person.id)])).toEqual([
      ["Société Civile", ["5"]],
      ["Administrations publiques", ["1", "2"]],
      ["Secteur Privé", []],
      ["Recherche", ["3"]],
      [undefined, ["4"]],
    ]);
    expect(organisationsOf(PEOPLE.people)).toEqual(["Commune"]);
  });

  test("are written on one line", () => {
    expect(PEOPLE.people.slice(0, 3).map(personText)).toEqual(["Commune", "Céline (Commune), animatrice", "Brice"]);
  });

  test("everybody stands in exactly one sector", () => {
    fc.assert(
      fc.property(minutes, ({ sections }) => {
        for (const section of sections) {
          if (section.kind !== "people") continue;
          const placed = bySector(section).flatMap((group) => group.people);
          expect(placed.map((person) => person.id).toSorted()).toEqual(section.people.map((one) => one.id).toSorted());
          expect(placed.filter(isNamed)).toHaveLength(countPeople(section));
        }
      }),
    );
  });
});

const RUNSHEET: RunsheetSection = {
  id: "deroule",
  kind: "runsheet",
  heading: "Déroulé",
  phases: [
    { id: "a", label: "Accueil", minutes: 15 },
    { id: "b", label: "Groupes", minutes: 45, groups: 2 },
  ],
};

const withDuration = (value: string): Minutes => ({
  id: "m",
  title: "",
  language: "fr",
  state: "live",
  sections: [
    { id: "f", kind: "fields", heading: "", fields: [{ id: "d", label: "Durée", type: "duration", value }] },
    RUNSHEET,
  ],
});

test("M6 phases count once, and are compared with the planned duration", () => {
  expect(totalMinutes(RUNSHEET)).toBe(60);
  expect(difference(RUNSHEET, withDuration("90"))).toBe(-30);
  expect(difference(RUNSHEET, withDuration("45"))).toBe(15);
  expect(difference(RUNSHEET, withDuration("deux heures environ"))).toBeUndefined();
  expect(plannedMinutes(withDuration(""))).toBeUndefined();
});

const field = (value: string) => ({ id: value, label: "L", type: "line" as const, value });

describe("M7 progress", () => {
  const base = { id: "s", heading: "Titre", guidance: "Écrivez" };
  const words: Prose = [{ kind: "paragraph", spans: [{ text: "mot" }] }];
  const blank: Prose = [{ kind: "bullet", spans: [{ text: "  " }] }];
  const items = (body: Prose, group: Prose): Section => ({
    ...base,
    kind: "items",
    marker: "bullet",
    actions: false,
    grouped: true,
    groups: [{ id: "g", letter: "A", text: "", body: group }],
    items: [{ id: "i", number: 1, text: "", body }],
  });
  const ranking = (count: number): Section => {
    const ranked = Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      number: index,
      text: "",
      body: words,
    }));
    return { ...base, kind: "ranking", source: "x", size: 3, ranked, overflow: [] };
  };

  test.each<[string, Section]>([
    ["empty", { ...base, kind: "prose", body: [] }],
    ["empty", { ...base, kind: "prose", body: blank }],
    ["filled", { ...base, kind: "prose", body: words }],
    ["empty", { ...base, kind: "fields", fields: [field("")] }],
    ["begun", { ...base, kind: "fields", fields: [field(""), field("x")] }],
    ["filled", { ...base, kind: "fields", fields: [field("x")] }],
    ["empty", { ...PEOPLE, people: PEOPLE.people.slice(4) }],
    ["filled", PEOPLE],
    ["empty", items(blank, blank)],
    ["begun", items(blank, words)],
    ["filled", items(words, blank)],
    ["empty", ranking(0)],
    ["begun", ranking(2)],
    ["filled", ranking(3)],
    ["empty", { ...RUNSHEET, phases: [] }],
    ["begun", { ...RUNSHEET, phases: [...RUNSHEET.phases, { id: "c", label: "", minutes: 0 }] }],
    ["filled", RUNSHEET],
    ["empty", { ...base, kind: "notice", text: " " }],
    ["filled", { ...base, kind: "notice", text: "Merci" }],
  ])("%s", (expected, section) => {
    expect(progress(section)).toBe(expected);
  });
});
