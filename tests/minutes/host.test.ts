/** X10: where a link leads is said beside its words when these say, or look like, something else. */
import { expect, test } from "vitest";
import { hostBeside } from "../../minutes/host.ts";
import { html } from "../../minutes/formats/html.ts";
import { MINUTES } from "./workshop.ts";

test.each<[string, string, string | undefined]>([
  ["ici", "https://example.org/a", undefined],
  ["https://example.org/a", "https://example.org/a", undefined],
  ["example.org", "https://www.example.org/a", undefined],
  ["www.Example.org", "https://example.org/", undefined],
  ["https://example.org/fichier.pdf?x=a.b", "https://example.org/fichier.pdf?x=a.b", undefined],
  ["https://example.org:8080/x", "https://example.org:8080/x", undefined],
  ["https://banque.example", "https://ailleurs.example/banque.example", "ailleurs.example"],
  ["banque.example", "http://ailleurs.example:81/", "ailleurs.example:81"],
  ["voir banque.example/compte", "https://banque.example.ailleurs.example/", "banque.example.ailleurs.example"],
  ["https://ailleurs.example@banque.example/", "https://ailleurs.example/", "ailleurs.example"],
  // Cyrillic letters, mixed scripts, a letter that only looks like another; also where the words say the same.
  ["https://раураl.com", "https://раураl.com/", "xn--l-7sba6dbr.com"],
  ["ici", "https://gооgle.com/", "xn--ggle-55da.com"],
  ["École", "https://école.example/", "xn--cole-9oa.example"],
  ["bаnque.example", "https://banque.example/", "banque.example"],
  ["nadia@example.org", "mailto:nadia@example.org", undefined],
  ["écrire", "mailto:nadia@example.org?subject=x", undefined],
  ["nadia@example.org", "mailto:brice@ailleurs.example", "brice@ailleurs.example"],
  ["nadia@example.org", "mailto:%E0%A4%A@x", "%E0%A4%A@x"],
])("X10 %s, which leads to %s: %s", (words, address, host) => {
  expect(hostBeside(words, address)).toBe(host);
});

test("X10 a long text without an end is read at once", () => {
  expect(hostBeside("a.".repeat(100_000), "https://example.org/")).toBe(undefined);
  expect(hostBeside("a".repeat(100_000), "https://example.org/")).toBe(undefined);
  expect(hostBeside(`${"a-".repeat(50_000)}.`, "https://example.org/")).toBe(undefined);
});

test("X10 the reading page and the export say it as words of their own, behind the link", () => {
  const prose = [
    { kind: "paragraph" as const, spans: [{ text: "banque.example", marks: { link: "https://раураl.com/" } }] },
  ];
  const page = html({ ...MINUTES, sections: [{ id: "x", kind: "prose", heading: "", body: prose }] });
  expect(page).toContain('banque.example</a><span class="minutes-host"> (xn--l-7sba6dbr.com)</span>');
});
