/** Where the built scripts and styles stand: read from the manifest of the build, told to every page. */

export type Script = "home" | "joining" | "workshop" | "reading";

export interface Assets {
  style: string;
  icon: string;
  scripts: Record<Script, string>;
  /** What a script imports, to be fetched along with it. */
  imports: Record<Script, readonly string[]>;
}

interface Entry {
  file: string;
  imports?: string[];
}

const SOURCES: Record<Script, string> = {
  home: "home.tsx",
  joining: "joining.ts",
  workshop: "workshop.tsx",
  reading: "reading.ts",
};

/**
 * Takes the parsed `.vite/manifest.json` and gives the addresses under `base`.
 * Throws when an entry is missing: a page without its script must fail at the start, not in front of people.
 */
export const assetsFrom = (manifest: Record<string, Entry>, base = "/"): Assets => {
  const entry = (source: string): Entry => {
    const found = manifest[source];
    if (!found) throw new Error(`The build holds no ${source}: run \`npm run build\`.`);
    return found;
  };
  const scripts = Object.entries(SOURCES) as [Script, string][];
  const each = <T>(give: (source: string) => T): Record<Script, T> =>
    Object.fromEntries(scripts.map(([name, source]) => [name, give(source)])) as Record<Script, T>;
  return {
    style: base + entry("style/main.css").file,
    icon: base + entry("style/icon.svg").file,
    scripts: each((source) => base + entry(source).file),
    imports: each((source) => (entry(source).imports ?? []).map((name) => base + entry(name).file)),
  };
};
