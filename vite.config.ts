/** How the client is bundled: one entry per page, hashed files, a manifest the server reads. */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { defineConfig, type Plugin } from "vite";

/** Icons that only a manifest names, which is the server's: no file of the client would bring them along. */
const icons: Plugin = {
  name: "icons",
  buildStart() {
    for (const file of globSync("client/style/icon-*.png")) {
      const [name, originalFileName] = [basename(file), relative("client", file)];
      this.emitFile({ type: "asset", name, originalFileName, source: readFileSync(file) });
    }
  },
};

/** What of its words a page needs before anything else, what comes with the stay in a workshop, or with what opens over it. */
const WORDS = /\.ftl\?(words|more|panels)$/;

const ENTRIES = ["home.tsx", "entering.ts", "opening.tsx", "reading.ts", "projector.tsx"];

/** What is asked for to write with. */
const STAY = ["stay.tsx", "editor/editing.ts"];

/** The files of `client/` that `roots` need before anything is asked for later. */
const filesOf = (roots: readonly string[]): string[] => {
  const found = new Set(roots.map((root) => resolve("client", root)));
  // A set that grows is walked to its end.
  for (const file of found)
    for (const [, path] of readFileSync(file, "utf8").matchAll(
      /^(?:import|export) (?!type )[^;]*?"(\.[^"]+\.tsx?)";/gm,
    ))
      found.add(resolve(dirname(file), path!));
  return [...found];
};

/** Whether one of `files` asks for a key, by itself or by its beginning. */
const spokenIn = (files: readonly string[]): ((key: string) => boolean) => {
  const all = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const quoted = new Set([...all.matchAll(/"([a-z][a-z-]*)"/g)].map(([, word]) => word));
  const beginnings = [...all.matchAll(/`([a-z][a-z-]*-)\$\{/g)].map(([, beginning]) => beginning!);
  return (key) => quoted.has(key) || beginnings.some((beginning) => key.startsWith(beginning));
};

/** Only the words that a browser shows, taken apart already: what the server alone says need not travel, a phone need not read Fluent. */
export const spokenWords: Plugin = {
  name: "spoken-words",
  enforce: "pre",
  load(id) {
    const part = WORDS.exec(id)?.[1];
    if (part === undefined) return undefined;
    const isSpoken = spokenIn(globSync("client/**/*.{ts,tsx}"));
    const isFirst = spokenIn(filesOf(ENTRIES));
    const isOfStay = spokenIn(filesOf(STAY));
    const partOf = (key: string): string => (isFirst(key) ? "words" : isOfStay(key) ? "more" : "panels");
    const isWanted = (key: string): boolean => isSpoken(key) && partOf(key) === part;
    // A message goes on until the next one begins, or a note for whoever translates.
    const messages = new FluentResource(readFileSync(id.replace(/\?.*/, ""), "utf8")).body;
    const spoken = messages.filter(({ id: key }) => isWanted(key)).map(({ id: key, value }) => [key, value]);
    return `export default ${JSON.stringify(spoken)}`;
  },
};

/** Set by each of our editors: Tiptap's own extensions, with some hundred commands, are left out of it. */
const UNUSED = ["this.options.enableCoreExtensions ?", "false ?"] as const;

/** What Tiptap brings for editors that are not ours stays here: a phone would wait for it before the first letter. */
const leanTiptap: Plugin = {
  name: "lean-tiptap",
  transform(code, id) {
    if (!id.endsWith("@tiptap/core/dist/index.js")) return undefined;
    if (!code.includes(UNUSED[0])) throw new Error("Tiptap chooses its own extensions elsewhere: see vite.config.ts.");
    return {
      code: code.replace(...UNUSED).replaceAll("= Extension.create(", "= /* @__PURE__ */ Extension.create("),
      map: null,
    };
  },
};

type Look = (id: string) => { importedIds: readonly string[] } | null;
type Needed = (id: string, look: Look) => boolean;

/** What `root` imports and what that imports, as far as it is needed at once. */
const needs = (...roots: string[]): Needed => {
  const found = new Set<string>();
  return (id, look) => {
    if (found.size === 0) {
      for (const root of roots) found.add(resolve("client", root));
      // A set that grows is walked to its end.
      for (const each of found) for (const next of look(each)?.importedIds ?? []) found.add(next);
    }
    return found.has(id);
  };
};

const ofHome = needs("home.tsx");
const ofFront = needs("opening.tsx");
const ofKnock = needs("entering.ts");
const ofLine = needs("session/open.ts");
const ofStay = needs("stay.tsx");
/** What is asked for by what has come already. */
const ofLater = needs("editor/editing.ts", "../minutes/formats/format.ts");

const SMALL = /client\/(session\/known|panels\/single-keys|home\/Dialog)\.tsx?$/;

/**
 * Few files, for a browser fetches six at a time: what lets one in, what draws and speaks on every page, what is seen
 * first of a workshop, what keeps it. A module stands in the first that holds it.
 */
const parts: readonly { name: string; holds: Needed }[] = [
  { name: "knock", holds: (id, look) => ofKnock(id, look) || /vite\/preload-helper|rolldown\/runtime/.test(id) },
  // Besides, a few lines that pages would otherwise wait for as files of their own.
  { name: "base", holds: (id, look) => (ofHome(id, look) && ofFront(id, look)) || SMALL.test(id) },
  // The parser only what is kept needs, although what it is used in is named by others too.
  { name: "front", holds: (id, look) => ofFront(id, look) && !id.includes("/valibot/") },
  { name: "line", holds: (id, look) => ofLine(id, look) || (ofStay(id, look) && ofLater(id, look)) },
];

export default defineConfig({
  root: "client",
  publicDir: false,
  plugins: [icons, spokenWords, leanTiptap],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Shapes and their parsers: whoever only takes a comparison from there takes none of them along.
      treeshake: { moduleSideEffects: [{ test: /\/document\/session\.ts$/, sideEffects: false }] },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: parts.map(({ name, holds }, index) => ({
            debugName: name,
            name: (id, context) => (holds(id, (each) => context.getModuleInfo(each)) ? name : undefined),
            priority: parts.length - index,
          })),
        },
      },
      input: {
        home: "client/home.tsx",
        entering: "client/entering.ts",
        opening: "client/opening.tsx",
        reading: "client/reading.ts",
        projector: "client/projector.tsx",
        "service-worker": "client/service-worker.ts",
        style: "client/style/main.css",
      },
    },
  },
});
