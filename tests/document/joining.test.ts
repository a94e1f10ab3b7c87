/** D24: whoever joins is listed among the people, once, and follows a change of name. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import { listVisitor } from "../../document/edit/joining.ts";
import { addPerson, removePerson, setPerson } from "../../document/edit/people.ts";
import { read } from "../../document/read.ts";
import type { Visitor } from "../../document/session.ts";
import { countPeople } from "../../minutes/people.ts";
import type { PeopleSection } from "../../minutes/value.ts";
import { sampleTemplate } from "./sample.ts";

const room = (): Y.Doc => {
  const template = sampleTemplate();
  const sections = template.sections.map((each) => (each.kind === "people" ? { ...each, joining: true } : each));
  return newDocument({ ...template, sections });
};

const visitor = (number: number, name: string, organisation = ""): Visitor => ({
  id: `visitor${String(number).padStart(10, "0")}`,
  name,
  organisation,
  colour: 0,
});

const section = (doc: Y.Doc): PeopleSection =>
  read(doc, { id: "w", state: "live" }).sections.find((each) => each.kind === "people")!;

const listed = (doc: Y.Doc): string[] =>
  section(doc).people.map(({ name, organisation = "", sector = "" }) => [name, organisation, sector].join("/"));

describe("D24 joining", () => {
  test("lists everybody once, however often they come", () => {
    const doc = room();
    for (let round = 0; round < 3; round += 1) {
      listVisitor(doc, visitor(1, "Nadia", "Mairie"));
      listVisitor(doc, visitor(2, "Brice"));
    }
    expect(listed(doc)).toEqual(["Nadia/Mairie/", "Brice//"]);
    expect(countPeople(section(doc))).toBe(2);
  });

  test("two who go by one name are two; one who was written down by hand is not listed again", () => {
    const doc = room();
    addPerson(doc, "people", { name: "Céline", organisation: "Médiathèque" });
    listVisitor(doc, visitor(1, "céline", "mediatheque"));
    listVisitor(doc, visitor(2, "Nadia"));
    listVisitor(doc, visitor(3, "Nadia"));
    expect(listed(doc)).toEqual(["Céline/Médiathèque/", "Nadia//", "Nadia//"]);
  });

  test("an organisation keeps its first spelling, and brings its sector along", () => {
    const doc = room();
    listVisitor(doc, visitor(1, "Nadia", "Conseil de quartier"));
    setPerson(doc, "people", visitor(1, "").id, "sector", "Société Civile");
    listVisitor(doc, visitor(2, "Brice", "  CONSEIL  de Quartier "));
    expect(listed(doc)).toEqual([
      "Nadia/Conseil de quartier/Société Civile",
      "Brice/Conseil de quartier/Société Civile",
    ]);
  });

  test("follows a change of name; what somebody corrected by hand stays, and who was taken off stays off", () => {
    const doc = room();
    const before = visitor(1, "Nadia", "Mairie");
    listVisitor(doc, before);
    listVisitor(doc, visitor(1, "Nadia B.", "Ville"), before);
    expect(listed(doc)).toEqual(["Nadia B./Ville/"]);
    setPerson(doc, "people", before.id, "name", "Nadia Bé");
    listVisitor(doc, visitor(1, "N.", "Commune"), visitor(1, "Nadia B.", "Ville"));
    expect(listed(doc)).toEqual(["Nadia Bé/Commune/"]);
    removePerson(doc, "people", before.id);
    listVisitor(doc, visitor(1, "Nadia", "Mairie"));
    expect(listed(doc)).toEqual([]);
  });

  test("changes nothing where nobody asked for it, or for somebody without a name", () => {
    const plain = newDocument(sampleTemplate());
    listVisitor(plain, visitor(1, "Nadia"));
    expect(listed(plain)).toEqual([]);
    const doc = room();
    listVisitor(doc, visitor(1, "", "Mairie"));
    expect(listed(doc)).toEqual([]);
  });

  test("for any names in any order: as many lines as visitors with a name", () => {
    const names = fc.array(fc.record({ number: fc.nat(5), name: fc.string(), organisation: fc.string() }));
    fc.assert(
      fc.property(names, (arrivals) => {
        const doc = room();
        const now = new Map<number, Visitor>();
        for (const { number, name, organisation } of arrivals) {
          const next = visitor(number, name.trim(), organisation.trim());
          listVisitor(doc, next, now.get(number));
          now.set(number, next);
        }
        const everNamed = new Set(arrivals.filter(({ name }) => name.trim() !== "").map(({ number }) => number));
        expect(section(doc).people.length).toBe(everNamed.size);
        doc.destroy();
      }),
    );
  });
});
