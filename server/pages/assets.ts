/** Where the built scripts and styles stand: read from the manifest of the build, told to every page. */

/** A script and what it imports, to be fetched along with it. */
interface Script {
  file: string;
  imports: readonly string[];
}

export interface Assets {
  style: string;
  icon: string;
  scripts: Record<"home" | "joining" | "workshop" | "reading", Script>;
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
  const script = (source: string): Script => {
    const { file, imports = [] } = entry(source);
    return { file: base + file, imports: imports.map((name) => base + entry(name).file) };
  };
  return {
    style: base + entry("style/main.css").file,
    icon: base + entry("style/icon.svg").file,
    scripts: {
      home: script("home.tsx"),
      joining: script("joining.ts"),
      workshop: script("workshop.tsx"),
      reading: script("reading.ts"),
    },
  };
};
