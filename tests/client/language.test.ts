/** The words of the interface: both languages complete and equal, every key known, French set with care. */
import { readFileSync, globSync } from "node:fs";
import { FluentResource } from "@fluent/bundle";
import { describe, expect, test } from "vitest";
import { detectLanguage } from "../../client/wanted.ts";
import { LANGUAGES, type Language } from "../../minutes/value.ts";

const fileOf = (language: Language): string => readFileSync(`locales/${language}.ftl`, "utf8");

/** Key → the text and the arguments of its message, as Fluent itself understood it. */
const messages = (language: Language): Map<string, { text: string; args: string[] }> => {
  const resource = new FluentResource(fileOf(language));
  return new Map(
    resource.body.map((entry) => {
      const value = JSON.stringify(entry.value);
      const args = new Set([...value.matchAll(/"type":"var","name":"(\w+)"/g)].map((match) => match[1]!));
      return [entry.id, { text: value, args: [...args].toSorted() }];
    }),
  );
};

const written = (language: Language): string[] =>
  [...fileOf(language).matchAll(/^(-?[a-zA-Z][\w-]*) *=/gm)].map((match) => match[1]!);

const sources = globSync(["client/**/*.{ts,tsx}", "server/**/*.ts", "document/**/*.ts"]).map((file) => ({
  file,
  text: readFileSync(file, "utf8"),
}));

/** t("key"), and t(`prefix-${…}`) as its prefix. */
const calls = sources.flatMap(({ file, text }) => [
  ...[...text.matchAll(/(?<!\.)\b(?:t|say|words\([^)]*\))\(\s*"([^"]+)"/g)].map((match) => ({ file, key: match[1]! })),
  ...[...text.matchAll(/\bt\(\s*[^")]*\? "([^"]+)" : "([^"]+)"/g)].flatMap((match) =>
    match.slice(1).map((key) => ({ file, key })),
  ),
]);
const prefixes = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/`([a-z][a-z-]*-)\$\{/g)].map((match) => ({ file, prefix: match[1]! })),
);

describe("C20 words", () => {
  test("both languages have the same keys", () => {
    expect([...messages("en").keys()].toSorted()).toEqual([...messages("fr").keys()].toSorted());
  });

  test("the same arguments stand in both", () => {
    const [fr, en] = [messages("fr"), messages("en")];
    const different = [...fr].filter(([key, { args }]) => args.join() !== en.get(key)?.args.join()).map(([key]) => key);
    expect(different).toEqual([]);
  });

  test.each(LANGUAGES)("every line of %s.ftl is understood, and no key stands twice", (language) => {
    const keys = written(language);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect([...messages(language).keys()].toSorted()).toEqual(keys.filter((key) => !key.startsWith("-")).toSorted());
    const strays = fileOf(language)
      .split("\n")
      .filter((line) => !/^(#.*|\s*|\s+\S.*|-?[a-zA-Z][\w-]* *=.*|\})$/.test(line));
    expect(strays).toEqual([]);
  });

  test("every key the code asks for exists", () => {
    const known = messages("fr");
    expect(calls.length).toBeGreaterThan(20);
    expect(calls.filter(({ key }) => !known.has(key)).map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });

  test("every key is asked for by some code, by itself or by its beginning", () => {
    const all = sources.map(({ text }) => text).join("\n");
    const unused = [...messages("fr").keys()].filter(
      (key) => !all.includes(`"${key}"`) && !prefixes.some(({ prefix }) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe("C20 French is set with care", () => {
  const texts = [...messages("fr")].map(([key, { text }]) => ({ key, text: spoken(text) }));

  /** The words of a message, without its selectors and arguments. */
  function spoken(json: string): string {
    const pieces: string[] = [];
    JSON.parse(json, (name, value: unknown) => {
      if (typeof value === "string" && name !== "type" && name !== "name") pieces.push(value);
      return value;
    });
    return pieces.join("\u2063");
  }

  const found = (wrong: RegExp): string[] => texts.filter(({ text }) => wrong.test(text)).map(({ key }) => key);

  test("no straight apostrophe, no three full stops, no narrow space a font may lack", () => {
    expect(found(/'/)).toEqual([]);
    expect(found(/\.\.\./)).toEqual([]);
    expect(found(/\u202F/)).toEqual([]);
    expect(found(/"/)).toEqual([]);
  });

  test("U+00A0 stands before : ; ! ? and inside « »", () => {
    expect(found(/[^\u00A0\s\d/!?][;!?](?=\s|$|\u2063)|[^\u00A0\s/]:(?=\s|$|\u2063)/)).toEqual([]);
    expect(found(/[ \t\n\u2063][:;!?](?=\s|$|\u2063)/)).toEqual([]);
    expect(found(/«(?!\u00A0)|(?<!\u00A0)»/)).toEqual([]);
  });

  test("œ is kept", () => {
    expect(found(/\b(oeuvre|coeur|voeu|noeud|oeil)/i)).toEqual([]);
  });
});

test.each([
  ["", null, [], "fr"],
  ["", null, ["de", "en-GB"], "en"],
  ["", "fr", ["en"], "fr"],
  ["?lang=en", "fr", ["fr"], "en"],
  ["?lang=de", null, ["EN"], "en"],
  ["", "tlh", ["fr-CA"], "fr"],
] as const)("C20 query %s, chosen %j, browser %j: %s", (query, stored, browser, expected) => {
  expect(detectLanguage(query, stored, browser)).toBe(expected);
});
