/** D30 to D33: a document says again what it said once, by one edit; random documents, and those who write meanwhile. */
import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import { setField, addField, removeField, moveField } from "../../document/edit/fields.ts";
import { addTerm, hideTerm, setTerm } from "../../document/edit/glossary.ts";
import { splitSection } from "../../document/edit/groups.ts";
import { addGroup, addItem, moveItem, removeItem, restoreItem, setItem } from "../../document/edit/items.ts";
import { addPerson, removePerson, setPerson } from "../../document/edit/people.ts";
import { castBallot, setPick } from "../../document/edit/picks.ts";
import { rank, unrank } from "../../document/edit/ranking.ts";
import { addPhase, removePhase, setPhase } from "../../document/edit/runsheet.ts";
import {
  addSection,
  moveSection,
  removeSection,
  renameSection,
  restoreSection,
  setGuidance,
  setNotice,
  setOptions,
} from "../../document/edit/sections.ts";
import { setLanguage, setMandate, setSubtitle, setTitle } from "../../document/edit/title.ts";
import { itemsOf, itemTextOf, proseOf, titleOf } from "../../document/layout.ts";
import { numbersOf } from "../../document/numbering.ts";
import { read } from "../../document/read.ts";
import { restore } from "../../document/restore.ts";
import { RESTORERS, showAgain, writtenInto } from "../../document/returning.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { Writer } from "../../document/text/writer.ts";
import { changesBetween } from "../../minutes/difference.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import type { Minutes } from "../../minutes/value.ts";
import { newSeed, Random } from "../fuzz/random.ts";
import { hostileDeeds, together } from "./hostile.ts";
import { PLACES, POISON, put, whole } from "./poisons.ts";
import { sampleTemplate } from "./sample.ts";

/** Nobody captures two at the same moment. */
let moment = Date.parse("2026-11-22T09:00:00Z");
const now = (): string => new Date((moment += 1000)).toISOString();
const WORDS = "Trois marchés, le pôle d’Aval 🏳️‍🌈 et les jeunes : œuvrer ensemble 你好 שלום é ".split(" ");

/** As an erasure, a new server or another browser would make it. */
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

/** What it says, ballots and their tally apart: those do not follow. */
const said = (doc: Y.Doc): Minutes =>
  JSON.parse(
    JSON.stringify(read(doc, { id: "x", state: "open" }), (key, value: unknown) =>
      key === "pick" || key === "votes" ? undefined : value,
    ),
  ) as Minutes;

const restored = (doc: Y.Doc, past: Y.Doc): number => {
  let bytes = 0;
  const count = (update: Uint8Array): number => (bytes += update.length);
  doc.on("update", count);
  restore(doc, past);
  doc.off("update", count);
  return bytes;
};

const sections = (doc: Y.Doc, kind: string): string[] =>
  read(doc, { id: "", state: "open" })
    .sections.filter((section) => section.kind === kind)
    .map(({ id }) => id);

const texts = (doc: Y.Doc): Y.Text[] => [
  titleOf(doc),
  ...sections(doc, "prose").map((id) => proseOf(doc, id)),
  ...sections(doc, "items").flatMap((id) =>
    [...itemsOf(doc, id).keys()].flatMap((item) => itemTextOf(doc, id, item) ?? []),
  ),
];

const typed = (doc: Y.Doc, random: Random): void => {
  const text = random.pick(texts(doc));
  doc.transact((transaction) => {
    const writer = new Writer(transaction, text);
    const place = random.below(text.length + 1);
    const length = random.below(Math.min(40, text.length - place + 1));
    const way = random.below(6);
    const oneLine = text === titleOf(doc);
    if (way === 0) writer.delete(place, length);
    else if (way === 1 && !oneLine)
      writer.insertBreak(place, { kind: "bullet", level: 1, indent: random.below(3), checked: false });
    else if (way === 2 && !oneLine)
      writer.format(place, length, random.pick(["bold", "italic", "strike"] as const), true);
    else if (way === 3 && !oneLine) writer.format(place, length, "bold", null);
    else if (way === 4 && !oneLine) writer.setBreak(text.length - 1, { kind: "heading", level: 2 });
    else writer.insertText(place, `${random.pick(WORDS)} `, random.chance(0.2) && !oneLine ? { bold: true } : {});
  });
};

const isEarlier = (doc: Y.Doc, section: string, item: string): boolean => {
  const numbers = numbersOf(itemsOf(doc, section));
  return (numbers.get(item) ?? 0) < Math.max(...numbers.values());
};

/** Somebody does something; anything a person or a program can do with a document. */
const act = (doc: Y.Doc, random: Random): void => {
  const value = read(doc, { id: "", state: "open" });
  const of = <K extends Minutes["sections"][number]["kind"]>(kind: K) => {
    const all = value.sections.filter((each) => each.kind === kind);
    return all.length === 0 ? undefined : (random.pick(all) as Extract<Minutes["sections"][number], { kind: K }>);
  };
  const section = value.sections.length > 0 ? random.pick(value.sections) : undefined;
  const [items, people, fields, runsheet, ranking] = [
    of("items"),
    of("people"),
    of("fields"),
    of("runsheet"),
    of("ranking"),
  ];
  const item = items && items.items.length > 0 ? random.pick(items.items).id : "";
  const word = random.pick(WORDS);
  const ways: (() => unknown)[] = [
    () => typed(doc, random),
    () => typed(doc, random),
    () => typed(doc, random),
    () =>
      items &&
      addItem(doc, items.id, { text: `${word} ${random.below(99)}`, author: word, at: now() }) &&
      stampNumbers(doc),
    () => items && removeItem(doc, items.id, item),
    () => items && moveItem(doc, items.id, item, { before: random.pick(items.items)?.id ?? "" }),
    () => items && setItem(doc, items.id, item, random.pick(["owner", "due", "status", "from"] as const), word),
    () => items && restoreItem(doc, items.id, random.pick([...itemsOf(doc, items.id).keys()])),
    // As a stock client may; of the last one captured the number would be free again.
    () => items && isEarlier(doc, items.id, item) && itemsOf(doc, items.id).delete(item),
    () => items && addGroup(doc, items.id, { text: word }),
    () => items && splitSection(doc, items.id, 2),
    () => people && addPerson(doc, people.id, { name: word, organisation: "Mairie" }),
    () => people?.people[0] && setPerson(doc, people.id, random.pick(people.people).id, "role", word),
    () => people?.people[0] && removePerson(doc, people.id, random.pick(people.people).id),
    () => fields?.fields[0] && setField(doc, fields.id, random.pick(fields.fields).id, random.chance(0.3) ? "" : word),
    () => fields && addField(doc, fields.id, { label: word, type: "line" }),
    () => fields?.fields[0] && removeField(doc, fields.id, random.pick(fields.fields).id),
    () => fields?.fields[0] && moveField(doc, fields.id, random.pick(fields.fields).id, {}),
    () => runsheet && addPhase(doc, runsheet.id, { label: word, minutes: 10, groups: 2 }),
    () => runsheet?.phases[0] && setPhase(doc, runsheet.id, random.pick(runsheet.phases).id, "groups", random.below(3)),
    () => runsheet?.phases[0] && removePhase(doc, runsheet.id, random.pick(runsheet.phases).id),
    () => ranking && rank(doc, ranking.id, item),
    () => ranking && unrank(doc, ranking.id, item),
    () => addSection(doc, { kind: random.pick(["prose", "items", "notice", "people"] as const), heading: word }),
    () => section && removeSection(doc, section.id),
    () => section && restoreSection(doc, section.id),
    () => section && moveSection(doc, section.id, {}),
    () => section && renameSection(doc, section.id, word),
    () => section && setGuidance(doc, section.id, word),
    () => section && setOptions(doc, section.id, { marker: "letter", closing: 5, size: 4, joining: true }),
    () => section?.kind === "notice" && setNotice(doc, section.id, word),
    () => addTerm(doc, { term: word, meaning: word }),
    () => value.glossary && setTerm(doc, random.pick(value.glossary).id, "meaning", word),
    () => value.glossary && hideTerm(doc, random.pick(value.glossary).id, true),
    () => setTitle(doc, word),
    () => setSubtitle(doc, random.chance(0.5) ? "" : word),
    () => setMandate(doc, word),
    () => setLanguage(doc, random.pick(["fr", "en"] as const)),
  ];
  random.pick(ways)();
};

/** More when asked for. */
const ROUNDS = Number(process.env["S12_ROUNDS"] ?? 20);

describe("D30 a restored document says what it said", () => {
  const seed = newSeed("D30");
  test(`whatever was done since, and again from there; a second time nothing is written (seed ${seed})`, () => {
    const random = new Random(seed);
    for (let round = 0; round < ROUNDS; round += 1) {
      const doc = newDocument(sampleTemplate());
      for (let n = random.below(60); n > 0; n -= 1) act(doc, random);
      const past = copyOf(doc);
      for (let n = random.below(60); n > 0; n -= 1) act(doc, random);
      const later = copyOf(doc);
      restore(doc, past);
      expect(said(doc), `round ${round}`).toEqual(said(past));
      expect(restored(doc, past)).toBe(0);
      // One can go back from it.
      restore(doc, later);
      expect(said(doc), `round ${round}, back`).toEqual(said(later));
    }
  });
});

test("D30 a last break that says nothing is no difference", () => {
  const doc = newDocument(sampleTemplate());
  const text = proseOf(doc, "prose");
  doc.transact((transaction) => new Writer(transaction, text).insertText(0, "Un"));
  const past = copyOf(doc);
  doc.transact((transaction) => new Writer(transaction, text).delete(2, 1));
  expect(said(doc)).toEqual(said(past));
  expect(restored(doc, past)).toBe(0);
});

test("D30 signs that nobody writes here are no difference the second time", () => {
  const doc = newDocument(sampleTemplate());
  // As a program on Windows may send it.
  proseOf(doc, "prose").insert(0, "Un\r\nDeux");
  const past = copyOf(doc);
  proseOf(doc, "prose").delete(0, 8);
  expect(restored(doc, past)).toBeGreaterThan(0);
  expect(restored(doc, past)).toBe(0);
});

describe("D30 S08 whatever a foreign hand left", () => {
  test.each(POISON)("%s in any place is gone back from, and to", (_, poison) => {
    for (const spot of PLACES) {
      const doc = whole();
      const past = copyOf(doc);
      put(doc, spot, poison());
      const poisoned = copyOf(doc);
      restore(doc, past);
      // A number that was given since stays, whoever gave it (D33).
      const [key] = spot.slice(-1);
      if (key !== "number") expect([spot, said(copyOf(doc))]).toEqual([spot, said(past)]);
      restore(doc, poisoned);
      read(copyOf(doc), { id: "", state: "open" });
    }
  });

  test("two documents by anybody’s hands: one is made to say what the other says as far as it can be, and nothing throws", () => {
    fc.assert(
      fc.property(hostileDeeds, hostileDeeds, (ours, theirs) => {
        const [doc, past] = [new Y.Doc(), new Y.Doc()];
        Y.applyUpdate(doc, together(ours));
        Y.applyUpdate(past, together(theirs));
        restore(doc, past);
        const json: unknown = JSON.parse(JSON.stringify(read(copyOf(doc), { id: "w", state: "live" })));
        expect(parseMinutes(json)).toEqual(json);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the differences of two texts", () => {
  const seed = newSeed("difference");
  const made = (before: string, changes: ReturnType<typeof changesBetween>): string =>
    changes
      .toReversed()
      .reduce(
        (text, { at: place, removed, added }) => text.slice(0, place) + added + text.slice(place + removed),
        before,
      );

  test(`make the one of the other, and cut no character (seed ${seed})`, () => {
    const random = new Random(seed);
    const text = (): string =>
      Array.from({ length: random.below(60) }, () => random.pick([...WORDS, "\n", "\n", " ", ", "])).join("");
    for (let round = 0; round < 600; round += 1) {
      const before = text();
      const after = random.chance(0.3)
        ? text()
        : before.slice(0, random.below(before.length + 1)).toWellFormed() + text();
      const changes = changesBetween(before, after);
      expect(made(before, changes)).toBe(after);
      for (const { at: place, removed, from, added } of changes) {
        expect(after.slice(from, from + added.length)).toBe(added);
        expect(before.slice(place, place + removed).isWellFormed() && added.isWellFormed()).toBe(
          before.isWellFormed() && after.isWellFormed(),
        );
      }
    }
  });

  test("are few: a word that came, a line that went", () => {
    expect(changesBetween("Le banc\nLa place\nLe marché\n", "Le grand banc\nLe marché\n")).toEqual([
      { at: 3, removed: 0, from: 3, added: "grand " },
      { at: 8, removed: 9, from: 14, added: "" },
    ]);
    const long = Array.from({ length: 9_000 }, (_, n) => `ligne ${n}\n`).join("");
    const other = Array.from({ length: 9_000 }, (_, n) => `autre ${n * 7}\n`).join("");
    expect(made(long, changesBetween(long, other))).toBe(other);
  });
});

describe("what a restoring leaves alone", () => {
  test("D31 words that others type at the same moment stay, and what they set in an entry wins", () => {
    const doc = newDocument(sampleTemplate());
    const one = addItem(doc, "items", { text: "Un marché couvert", at: now() });
    const prose = proseOf(doc, "prose");
    doc.transact((transaction) => new Writer(transaction, prose).insertText(0, "Nous avons parlé du marché."));
    const past = copyOf(doc);
    doc.transact((transaction) => new Writer(transaction, prose).delete(5, 10));
    const since = addItem(doc, "items", { text: "Depuis", at: now() });
    setField(doc, "fields", "mode", "à distance");

    const other = copyOf(doc);
    doc.clientID = 7;
    expect(doc.clientID).toBeLessThan(RESTORERS);
    restore(doc, past);
    other.transact((transaction) => {
      new Writer(transaction, proseOf(other, "prose")).insertText(4, "tous ");
      new Writer(transaction, itemTextOf(other, "items", one)!).insertText(2, " grand");
    });
    setField(other, "fields", "mode", "sur place");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(said(other)).toEqual(said(doc));
    const words = JSON.stringify(said(doc));
    expect(words).toContain("tous");
    expect(words).toContain("parlé du marché.");
    expect(words).toContain("Un grand marché couvert");
    expect(words).toContain("sur place");
    expect(words).not.toContain("Depuis");
    expect(since).not.toBe(one);
  });

  test("D32 what somebody writes into what it has hidden brings that back; what a person has hidden stays hidden", () => {
    const doc = newDocument(sampleTemplate());
    const past = copyOf(doc);
    const mine = addItem(doc, "items", { text: "À moi", at: now() });
    const theirs = addItem(doc, "items", { text: "Pourriel", at: now() });
    const section = addSection(doc, { kind: "prose", heading: "Nouvelle" });
    removeItem(doc, "items", theirs);
    const other = copyOf(doc);
    doc.clientID = 9;
    restore(doc, past);
    expect(said(doc)).toEqual(said(past));
    const found: ReturnType<typeof writtenInto> = [];
    doc.on("afterTransaction", (transaction: Y.Transaction) => {
      if (!transaction.local) found.push(...writtenInto(transaction));
    });
    other.transact((transaction) => {
      for (const id of [mine, theirs])
        new Writer(transaction, itemTextOf(other, "items", id)!).insertText(0, "Encore ");
      new Writer(transaction, proseOf(other, section)).insertText(0, "Trop tard ?");
    });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(found).toEqual([
      { root: "items:items", id: mine, key: "removed" },
      { root: "sections", id: section, key: "removed" },
    ]);
    showAgain(doc, found);
    const words = JSON.stringify(said(doc));
    expect(words).toContain("Encore À moi");
    expect(words).toContain("Trop tard ?");
    expect(words).not.toContain("Pourriel");
  });

  test("D32 so are a field, a phase and a word that somebody fills in meanwhile", () => {
    const doc = newDocument(sampleTemplate());
    const past = copyOf(doc);
    const field = addField(doc, "fields", { label: "Rue", type: "line" });
    const spare = addField(doc, "fields", { label: "Quai", type: "line" });
    const phase = addPhase(doc, "runsheet", { label: "Pause", minutes: 5 });
    const term = addTerm(doc, { term: "préau", meaning: "" });
    const other = copyOf(doc);
    doc.clientID = 9;
    restore(doc, past);
    expect(said(doc)).toEqual(said(past));
    const found: ReturnType<typeof writtenInto> = [];
    doc.on("afterTransaction", (transaction: Y.Transaction) => {
      if (!transaction.local) found.push(...writtenInto(transaction));
    });
    setField(other, "fields", field, "du Marché");
    setPhase(other, "runsheet", phase, "label", "Longue pause");
    setTerm(other, term, "meaning", "toit sans murs");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    showAgain(doc, found);
    const words = JSON.stringify(said(doc));
    for (const written of ["Rue", "du Marché", "Longue pause", "préau", "toit sans murs"])
      expect(words).toContain(written);
    expect(words).not.toContain("Quai");
    expect(spare).not.toBe(field);
  });

  test("D33 D21 a pick that was used again is not given a second time by an item that comes back", () => {
    const doc = newDocument(sampleTemplate());
    const [one, two] = ["Un", "Deux"].map((text) => addItem(doc, "items", { text, at: now() }));
    stampNumbers(doc);
    setPick(doc, "items", { open: true, size: 1 });
    const past = copyOf(doc);
    castBallot(doc, { section: "items", item: one!, visitor: "v1", picked: true });
    // As a stock client may.
    itemsOf(doc, "items").delete(one!);
    expect(castBallot(doc, { section: "items", item: two!, visitor: "v1", picked: true })).toMatchObject({ left: 0 });
    restore(doc, past);
    expect(castBallot(doc, { section: "items", item: two!, visitor: "v1", picked: true })).toEqual({
      picked: [two],
      left: 0,
    });
  });

  test("D33 numbers, ballots and picks stay what they are; a deleted item comes back under its id and its number", () => {
    const doc = newDocument(sampleTemplate());
    const [one, two] = ["Un", "Deux"].map((text) => addItem(doc, "items", { text, at: now() }));
    stampNumbers(doc);
    const past = copyOf(doc);
    setPick(doc, "items", { open: true, size: 2 });
    castBallot(doc, { section: "items", item: one!, visitor: "v1", picked: true });
    removeItem(doc, "items", one!);
    itemsOf(doc, "items").delete(two!);
    addItem(doc, "items", { text: "Trois", at: now() });
    stampNumbers(doc);
    restore(doc, past);
    const value = read(doc, { id: "", state: "live" }).sections.find(({ id }) => id === "items");
    expect(value).toMatchObject({
      items: [
        { id: one, number: 1, text: "Un", votes: 1 },
        { id: two, number: 2, text: "Deux" },
      ],
      pick: { open: true, size: 2 },
    });
    addItem(doc, "items", { text: "Quatre", at: now() });
    stampNumbers(doc);
    expect(JSON.stringify(read(doc, { id: "", state: "live" }))).toContain('"number":4,"text":"Quatre"');
  });
});
