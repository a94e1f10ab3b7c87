/** Poison: every key of every map of the layout, and every kind of value it should not have. */
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import * as ranking from "../../document/edit/ranking.ts";
import { sampleTemplate } from "./sample.ts";

const AT = "2026-01-01T00:00:00.000Z";

/** Values that no key should have, by what they are. */
export const POISON: [string, () => unknown][] = [
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

/** A document with one of everything; `a`, `b`, `p` and `t` are ids that the paths below name. */
export function whole(): Y.Doc {
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
  doc.getMap("meta").set("term:t:term", "PAT");
  doc.getMap("meta").set("term:t:meaning", "projet alimentaire territorial");
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
export const PLACES: [string, string, string][] = [
  ...["layout", "template", "language", "subtitle", "mandate"].map((key): [string, string, string] => [
    "meta",
    "",
    key,
  ]),
  ...["term", "meaning", "removed", "", "more"].map((key): [string, string, string] => ["meta", "", `term:t:${key}`]),
  ["meta", "", "term:"],
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
  ...["sectors", "joining"].map((key): [string, string, string] => ["sections", "people", key]),
  ...["marker", "actions", "grouped", "split", "pick", "pickSize", "pickHidden"].map(
    (key): [string, string, string] => ["sections", "items", key],
  ),
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
  ["sections", "runsheet", "closing"],
  ["sections", "notice", "text"],
  ["items:items", "", "a"],
  ["items:items", "", "g1"],
  ...[
    "text",
    "order",
    "author",
    "at",
    "number",
    "group",
    "owner",
    "due",
    "status",
    "from",
    "merged",
    "corrected",
    "corrector",
    "dictated",
    "removed",
    "kind",
  ].map((key): [string, string, string] => ["items:items", "a", key]),
  ["fields:fields", "", "date"],
  ["people:people", "", "p"],
  ...["name", "organisation", "sector", "role", "order", "removed"].map((key): [string, string, string] => [
    "people:people",
    "p",
    key,
  ]),
  ["ballots", "", "a:v"],
];

/** Puts a value under a place of `whole()`. */
export function put(doc: Y.Doc, [root, entry, key]: readonly [string, string, string], value: unknown): void {
  const map = doc.getMap(root);
  const target = entry === "" ? map : map.get(entry);
  if (!(target instanceof Y.Map)) throw new Error(`no ${root} ${entry}`);
  target.set(key, value);
}
