/** Which language the server answers in, and where its files stand. */
import { expect, test } from "vitest";
import { assetsFrom } from "../../server/pages/assets.ts";
import { chooseLanguage, words } from "../../server/pages/language.ts";

test.each([
  [undefined, undefined, "fr"],
  [undefined, "", "fr"],
  [undefined, "en-GB,en;q=0.9,fr;q=0.8", "en"],
  [undefined, "de, fr-CA;q=0.7, en;q=0.5", "fr"],
  [undefined, "fr;q=0.2, EN;q=0.3", "en"],
  [undefined, "en;q=0, de", "fr"],
  [undefined, "*;q=0.5", "fr"],
  [undefined, ";;q=,,=;en;q=x", "fr"],
  ["en", "fr", "en"],
  ["de", "en", "en"],
  [["en", "fr"], "fr", "fr"],
  [{ a: "en" }, undefined, "fr"],
] as const)("P8 ?lang=%j with Accept-Language %j answers in %s", (query, accept, expected) => {
  expect(chooseLanguage(query, accept, "fr")).toBe(expected);
});

test("P8 the setting of the server decides where nobody asks", () => {
  expect(chooseLanguage(undefined, "de", "en")).toBe("en");
});

test("P8 words come in their language, numbers without narrow spaces, and a missing key is told", () => {
  expect(words("fr")("page-skip")).toBe("Aller au contenu");
  expect(words("en")("page-skip")).toBe("Skip to content");
  expect(words("en")("refusal-page-id", { id: 12_345 })).toContain("12,345");
  expect(words("fr")("refusal-page-id", { id: 12_345 })).toContain("12\u00A0345");
  expect(words("fr")("no-such-key")).toBe("no-such-key");
});

test("P1 addresses of built files come from the manifest; a missing entry is told with what to run", () => {
  const file = (name: string) => ({ file: `assets/${name}` });
  const manifest = {
    "home.tsx": { ...file("home.js"), imports: ["_language.js"] },
    "entering.ts": { ...file("entering.js"), imports: ["_knock.js"] },
    "_knock.js": file("knock.js"),
    "opening.tsx": { ...file("opening.js"), imports: ["_language.js", "_knock.js"] },
    "stay.tsx": { ...file("stay.js"), imports: ["opening.tsx", "_line.js"] },
    "_line.js": file("line.js"),
    "editor/editing.ts": { ...file("editing.js"), imports: ["_line.js", "opening.tsx"] },
    "reading.ts": file("reading.js"),
    "projector.tsx": file("projector.js"),
    "style/main.css": file("style.css"),
    "style/icon.svg": file("icon.svg"),
    "_language.js": { ...file("language.js"), imports: ["_signals.js"] },
    "_signals.js": file("signals.js"),
    ...Object.fromEntries(
      ["192", "512", "maskable", "touch"].map((name) => [`style/icon-${name}.png`, file(`${name}.png`)]),
    ),
    "../locales/fr.ftl?words": file("fr.js"),
    "../locales/en.ftl?words": file("en.js"),
    "../locales/fr.ftl?more": file("fr-more.js"),
    "../locales/en.ftl?more": file("en-more.js"),
  };
  const { scripts, words: texts, moreWords } = assetsFrom(manifest);
  expect(scripts.home).toEqual({
    file: "/assets/home.js",
    imports: ["/assets/language.js", "/assets/signals.js"],
    first: [],
    later: [],
    last: [],
  });
  expect(scripts.opening).toEqual({
    file: "/assets/opening.js",
    imports: ["/assets/language.js", "/assets/signals.js"],
    first: ["/assets/entering.js", "/assets/knock.js"],
    // What the others are built on is asked for before them.
    later: ["/assets/line.js", "/assets/stay.js"],
    last: ["/assets/editing.js"],
  });
  expect(texts).toEqual({ fr: "/assets/fr.js", en: "/assets/en.js" });
  expect(moreWords).toEqual({ fr: "/assets/fr-more.js", en: "/assets/en-more.js" });
  expect(() => assetsFrom({ ...manifest, "reading.ts": undefined! })).toThrow(/reading\.ts.*npm run build/);
});
