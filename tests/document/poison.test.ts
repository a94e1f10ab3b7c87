/** S08: every key of every map, with every kind of value it should not have: all that is built on the document goes on. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { duplicate } from "../../document/duplicate.ts";
import * as fields from "../../document/edit/fields.ts";
import * as items from "../../document/edit/items.ts";
import * as people from "../../document/edit/people.ts";
import * as ranking from "../../document/edit/ranking.ts";
import * as runsheet from "../../document/edit/runsheet.ts";
import * as sections from "../../document/edit/sections.ts";
import { layoutOf } from "../../document/handshake.ts";
import { read } from "../../document/read.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { templateOf } from "../../document/template.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import { PLACES, POISON, put, whole } from "./poisons.ts";

const AT = "2026-01-01T00:00:00.000Z";

/** Everything that people and the server do to a document. */
function use(doc: Y.Doc): void {
  const check = (each: Y.Doc): void => {
    const json: unknown = JSON.parse(JSON.stringify(read(each, { id: "w", state: "live" })));
    expect(parseMinutes(json)).toEqual(json);
  };
  check(doc);
  layoutOf(doc);
  stampNumbers(doc);
  items.moveItem(doc, "items", "b", { before: "a", group: "g1" });
  items.moveItem(doc, "items", items.addItem(doc, "items", { text: "new", at: AT }), { after: "a" });
  items.moveGroup(doc, "items", "g2", { before: "g1" });
  people.movePerson(doc, "people", people.addPerson(doc, "people", { name: "Brice" }), { before: "p" });
  fields.moveField(doc, "fields", "mode", { before: "date" });
  fields.restoreField(doc, "fields", "date");
  runsheet.movePhase(doc, "runsheet", "p2", { before: "p1" });
  ranking.rank(doc, "ranking", "b", { before: "a" });
  sections.moveSection(doc, "notice", { before: "items" });
  sections.removeSection(doc, "prose");
  sections.removedSections(doc);
  sections.restoreSection(doc, "prose");
  check(doc);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, duplicate(read(doc, { id: "w", state: "live" }), { text: true }));
  check(copy);
  Y.applyUpdate(new Y.Doc(), create(templateOf(doc)));
}

describe("poison", () => {
  test.each(POISON)("D1 D6 S08 %s in any place: it reads, is edited and copied all the same", (_, poison) => {
    for (const place of PLACES) {
      const doc = whole();
      put(doc, place, poison());
      use(doc);
    }
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});
