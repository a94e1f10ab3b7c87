/** The home page: the gallery of templates and the way in by code stand without a script, starting needs it. */
import type { Language } from "../../minutes/value.ts";
import { words, type Words } from "./language.ts";
import { html, pathPart, type Markup } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface Offer {
  id: string;
  title: string;
  description: string;
  language: Language;
  /** Kept on this server by somebody, rather than delivered with it. */
  kept: boolean;
}

export interface HomePage extends Setting {
  templates: readonly Offer[];
  /** Whether starting a workshop asks for the passphrase of this server. */
  passphrase: boolean;
}

const card = (offer: Offer, t: Words): Markup => {
  const address = `/templates/${pathPart(offer.id)}?language=${offer.language}`;
  const title = offer.title.trim() || t("page-untitled");
  return html`<li class="template" data-template="${offer.id}" data-language="${offer.language}">
    <div class="template__sheet" data-miniature="${address}" aria-hidden="true"></div>
    <div class="template__words">
      <h3 class="template__title" ${offer.kept && html`lang="${offer.language}"`}>${title}</h3>
      <p class="template__description soft small">${offer.description}</p>
      <p class="buttons">
        <button
          class="button button--primary"
          type="button"
          data-start="${offer.id}"
          hidden
          aria-label="${t("home-start-with", { title })}"
        >
          ${t("home-start")}
        </button>
        <a class="button" href="${address}" data-preview="${offer.id}" aria-label="${t("home-preview-of", { title })}"
          >${t("home-preview")}</a
        >
      </p>
    </div>
  </li>`;
};

const gallery = (offers: readonly Offer[], heading: string, id: string, t: Words): Markup | undefined =>
  offers.length === 0
    ? undefined
    : html`<section class="gallery" aria-labelledby="${id}">
        <h2 id="${id}">${heading}</h2>
        <ul class="gallery__cards" role="list">
          ${offers.map((offer) => card(offer, t))}
        </ul>
      </section>`;

/** For /. What this browser knows is drawn into #known, dialogs into #dialogs. */
export const homePage = ({ language, assets, templates, passphrase }: HomePage): string => {
  const t = words(language);
  const main = html`<div class="home__head">
      <div>
        <h1>${t("home-title")}</h1>
        <p class="home__lead">${t("home-lead")}</p>
      </div>
      <form class="card home__join" action="/j" method="get">
        <label class="field__label" for="code">${t("home-join")}</label>
        <div class="home__code">
          <input
            class="input input--code"
            id="code"
            name="code"
            required
            maxlength="20"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            enterkeyhint="go"
            aria-describedby="code-hint"
          />
          <button class="button button--primary">${t("home-join-go")}</button>
        </div>
        <p class="field__hint" id="code-hint">${t("home-join-hint")}</p>
      </form>
    </div>
    <div id="known"></div>
    <noscript><p class="warning">${t("home-noscript")}</p></noscript>
    ${gallery(
      templates.filter((offer) => !offer.kept),
      t("home-gallery"),
      "gallery",
      t,
    )}
    ${gallery(
      templates.filter((offer) => offer.kept),
      t("home-kept"),
      "kept",
      t,
    )}
    <div id="dialogs" data-passphrase="${passphrase ? "yes" : "no"}"></div>`;
  return framed({ language, assets, title: t("home-title"), main, layout: "home", script: "home" });
};
