/** M37 M38 X06: the table of items, and that no cell of it is more than its words. */
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { csv } from "../../minutes/formats/csv.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { itemTable } from "../../minutes/formats/table.ts";
import { isBlank, proseFromPlain } from "../../minutes/plain.ts";
import type { Item, Minutes } from "../../minutes/value.ts";
import { minutes } from "./arbitrary.ts";
import { cellsOf, recordsOf, runs, writtenIn } from "./csv-reading.ts";
import { MINUTES, PLACE } from "./workshop.ts";

const RUNS = { numRuns: Number(process.env["TABLES"] ?? 400) };

let checked = 0;
afterAll(() => void process.stdout.write(`X06 cells ${checked}, formulas 0, read back otherwise 0\n`));

/** One workshop each cell of which that people can write holds one of `words`, in turn. */
const holding = (words: readonly string[], language: Minutes["language"]): Minutes => {
  let next = 0;
  const word = (): string => words[next++ % words.length] ?? "";
  const [title, heading, group] = [word(), word(), word()];
  const items = words.map((text, index): Item => {
    const said = { text, body: proseFromPlain(text), owner: word(), due: word(), author: word(), dictatedBy: word() };
    return { id: `i${index}`, number: index + 1, at: word(), group: "g", ...said };
  });
  const groups = [{ id: "g", letter: "A", text: group, body: proseFromPlain(group) }];
  const list = { id: "s", kind: "items", marker: "bullet", actions: true, grouped: true } as const;
  return { id: "m", title, language, state: "open", sections: [{ ...list, heading, groups, items }] };
};

/** What means something to spreadsheets and to readers of CSV, in any order, with anything between. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."=+-@\t\r\n\"',;|% \0\u00A0\u200B\uFEFF\u202E\u2212＝＋－＠﹦﹢﹣﹫".split("")),
      fc.constantFrom("\r\n", '""', "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("//canary.invalid")', "mot", "é"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

describe("M38 whatever is written", () => {
  test("X06 every cell reads back as it was written, and none is one that a spreadsheet would run", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 8 }), fc.constantFrom("fr", "en"), (words, language) => {
        const value = holding(words, language);
        const file = csv(value);
        const cells = cellsOf(file);
        expect(cells.flat().filter((cell) => typeof cell === "string" && runs(cell))).toEqual([]);
        const read = cells.map((line) => line.map((cell) => (typeof cell === "number" ? cell : writtenIn(cell))));
        expect(read).toEqual(itemTable(value));
        checked += cells.flat().length;
      }),
      RUNS,
    );
  });

  test("X06 minutes of every kind read back as well, in either language", () => {
    fc.assert(
      fc.property(minutes, (value) => {
        const read = cellsOf(csv(value)).map((line) => line.map((c) => (typeof c === "number" ? c : writtenIn(c))));
        expect(read).toEqual(itemTable(value));
      }),
      RUNS,
    );
  });

  test.each<[string, string, string]>([
    ["a sign", "=1+1", "'=1+1"],
    ["a telephone number", "+33 1 23", "'+33 1 23"],
    ["a dash", "- d’abord", "'- d’abord"],
    ["a name", "@nadia", "'@nadia"],
    ["a tabulator", "\tmot", "'\tmot"],
    ["an end of line", "\r=1", "'\r=1"],
    ["a wide sign", "＝1+1", "'＝1+1"],
    ["a raised sign", "⁺1", "'⁺1"],
    ["a minus of printers", "−5 %", "'−5 %"],
    ["blanks before it", "  =1", "'  =1"],
    ["what nobody sees before it", "\u200B\u202E=1", "'\u200B\u202E=1"],
    ["an apostrophe before it already", "'=1", "''=1"],
    ["several", "'''@x", "''''@x"],
    ["an apostrophe before a word", "'mot'", "'mot'"],
    ["a sign further on", "1=1", "1=1"],
    ["a sign in quotation marks", '"=1"', '"=1"'],
    ["a dash of French", "– mot", "– mot"],
  ])("X06 %s", (_, words, cell) => {
    const [, line = []] = cellsOf(csv(holding([words], "fr")));
    expect(line[3]).toBe(cell);
    expect(writtenIn(cell)).toBe(words);
  });

  test("X06 all forms of the signs that Unicode knows", () => {
    const all = Array.from({ length: 0x110000 }, (_, code) => (code >> 11 === 0x1b ? "" : String.fromCodePoint(code)));
    const signs = all.filter((each) => "=+-@−".includes(each.normalize("NFKC").charAt(0) || "x"));
    expect(signs.length).toBeGreaterThan(15);
    const read = recordsOf(csv(holding(signs, "fr"))).map((record) => record["Texte"]);
    expect(read).toEqual(signs);
    const cells = cellsOf(csv(holding(signs, "fr"))).flat();
    expect(cells.filter((cell) => typeof cell === "string" && signs.includes(cell))).toEqual([]);
  });

  test("X06 half a character becomes the sign that stands for one, as in every file of UTF-8", () => {
    const [record] = recordsOf(csv(holding(["=\uD83D"], "fr")));
    expect(record).toMatchObject({ Texte: "=\uFFFD" });
  });
});

const byWords = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
/** Line by line, with what nobody sees at the start as a word. */
const seen = (file: string): string[] => file.replace("\uFEFF", "UTF-8 ").split("\r\n");

describe("M37 the table", () => {
  test("a line for each item, in the order of the minutes, semicolons in French", () => {
    expect(seen(csv(MINUTES))).toMatchInlineSnapshot(`
      [
        "UTF-8 "Section";"Numéro";"Groupe";"Texte";"Choix";"Rang";"Responsable";"Échéance";"État";"Provenance";"Destination";"Aussi n°";"Auteur";"Dicté par";"Noté le (UTC)";"Atelier"",
        ""Pistes d'actions";3;;"Trois";;;;;;"d’après 1, 4";;;"Céline";;"2017-02-28 10:42:00";"Comment inclure de nouveaux publics ?"",
        ""Pistes d'actions";4;;"Quatre";;1;;;;;"repris dans la piste 3";;;;;"Comment inclure de nouveaux publics ?"",
        ""Pistes d'actions";1;"A) Mise en œuvre";"Un
      détail";;2;"Nadia";"2017-03-15";"en cours";;"repris dans la piste 3";;;;;"Comment inclure de nouveaux publics ?"",
        "",
      ]
    `);
    expect(recordsOf(csv(MINUTES))[2]).toMatchObject({ Section: "Pistes d'actions", Numéro: 1, Texte: "Un\ndétail" });
  });

  test("commas and English names in English, numbers without quotation marks", () => {
    expect(seen(csv({ ...MINUTES, language: "en" })).slice(0, 2)).toMatchInlineSnapshot(`
      [
        "UTF-8 "Section","Number","Group","Text","Picks","Rank","Owner","Due","Status","Provenance","Destination","Also no.","Author","Dictated by","Written (UTC)","Workshop"",
        ""Pistes d'actions",3,,"Trois",,,,,,"from 1, 4",,,"Céline",,"2017-02-28 10:42:00","Comment inclure de nouveaux publics ?"",
      ]
    `);
  });

  test("the same columns whatever the workshop, and a line for each item that says something", () => {
    const columns = itemTable(MINUTES)[0];
    fc.assert(
      fc.property(minutes, (value) => {
        const [named, ...rows] = itemTable({ ...value, language: "fr" });
        expect(named).toEqual(columns);
        const items = value.sections.flatMap((section) => (section.kind === "items" ? section.items : []));
        const texts = items.filter(({ body }) => !isBlank(body)).map(({ text }) => text);
        expect(rows.map((row) => String(row[3])).toSorted(byWords)).toEqual(texts.toSorted(byWords));
        for (const row of rows) expect(row.length).toBe(columns?.length);
      }),
      RUNS,
    );
  });

  test("votes and places are numbers; a lettered list has its letters; what was merged is counted with it", () => {
    const list = MINUTES.sections.find(({ id }) => id === "pistes");
    if (list?.kind !== "items") throw new Error("no list");
    const merged = [
      { id: "x", number: 9 },
      { id: "y", number: 12 },
    ];
    const items = list.items.map((item) => (item.id === "i4" ? { ...item, votes: 7, merged } : item));
    const sections = MINUTES.sections.map((each) =>
      each.id === "pistes" ? { ...list, marker: "letter" as const, items } : each,
    );
    const records = recordsOf(csv({ ...MINUTES, sections }));
    expect(records.map((record) => record["Numéro"])).toEqual(["C", "D", "A"]);
    expect(records.map((record) => record["Rang"])).toEqual(["", 1, 2]);
    expect(records.map((record) => record["Choix"])).toEqual(["", 7, ""]);
    expect(records.map((record) => record["Aussi n°"])).toEqual(["", "9, 12", ""]);
    // What was ranked below the line stays behind here as well (M13).
    expect(JSON.stringify(records)).not.toContain("Dessous");
  });

  test("where a list has no actions, their cells stay empty", () => {
    const sections = MINUTES.sections.map((each) => (each.kind === "items" ? { ...each, actions: false } : each));
    for (const record of recordsOf(csv({ ...MINUTES, sections }))) {
      expect([record["Responsable"], record["Échéance"], record["État"]]).toEqual(["", "", ""]);
    }
  });

  test("it is handed over as a file, which says that its first line has the names", () => {
    const format = FORMATS.get("csv");
    expect(format).toMatchObject({ mediaType: "text/csv; charset=utf-8; header=present", attached: true });
    expect(format?.render(MINUTES, PLACE)).toBe(csv(MINUTES));
  });
});
