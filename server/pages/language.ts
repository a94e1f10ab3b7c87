/** The words of the pages the server renders, in the visitor's language. */
import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { isolated } from "../../minutes/direction.ts";
import { LANGUAGES, type Language } from "../../minutes/value.ts";

/** Gives the text of a key in one language; the key itself where it is missing. */
export type Words = (key: string, args?: Record<string, FluentVariable>) => string;

const load = (language: Language): Words => {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const file = new URL(`../../locales/${language}.ftl`, import.meta.url);
  bundle.addResource(new FluentResource(readFileSync(file, "utf8")));
  return (key, args) => {
    const pattern = bundle.getMessage(key)?.value;
    // Many fonts lack the narrow space that French number formatting puts between thousands.
    return pattern ? bundle.formatPattern(pattern, args && beside(args)).replaceAll("\u202F", "\u00A0") : key;
  };
};

/** What people wrote, so that a title read from the right does not turn the sentence around it. */
const beside = (args: Record<string, FluentVariable>): Record<string, FluentVariable> =>
  Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, typeof value === "string" ? isolated(value) : value]),
  );

const loaded = new Map<Language, Words>();

/** The words of one language, read from locales/ once per process. */
export const words = (language: Language): Words => {
  const known = loaded.get(language) ?? load(language);
  loaded.set(language, known);
  return known;
};

const known = (tag: unknown): Language | undefined =>
  typeof tag === "string"
    ? LANGUAGES.find((language) => tag.trim().toLowerCase().split("-")[0] === language)
    : undefined;

/**
 * The language to answer in: `?lang=` where it names one we have, else the best of Accept-Language, else `fallback`.
 * Takes both as they come from the network; anything unreadable counts as absent.
 */
export const chooseLanguage = (query: unknown, accept: string | undefined, fallback: Language): Language => {
  const asked = known(query);
  if (asked) return asked;
  const ranked = (accept ?? "").split(",").map((part, order) => {
    const [tag, ...parameters] = part.split(";");
    const weight = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
    return { language: known(tag), weight: weight === undefined ? 1 : Number(weight), order };
  });
  const best = ranked
    .filter((each) => each.language !== undefined && each.weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.order - b.order)[0];
  return best?.language ?? fallback;
};
