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
import { sampleTemplate } from "./sample.ts";

const AT = "2026-01-01T00:00:00.000Z";

const POISON: [string, () => unknown][] = [
  ["a number", () => 7],
  ["not a number", () => Number.NaN],
  ["a huge number", () => 1e300],
  ["null", () => null],
  ["true", () => true],
  ["an array", () => ["x", ["y"]]],
  ["an object", () => ({ x: { y: "z" } })],
  ["a prototype", () => JSON.parse('{"__proto__":{"removed":true,"length":3}}')],
  ["bytes", () => new Uint8Array([1, 2, 3])],
  ["a long string", () => "x".repeat(1_000_000)],
  ["an empty string", () => ""],
  ["a lone surrogate", () => "\ud83d"],
  ["lines", () => "a\nb\u2028c"],
  ["a map", () => new Y.Map([["text", "x"]])],
  ["a list", () => Y.Array.from(["x"])],
  ["a text", () => new Y.Text("x")],
  ["an element", () => new Y.XmlElement("p")],
];

/** A document with one of everything; `a`, `b` and `p` are ids that the paths below name. */
function whole(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, create(sampleTemplate()));
  for (const id of ["a", "b"]) {
    const text = new Y.Text(`item ${id}`);
    doc.getMap("items:items").set(
      id,
      new Y.Map<unknown>([
        ["text", text],
        ["order", `a${id}`],
        ["at", AT],
      ]),
    );
    ranking.rank(doc, "ranking", id);
  }
  doc.getMap("people:people").set(
    "p",
    new Y.Map<unknown>([
      ["name", "Nadia"],
      ["order", "a0"],
    ]),
  );
  return doc;
}

/** Root, entry ("" for the root itself), key. */
const PLACES: [string, string, string][] = [
  ...["layout", "template", "language", "subtitle"].map((key): [string, string, string] => ["meta", "", key]),
  ...["prose", "fields", "people", "items", "ranking", "runsheet", "notice"].flatMap(
    (id): [string, string, string][] => [
      ["sections", "", id],
      ...["kind", "heading", "order", "guidance", "removed"].map((key): [string, string, string] => [
        "sections",
        id,
        key,
      ]),
    ],
  ),
  ...["sectors"].map((key): [string, string, string] => ["sections", "people", key]),
  ...["marker", "actions", "grouped"].map((key): [string, string, string] => ["sections", "items", key]),
  ...["source", "size", "rank:a", "rank:", "rank:b"].map((key): [string, string, string] => [
    "sections",
    "ranking",
    key,
  ]),
  ...["label", "type", "order", "choices", "removed", "", "more"].flatMap((key): [string, string, string][] => [
    ["sections", "fields", `field:date:${key}`],
    ["sections", "runsheet", `phase:p1:${key}`],
  ]),
  ...["field:", "field::", "phase:x", "text"].map((key): [string, string, string] => ["sections", "fields", key]),
  ...["minutes", "groups"].map((key): [string, string, string] => ["sections", "runsheet", `phase:p1:${key}`]),
  ["sections", "notice", "text"],
  ["items:items", "", "a"],
  ["items:items", "", "g1"],
  ...["text", "order", "author", "at", "number", "group", "owner", "due", "status", "from", "removed", "kind"].map(
    (key): [string, string, string] => ["items:items", "a", key],
  ),
  ["fields:fields", "", "date"],
  ["people:people", "", "p"],
  ...["name", "organisation", "sector", "role", "order", "removed"].map((key): [string, string, string] => [
    "people:people",
    "p",
    key,
  ]),
  ["ballots", "", "a:v"],
];

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
  Y.applyUpdate(copy, duplicate(doc, { text: true }));
  check(copy);
  Y.applyUpdate(new Y.Doc(), create(templateOf(doc)));
}

describe("poison", () => {
  test.each(POISON)("D1 D6 S08 %s in any place: it reads, is edited and copied all the same", (_, poison) => {
    for (const [root, entry, key] of PLACES) {
      const doc = whole();
      const map = doc.getMap(root);
      const target = entry === "" ? map : map.get(entry);
      if (!(target instanceof Y.Map)) throw new Error(`no ${root} ${entry}`);
      target.set(key, poison());
      use(doc);
    }
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});
