/** What every page of the server holds to, page by page and in both languages. */
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../minutes/value.ts";
import { doorPage } from "../../server/pages/door.ts";
import { readingPage } from "../../server/pages/reading.ts";
import { minutesWith, pagesWith, setting } from "./samples.ts";

const cases = LANGUAGES.flatMap((language) =>
  Object.entries(pagesWith("Compte-rendu", language)).map(([name, page]) => ({ language, name, page })),
);

const attributes = (page: string, name: string): string[] =>
  [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map((match) => match[1]!);

describe.each(cases)("$name in $language", ({ language, name, page }) => {
  test("P3 nothing is inline and nothing comes from another host", () => {
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|="\s*javascript:/i);
    for (const [, open, inside] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(open).toMatch(/ src="\//);
      expect(inside!.trim()).toBe("");
    }
    const fetched = [
      ...attributes(page, "src"),
      ...(page.match(/<link[^>]*>/g) ?? []).flatMap((link) => attributes(link, "href")),
    ];
    expect(fetched.length).toBeGreaterThan(1);
    expect(fetched.filter((address) => !address.startsWith("/assets/") && address !== "/manifest.webmanifest")).toEqual(
      [],
    );
  });

  test("P5 it is not indexed and its address does not travel", () => {
    expect(page).toContain('<meta name="robots" content="noindex, nofollow"');
    expect(page).toContain('<meta name="referrer" content="no-referrer"');
  });

  test("P6 one h1, no gap between headings, landmarks, a skip link that leads somewhere", () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    // One of the door, one of the minutes below it: where one shows, the other does not.
    expect(levels.filter((level) => level === 1)).toHaveLength(name === "door" ? 2 : 1);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(page.match(/<main /g)).toHaveLength(1);
    expect(page).toMatch(/<a class="skip[^"]*" href="#main"/);
    expect(page).toMatch(/<main id="main"/);
    // The workshop's script draws its own.
    expect(/<header class="banner">[\s\S]*<footer/.test(page)).toBe(name !== "workshop" && name !== "door");
  });

  test("P6 ids stand once, and what refers to one finds it", () => {
    const ids = attributes(page, "id");
    expect(ids.length).toBe(new Set(ids).size);
    const wanted = ["for", "aria-labelledby", "aria-describedby"].flatMap((each) => attributes(page, each));
    expect(wanted.flatMap((each) => each.split(" ")).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("P7 the interface speaks its language, and no key stands where a text should", () => {
    expect(page).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${language}">`));
    expect(page).not.toMatch(/>\s*[a-z]+(-[a-z]+)+\s*</);
    expect(page).toMatch(/<title>[^<\n]+<\/title>/);
  });
});

test("P1 the same values give the same page", () => {
  expect(pagesWith("Atelier")).toEqual(pagesWith("Atelier"));
});

test("P4 the reading page holds every word and every download without a script", () => {
  const page = readingPage({
    ...setting("en"),
    minutes: minutesWith("Peu d'études d'impact"),
    secret: "abc",
    started: new Date("2017-02-28T12:00:00Z"),
    changed: new Date("2017-03-15T12:00:00Z"),
  });
  const text = page.replaceAll(/<script[\s\S]*?<\/script>|<[^>]*>/g, " ").replaceAll("&#39;", "'");
  expect(text.split("Peu d'études d'impact").length).toBeGreaterThan(10);
  for (const format of ["md", "html", "txt", "json"]) expect(page).toContain(`href="/r/abc/minutes.${format}"`);
  expect(page).toContain("28 February 2017");
  expect(page).toContain("15 March 2017");
});

test("P4 the code can be entered and every example opened without a script; what needs one says so", () => {
  const { home, join, workshop, door } = pagesWith("Atelier");
  for (const page of [home!, join!]) expect(page).toMatch(/<form [^>]*action="\/j" method="get"/);
  expect(home).toContain('href="/templates/Atelier?language=fr"');
  for (const page of [home!, join!, workshop!, door!])
    expect(page).toMatch(/<noscript>\s*<p class="warning">[^<]+JavaScript/);
});

test("P9 the minutes stand below the door, and alone after one press; very long ones are left to the script", () => {
  const door = (text: string): string => doorPage({ ...setting("fr"), minutes: minutesWith(text) });
  expect(door("mot")).toMatch(/<section\s+id="minutes"[^>]* popover="manual"/);
  expect(door("mot")).toContain('popovertarget="minutes"');
  expect(door("mot ".repeat(5_000))).not.toMatch(/id="minutes"|popovertarget/);
});

test("P5 the shell of a workshop is the same for all, and the reading page knows no other address", () => {
  const { workshop, reading, door } = pagesWith("Secret");
  expect(door).not.toMatch(/\/[wr]\//);
  expect(workshop).not.toContain("Secret");
  expect(reading).not.toMatch(/\/w\//);
});

test.each<[Language, Language]>([
  ["fr", "en"],
  ["en", "fr"],
])("P7 minutes in %s inside an interface in %s keep their language", (document, language) => {
  const minutes = minutesWith("x", document);
  const page = readingPage({ ...setting(language), minutes, secret: "s", started: new Date(0), changed: new Date(0) });
  expect(page).toMatch(new RegExp(`<html lang="${language}">`));
  expect(page).toMatch(new RegExp(`<article [^>]*lang="${document}"`));
});
