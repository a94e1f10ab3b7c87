/** What every page shares: head, skip link, banner, footer, and the choice of language. */
import { LANGUAGES, type Language } from "../../minutes/value.ts";
import type { Assets } from "./assets.ts";
import { words } from "./language.ts";
import { html, type Markup } from "./markup.ts";

/** What a route knows about every page it answers with. */
export interface Setting {
  /** The language of the interface. */
  language: Language;
  assets: Assets;
}

export interface Frame extends Setting {
  /** What stands in the title bar before the name of the house; must not leak what a secret protects. */
  title?: string;
  body: Markup;
  script?: keyof Assets["scripts"];
  /** The page was told what its script would begin by asking: it begins when somebody tries again. */
  asked?: boolean;
}

export interface Framed extends Omit<Frame, "body"> {
  /** What stands inside <main>. */
  main: Markup;
  /** Class of <main>. */
  layout: "narrow" | "reading" | "home";
}

const NAMES: Record<Language, string> = { fr: "Français", en: "English" };

const languages = (current: Language): Markup => {
  const t = words(current);
  return html`<nav class="languages" aria-label="${t("page-languages")}">
    ${LANGUAGES.map(
      (language) =>
        html`<a
          href="?lang=${language}"
          lang="${language}"
          hreflang="${language}"
          ${language === current && html`aria-current="true"`}
          >${NAMES[language]}</a
        > `,
    )}
  </nav>`;
};

const NO_SCRIPT = { imports: [], first: [], later: [], last: [] };

/**
 * What a browser asks for when the head of the answer to a workshop's page has come: the page itself, of which a phone first
 * makes a document, names the same six files.
 */
export const askedAhead = ({ language, assets }: Setting): string => {
  const { file, imports, first, later } = assets.scripts.opening;
  const scripts = [...first, ...imports, assets.words[language], file, ...later.slice(0, 1)];
  return [
    `<${assets.style}>; rel=preload; as=style`,
    ...scripts.map((each) => `<${each}>; rel=modulepreload${first.includes(each) ? "; fetchpriority=high" : ""}`),
  ].join(", ");
};

/** A whole document. Nothing in it is executed or styled inline, so that the strictest policy allows it. */
export const shell = ({ language, assets, title, body, script, asked }: Frame): string => {
  const t = words(language);
  /** All at once: what is asked for only by what it is imported from costs the slowest networks another journey. */
  const preload = (file: string, priority?: "low"): Markup =>
    html`<link rel="modulepreload" href="${file}" ${priority && html`fetchpriority="${priority}"`} /> `;
  const { imports, first, later, last } = script ? assets.scripts[script] : NO_SCRIPT;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${title ? `${title} · ${t("page-name")}` : t("page-name")}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fffdf9" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#1f1e1b" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="${assets.icons.touch}" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="stylesheet" href="${assets.style}" />
        ${
          script && [
            // What runs first needs neither the page nor its style.
            ...(asked ? [] : first).map((file, index) =>
              index === 0
                ? html`<script id="entering" type="module" src="${file}" fetchpriority="high" async></script> `
                : preload(file),
            ),
            ...imports.map((file) => preload(file)),
            // The reading page is drawn with its words.
            script !== "reading" && preload(assets.words[language]),
            html`<script type="module" src="${assets.scripts[script].file}"></script> `,
            // A browser fetches six at a time: the sixth is what takes longest of all that is not seen yet.
            ...later.slice(0, 1).map((file) => preload(file)),
            ...(script === "opening" ? [...later.slice(1), assets.moreWords[language]] : []).map((file) =>
              preload(file, "low"),
            ),
            // Not as a module: one that once could not be fetched would be none for as long as the page lives.
            ...last.map(
              (file) => html`<link rel="preload" as="script" crossorigin href="${file}" fetchpriority="low" /> `,
            ),
          ]
        }
      </head>
      <body
        ${
          // Its own letters take as long as all that is first read, which system letters show as well.
          script === "opening" && html`data-letters="later"`
        }
      >
        <a class="skip unseen" href="#main">${t("page-skip")}</a>
        ${body}
      </body>
    </html> `;
  return page.text;
};

/** A document whose <main> stands between the banner and the footer. */
export const framed = ({ main, layout, ...frame }: Framed): string => {
  const t = words(frame.language);
  const body = html`<header class="banner">
      <a class="brand" href="/">${t("page-name")}</a>${languages(frame.language)}
    </header>
    <main id="main" class="${layout}" tabindex="-1">${main}</main>
    <footer class="colophon">
      <p>${t("page-colophon")} <a href="/privacy?lang=${frame.language}">${t("kept-title")}</a></p>
    </footer>`;
  return shell({ ...frame, body });
};
