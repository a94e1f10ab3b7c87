/** D6 to D9: each edit is one transaction, removing hides, order survives, numbers stay. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import {
  addField,
  moveField,
  removeField,
  renameField,
  restoreField,
  setField,
  setFieldType,
} from "../../document/edit/fields.ts";
import { addTerm, hideTerm, setTerm } from "../../document/edit/glossary.ts";
import * as items from "../../document/edit/items.ts";
import { addPerson, movePerson, removePerson, restorePerson, setPerson } from "../../document/edit/people.ts";
import { rank, unrank } from "../../document/edit/ranking.ts";
import { addPhase, movePhase, removePhase, restorePhase, setPhase } from "../../document/edit/runsheet.ts";
import * as sections from "../../document/edit/sections.ts";
import { setLanguage, setSubtitle, setTitle } from "../../document/edit/title.ts";
import { itemOf, itemsOf, itemTextOf } from "../../document/layout.ts";
import { listen, LOCAL } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import { stampNumbers } from "../../document/stamp.ts";
import type { Section, SectionKind } from "../../minutes/value.ts";
import { sampleTemplate } from "./sample.ts";

const AT = "2026-01-01T00:00:00.000Z";

/** A document and the origins of the updates it emits. */
function desk(): { doc: Y.Doc; origins: unknown[] } {
  const doc = newDocument(sampleTemplate());
  const origins: unknown[] = [];
  listen(doc, "update", (_: Uint8Array, origin: unknown) => void origins.push(origin));
  return { doc, origins };
}

function section<K extends SectionKind>(doc: Y.Doc, kind: K): Extract<Section, { kind: K }> {
  const isWanted = (each: Section): each is Extract<Section, { kind: K }> => each.kind === kind;
  const found = read(doc, { id: "w", state: "live" }).sections.find(isWanted);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

const capture = (doc: Y.Doc, ...texts: string[]): string[] =>
  // One after the other, as people speak.
  texts.map((text, index) => {
    const at = new Date(Date.parse(AT) + section(doc, "items").items.length * 1000 + index).toISOString();
    return items.addItem(doc, "items", { text, at });
  });
const itemTexts = (doc: Y.Doc): string[] => section(doc, "items").items.map(({ text }) => text);

describe("transactions", () => {
  test("D6 every edit is one update, of the local origin unless told, and saying it again is none", () => {
    const { doc, origins } = desk();
    const [a = "", b = ""] = capture(doc, "a", "b");
    const group = items.addGroup(doc, "items", { text: "C" });
    const field = addField(doc, "fields", { label: "Lieu", type: "place" });
    const person = addPerson(doc, "people", { name: "Nadia" });
    const phase = addPhase(doc, "runsheet", { label: "Fin", minutes: 5 });
    const term = addTerm(doc, { term: "CLE", meaning: "" });
    const added = sections.addSection(doc, { kind: "items", heading: "Suites", groups: ["A"] }, { before: "notice" });
    expect(origins).toEqual(Array.from({ length: 8 }, () => LOCAL));
    const edits: ((origin?: unknown) => void)[] = [
      (origin) => items.moveItem(doc, "items", b, { group }, origin),
      (origin) => items.setItem(doc, "items", a, "owner", "Brice", origin),
      (origin) => items.removeItem(doc, "items", b, origin),
      (origin) => items.restoreItem(doc, "items", b, origin),
      (origin) => setField(doc, "fields", field, "Lyon", origin),
      (origin) => renameField(doc, "fields", field, "Salle", origin),
      (origin) => setFieldType(doc, "fields", field, "line", ["x"], origin),
      (origin) => removeField(doc, "fields", field, origin),
      (origin) => restoreField(doc, "fields", field, origin),
      (origin) => setPerson(doc, "people", person, "role", "Initiatrice", origin),
      (origin) => removePerson(doc, "people", person, origin),
      (origin) => restorePerson(doc, "people", person, origin),
      (origin) => setPhase(doc, "runsheet", phase, "minutes", 10, origin),
      (origin) => removePhase(doc, "runsheet", phase, origin),
      (origin) => restorePhase(doc, "runsheet", phase, origin),
      (origin) => sections.renameSection(doc, added, "Actions", origin),
      (origin) => sections.setGuidance(doc, added, "Qui, quand ?", origin),
      (origin) => sections.setOptions(doc, added, { actions: true, marker: "letter" }, origin),
      (origin) => sections.setNotice(doc, "notice", "Merci.", origin),
      (origin) => sections.removeSection(doc, added, origin),
      (origin) => sections.restoreSection(doc, added, origin),
      (origin) => setTerm(doc, term, "meaning", "commission", origin),
      (origin) => hideTerm(doc, term, true, origin),
      (origin) => hideTerm(doc, term, false, origin),
      (origin) => setSubtitle(doc, "Essai", origin),
      (origin) => setLanguage(doc, "en", origin),
    ];
    for (const make of edits) {
      origins.length = 0;
      make("server");
      make("server");
      expect([make.toString(), ...origins]).toEqual([make.toString(), "server"]);
    }
  });

  test("D6 moves are one update; what is not there, or stands foreign, is left alone", () => {
    const { doc, origins } = desk();
    const [a = "", b = ""] = capture(doc, "a", "b");
    itemsOf(doc, "items").set("odd", "a string");
    origins.length = 0;
    items.moveItem(doc, "items", b, { before: a });
    rank(doc, "ranking", b);
    unrank(doc, "ranking", b);
    setTitle(doc, "Autre titre");
    sections.moveSection(doc, "notice", { before: "prose" });
    expect(origins).toHaveLength(5);
    for (const id of ["nowhere", "odd"]) {
      items.moveItem(doc, "items", id, { before: a });
      items.removeItem(doc, "items", id);
      items.setItem(doc, "items", id, "owner", "x");
    }
    items.moveItem(doc, "items", a, { before: a });
    sections.renameSection(doc, "nowhere", "x");
    setPerson(doc, "people", "nowhere", "name", "x");
    setTerm(doc, "nowhere", "meaning", "x");
    hideTerm(doc, "nowhere", true);
    unrank(doc, "ranking", "nowhere");
    setField(doc, "fields", "date", "");
    expect(origins).toHaveLength(5);
    expect(itemTexts(doc)).toEqual(["b", "a", "a string"]);
    const minutes = read(doc, { id: "w", state: "live" });
    expect([minutes.title, minutes.sections[0]?.id]).toEqual(["Autre titre", "notice"]);
  });

  test("D6 one undo takes back one edit, and only one's own", () => {
    const { doc } = desk();
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL]), captureTimeout: 0 });
    const [a = ""] = capture(doc, "mine");
    items.addItem(doc, "items", { text: "theirs", at: "2026-01-01T00:01:00.000Z" }, "elsewhere");
    items.setItem(doc, "items", a, "owner", "Brice");
    undo.undo();
    expect(section(doc, "items").items[0]?.owner).toBeUndefined();
    undo.undo();
    expect(itemTexts(doc)).toEqual(["theirs"]);
    undo.redo();
    expect(itemTexts(doc)).toEqual(["mine", "theirs"]);
  });
});

describe("removing", () => {
  test("D7 what was removed comes back where it stood, with what was in it", () => {
    const { doc } = desk();
    const [, b = ""] = capture(doc, "a", "b", "c");
    items.removeItem(doc, "items", b);
    itemTextOf(doc, "items", b)?.insert(1, "!");
    expect(itemTexts(doc)).toEqual(["a", "c"]);
    items.restoreItem(doc, "items", b);
    expect(itemTexts(doc)).toEqual(["a", "b!", "c"]);
    sections.removeSection(doc, "items");
    expect(sections.removedSections(doc)).toEqual([{ id: "items", heading: "Propositions" }]);
    sections.restoreSection(doc, "items");
    expect(itemTexts(doc)).toEqual(["a", "b!", "c"]);
    expect(sections.removedSections(doc)).toEqual([]);
  });

  test("D7 items of a removed group read as ungrouped, and return to it", () => {
    const { doc } = desk();
    items.addItem(doc, "items", { text: "x", at: AT, group: "g1" });
    items.removeGroup(doc, "items", "g1");
    expect(section(doc, "items")).toMatchObject({ groups: [{ id: "g2", letter: "A" }], items: [{ text: "x" }] });
    expect(section(doc, "items").items[0]).not.toHaveProperty("group");
    items.restoreGroup(doc, "items", "g1");
    expect(section(doc, "items").items[0]?.group).toBe("g1");
  });

  test("D7 a ranked item that is removed leaves the ranking, the next one takes its slot", () => {
    const { doc } = desk();
    const ids = capture(doc, "a", "b", "c", "d");
    for (const id of ids) rank(doc, "ranking", id);
    const ranking = (): string[][] => {
      const { ranked, overflow } = section(doc, "ranking");
      return [ranked, overflow].map((list) => list.map(({ text }) => text));
    };
    expect(ranking()).toEqual([["a", "b", "c"], ["d"]]);
    items.removeItem(doc, "items", ids[1] ?? "");
    expect(ranking()).toEqual([["a", "c", "d"], []]);
    rank(doc, "ranking", ids[3] ?? "", { before: ids[0] ?? "" });
    unrank(doc, "ranking", ids[2] ?? "");
    expect(ranking()).toEqual([["d", "a"], []]);
  });
});

describe("order", () => {
  test("D8 everything that has an order can be moved before, after, and to the end", () => {
    const { doc } = desk();
    const [a = "", b = "", c = ""] = capture(doc, "a", "b", "c");
    items.moveItem(doc, "items", c, { before: a });
    items.moveItem(doc, "items", a, { after: b });
    expect(itemTexts(doc)).toEqual(["c", "b", "a"]);
    items.moveItem(doc, "items", c, {});
    expect(itemTexts(doc)).toEqual(["b", "a", "c"]);
    items.moveGroup(doc, "items", "g2", { before: "g1" });
    expect(section(doc, "items").groups).toMatchObject([
      { id: "g2", letter: "A" },
      { id: "g1", letter: "B" },
    ]);
    const people = ["x", "y", "z"].map((name) => addPerson(doc, "people", { name }));
    movePerson(doc, "people", people[2] ?? "", { before: people[0] ?? "" });
    expect(section(doc, "people").people.map(({ name }) => name)).toEqual(["z", "x", "y"]);
    moveField(doc, "fields", "mode", { before: "date" });
    expect(section(doc, "fields").fields.map(({ id }) => id)).toEqual(["mode", "date"]);
    movePhase(doc, "runsheet", "p2", { before: "p1" });
    expect(section(doc, "runsheet").phases.map(({ id }) => id)).toEqual(["p2", "p1"]);
  });

  test("D8 K10 those who capture at once stand in the order of the numbers that the server gives, on every screen", () => {
    const { doc } = desk();
    capture(doc, "avant");
    stampNumbers(doc);
    const far = new Y.Doc();
    Y.applyUpdate(far, Y.encodeStateAsUpdate(doc));
    for (let turn = 0; turn < 20; turn += 1) {
      // Neither has heard of the other's; the far one's clock is behind, and what it says comes first.
      const at = (seconds: number): string =>
        new Date(Date.parse(AT) + 60_000 * (turn + 1) + seconds * 1000).toISOString();
      items.addItem(doc, "items", { text: `près ${turn}`, at: at(5) });
      items.addItem(far, "items", { text: `loin ${turn}`, at: at(1) });
      if (turn % 2 === 0) stampNumbers(doc);
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(far));
      stampNumbers(doc);
      Y.applyUpdate(far, Y.encodeStateAsUpdate(doc));
      const numbers = section(doc, "items").items.map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
    expect(itemTexts(far)).toEqual(itemTexts(doc));
  });

  test("D8 an item goes into a group and out of it, and stays where it stood among the others", () => {
    const { doc } = desk();
    const [a = "", b = ""] = capture(doc, "a", "b", "c");
    items.moveItem(doc, "items", a, { group: "g2" });
    items.moveItem(doc, "items", b, { group: "g1" });
    expect(itemTexts(doc)).toEqual(["c", "b", "a"]);
    items.moveItem(doc, "items", a, { group: null });
    expect(itemTexts(doc)).toEqual(["a", "c", "b"]);
  });

  test("D8 a line captured now stands after lines that a stock client wrote without any order", () => {
    const { doc } = desk();
    itemsOf(doc, "items").set(
      "stock2",
      new Y.Map<unknown>([
        ["text", "second"],
        ["at", "2026-01-02"],
      ]),
    );
    itemsOf(doc, "items").set(
      "stock1",
      new Y.Map<unknown>([
        ["text", "first"],
        ["at", "2026-01-01"],
      ]),
    );
    // The server gives everything a place that comes without.
    stampNumbers(doc);
    capture(doc, "third");
    expect(itemTexts(doc)).toEqual(["first", "second", "third"]);
  });
});

describe("numbers", () => {
  test("D9 numbers are given once, in the order of capture, and stay when items move or go", () => {
    const { doc } = desk();
    const [a = "", b = "", c = ""] = ["3", "1", "2"].map((second) =>
      items.addItem(doc, "items", { text: second, at: `2026-01-01T00:00:0${second}.000Z` }),
    );
    const numbers = (): Record<string, number> =>
      Object.fromEntries(section(doc, "items").items.map(({ text, number }) => [text, number]));
    const shown = numbers();
    expect(shown).toEqual({ 1: 1, 2: 2, 3: 3 });
    expect(stampNumbers(doc)).toBe(true);
    expect(stampNumbers(doc)).toBe(false);
    items.moveItem(doc, "items", a, { after: c });
    items.removeItem(doc, "items", a);
    capture(doc, "4");
    stampNumbers(doc);
    expect(numbers()).toEqual({ 1: 1, 2: 2, 4: 4 });
    items.restoreItem(doc, "items", a);
    expect(numbers()).toEqual({ ...shown, 4: 4 });
    expect(itemOf(doc, "items", "g1")?.has("number")).toBe(false);
    expect(b).not.toBe(c);
  });

  test("D9 a number that a foreign hand gave twice, or made up, is not believed twice", () => {
    const { doc } = desk();
    const [a = "", b = "", c = ""] = capture(doc, "a", "b", "c");
    for (const [id, number] of [
      [a, 7],
      [b, 7],
      [c, "many"],
    ] as const) {
      itemOf(doc, "items", id)?.set("number", number);
    }
    stampNumbers(doc);
    const numbers = section(doc, "items").items.map(({ number }) => number);
    expect(numbers.toSorted((x, y) => x - y)).toEqual([7, 8, 9]);
  });
});
