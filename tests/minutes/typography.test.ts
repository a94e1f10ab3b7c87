/** French spacing. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesIn } from "../../minutes/address.ts";
import { typeset, typesetSpans } from "../../minutes/typography.ts";
import type { Span } from "../../minutes/value.ts";
import { words } from "./arbitrary.ts";

/** "~" stands for U+00A0 in the expectations. */
const seen = (text: string): string => text.replaceAll("\u00A0", "~");

const letters = (text: string): string => text.replace(/[ \t\u00A0\u202F]/gu, "");

describe("M8 typeset", () => {
  test.each([
    ["Pourquoi ?", "Pourquoi~?"],
    ["Pourquoi?", "Pourquoi~?"],
    ["(points de blocage) ?", "(points de blocage)~?"],
    ["Vraiment ?! Oui ; non : si !", "Vraiment~?! Oui~; non~: si~!"],
    ["« tout est décidé »", "«~tout est décidé~»"],
    ["«tout»", "«~tout~»"],
    ["« Oui ? »", "«~Oui~?~»"],
    ["déjà\u202F: oui", "déjà~: oui"],
    ["à 14:30, ratio 1:2", "à 14:30, ratio 1:2"],
    ["Voir https://exemple.org/?q=a:b;c! Merci", "Voir https://exemple.org/?q=a:b;c! Merci"],
    ["Où : https://exemple.org ?", "Où~: https://exemple.org~?"],
    ["mailto:a@exemple.org", "mailto:a@exemple.org"],
    ["? seul", "? seul"],
    ["", ""],
  ])("%s", (written, expected) => {
    expect(seen(typeset(written, "fr"))).toBe(expected);
  });

  test("leaves English alone", () => {
    expect(typeset("Why? « so »: yes !", "en")).toBe("Why? « so »: yes !");
  });

  test("sees the word before a mark that begins another span, and leaves code alone", () => {
    const spans: Span[] = [
      { text: "Note", marks: { bold: true } },
      { text: ": a " },
      { text: "x ? y :", marks: { code: true } },
    ];
    expect(typesetSpans(spans, "fr").map((span) => seen(span.text))).toEqual(["Note", "~: a ", "x ? y :"]);
  });

  test("changes nothing but spaces, nothing inside addresses, and nothing the second time", () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), (texts) => {
        const spans = texts.map((text) => ({ text }));
        const set = typesetSpans(spans, "fr");
        expect(set.map((span) => letters(span.text))).toEqual(texts.map(letters));
        const whole = typeset(texts.join(""), "fr");
        expect(set.map((span) => span.text).join("")).toBe(whole);
        for (const { from, to } of addressesIn(texts.join(""))) expect(whole).toContain(texts.join("").slice(from, to));
        expect(typeset(whole, "fr")).toBe(whole);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(["HTTPS://exemple.org/a", "http://a", "WWW.exemple.org", "MailTo:nadia", "nadia@exemple.org"])(
    "finds %s, whatever else a text holds",
    (address) => {
      const text = `Voir (${address}) : rien d’autre !`;
      expect(addressesIn(text).map(({ from, to }) => text.slice(from, to))).toEqual([address]);
    },
  );

  test("takes 300,000 characters without a space, or of nothing else, in its stride", () => {
    for (const text of ["é".repeat(300_000), " ".repeat(300_000), "?".repeat(300_000), "a@".repeat(150_000)]) {
      expect(typeset(text, "fr").replace(/\u00A0/gu, "").length).toBeLessThanOrEqual(text.length);
    }
  });
});
