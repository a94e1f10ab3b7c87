/** What people type in a field, what is kept, what is shown. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, fieldText, fits } from "../../minutes/field.ts";
import { FIELD_TYPES, LANGUAGES, type FieldType } from "../../minutes/value.ts";

describe("M4 canonical", () => {
  test.each<[FieldType, string, string]>([
    ["date", "28 février 2017", "2017-02-28"],
    ["date", "mardi 28 fév. 2017", "2017-02-28"],
    ["date", "1er mars 2026", "2026-03-01"],
    ["date", "28/02/2017", "2017-02-28"],
    ["date", "28.2.17", "2017-02-28"],
    ["date", "2017-2-8", "2017-02-08"],
    ["date", "February 28th, 2017", "2017-02-28"],
    ["date", "28 Aug 2017", "2017-08-28"],
    ["date", "28 AOÛT 2017", "2017-08-28"],
    ["date", "30/02/2017", "30/02/2017"],
    ["date", "courant mars", "courant mars"],
    ["date", "28 ju 2017", "28 ju 2017"],
    ["time", "14h30", "14:30"],
    ["time", "14 h", "14:00"],
    ["time", "9:05", "09:05"],
    ["time", "2.30 pm", "14:30"],
    ["time", "12 am", "00:00"],
    ["time", "25:00", "25:00"],
    ["time", "le matin", "le matin"],
    ["duration", "2 h", "120"],
    ["duration", "2 h 30", "150"],
    ["duration", "1h30", "90"],
    ["duration", "1:30", "90"],
    ["duration", "1,5 h", "90"],
    ["duration", "2 heures", "120"],
    ["duration", "1 hour and 15 minutes", "75"],
    ["duration", "45 min", "45"],
    ["duration", "45'", "45"],
    ["duration", "90", "90"],
    ["duration", "une demi-journée", "une demi-journée"],
    ["number", "14", "14"],
    ["number", "1 200", "1200"],
    ["number", "1 200", "1200"],
    ["number", "3,5", "3.5"],
    ["number", "plus de 40", ">40"],
    ["number", "Plus de 40", ">40"],
    ["number", "+ de 40", ">40"],
    ["number", "40+", ">40"],
    ["number", "> 40", ">40"],
    ["number", "more than 40", ">40"],
    ["number", "une quarantaine", "une quarantaine"],
    ["address", "exemple.org/page", "https://exemple.org/page"],
    ["address", "http://exemple.org", "http://exemple.org"],
    ["address", "javascript:alert(1)", "javascript:alert(1)"],
    ["address", "sur demande", "sur demande"],
    ["line", "  bord  ", "bord"],
    ["place", "Salle Babylone", "Salle Babylone"],
  ])("%s: %s → %s", (type, typed, kept) => {
    expect(canonical(typed, type)).toBe(kept);
  });

  test("a choice is found whatever its case and accents; another answer is kept", () => {
    expect(canonical("decide", "choice", ["À l’étude", "Décidé"])).toBe("Décidé");
    expect(canonical("peut-être", "choice", ["À l’étude", "Décidé"])).toBe("peut-être");
    expect(fits({ type: "choice", value: "peut-être", choices: ["Décidé"] })).toBe(false);
  });

  test("what is kept stays what it is when it is typed again, as shown in either language", () => {
    const typed = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: 90_000 }).map(String),
      fc.integer({ min: 0, max: 900 }).map((number) => `>${number}`),
      fc
        .date({ min: new Date("1000-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom(...FIELD_TYPES), fc.constantFrom(...LANGUAGES), (text, type, language) => {
        const kept = canonical(text, type);
        expect(canonical(kept, type)).toBe(kept);
        const shown = fits({ type, value: kept }) ? fieldText({ type, value: kept }, language) : kept;
        expect(canonical(shown, type)).toBe(kept);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("M4 fieldText", () => {
  test.each<[FieldType, string, string, string]>([
    ["date", "2017-02-28", "28 février 2017", "28 February 2017"],
    ["date", "2026-03-01", "1er mars 2026", "1 March 2026"],
    ["date", "courant mars", "courant mars", "courant mars"],
    ["time", "14:30", "14 h 30", "14:30"],
    ["time", "09:00", "9 h", "09:00"],
    ["duration", "120", "2 h", "2 h"],
    ["duration", "150", "2 h 30", "2 h 30 min"],
    ["duration", "65", "1 h 05", "1 h 5 min"],
    ["duration", "45", "45 min", "45 min"],
    ["number", ">40", "Plus de 40", "More than 40"],
    ["number", "3.5", "3,5", "3.5"],
    ["place", "Lyon", "Lyon", "Lyon"],
  ])("%s %s reads %s, %s", (type, value, french, english) => {
    expect(fieldText({ type, value }, "fr")).toBe(french);
    expect(fieldText({ type, value }, "en")).toBe(english);
  });
});
