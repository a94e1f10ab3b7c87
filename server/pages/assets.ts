/** Where the built scripts, words and styles stand: read from the manifest of the build, told to every page. */
import { LANGUAGES, type Language } from "../../minutes/value.ts";

/** A script and all that it imports, to be fetched along with it. */
interface Script {
  file: string;
  imports: readonly string[];
  /** A small one that runs before it, imports included, while it is still on its way. */
  first: readonly string[];
  /** What the page will ask for by itself a moment later: what the others there are built on first. */
  later: readonly string[];
  /** What it asks for when all that has come. */
  last: readonly string[];
}

export interface Assets {
  style: string;
  icon: string;
  /** For the screen of a telephone: two sizes, one that may be cut to any shape, one that is cut by the system. */
  icons: Record<"192" | "512" | "maskable" | "touch", string>;
  scripts: Record<"home" | "opening" | "reading" | "projector", Script>;
  /** The words of the interface, which scripts ask for as soon as they run. */
  words: Record<Language, string>;
  /** Those that come with the stay in a workshop. */
  moreWords: Record<Language, string>;
}

/** What a page needs to know of `dist/.vite/manifest.json`. */
export type Manifest = Record<string, { file: string; imports?: string[] }>;

/**
 * Takes the parsed manifest and gives the addresses under `base`.
 * Throws when an entry is missing: a page without its script must fail at the start, not in front of people.
 */
export const assetsFrom = (manifest: Manifest, base = "/"): Assets => {
  const entry = (source: string): Manifest[string] => {
    const found = manifest[source];
    if (!found) throw new Error(`The build holds no ${source}: run \`npm run build\`.`);
    return found;
  };
  /** Those files and all that they import. */
  const whole = (sources: readonly string[]): string[] => {
    const all = new Set(sources);
    // A set that grows is walked to its end.
    for (const name of all) for (const each of entry(name).imports ?? []) all.add(each);
    return [...new Set([...all].map((name) => base + entry(name).file))];
  };
  const script = (source: string, before: readonly string[] = [], ...then: readonly string[]): Script => {
    const first = whole(before);
    const [file, ...imports] = whole([source]);
    const here = new Set([file, ...imports]);
    const [later, last] = then.map((each) => {
      const files = whole([each]).filter((name) => !here.has(name));
      for (const name of files) here.add(name);
      return files.toReversed();
    });
    return {
      file: file!,
      imports: imports.filter((each) => !first.includes(each)),
      first,
      later: later ?? [],
      last: last ?? [],
    };
  };
  const wordsIn = (part: "words" | "more"): Record<Language, string> =>
    // One for each language there is.
    Object.fromEntries(
      LANGUAGES.map((language) => [language, base + entry(`../locales/${language}.ftl?${part}`).file]),
    ) as Record<Language, string>;
  const icon = (name: string): string => base + entry(`style/icon-${name}.png`).file;
  return {
    icons: { "192": icon("192"), "512": icon("512"), maskable: icon("maskable"), touch: icon("touch") },
    style: base + entry("style/main.css").file,
    icon: base + entry("style/icon.svg").file,
    scripts: {
      home: script("home.tsx"),
      opening: script("opening.tsx", ["entering.ts"], "stay.tsx", "editor/editing.ts"),
      reading: script("reading.ts"),
      projector: script("projector.tsx"),
    },
    words: wordsIn("words"),
    moreWords: wordsIn("more"),
  };
};
