/** The page behind a code: the door of its workshop, and below it the minutes, to be seen before any script has come. */
import { html as article } from "../../minutes/formats/html.ts";
import type { Minutes } from "../../minutes/value.ts";
import { words, type Words } from "./language.ts";
import { html, rendered, type Markup } from "./markup.ts";
import { shell, type Setting } from "./shell.ts";

export interface DoorPage extends Setting {
  minutes: Minutes;
}

/** Longer minutes are not carried twice through a slow network: they come with the answer at the door alone. */
const MOST_LETTERS = 100_000;

/** The form of the name, as `client/panels/NameForm.tsx` draws it: that one takes over what stands here. */
const nameForm = (t: Words, shown: boolean): Markup =>
  // Without a script nothing comes of it; above all not another page.
  html`<form class="form" method="dialog">
    <div class="field">
      <label class="field__label" for="door-name">${t("name-first")}</label>
      <input class="input" id="door-name" autocomplete="given-name" maxlength="80" required autofocus />
    </div>
    <div class="field">
      <label class="field__label" for="door-organisation">${t("name-organisation")}</label>
      <input class="input" id="door-organisation" autocomplete="organization" list="door-known" maxlength="80" />
      <datalist id="door-known"></datalist>
    </div>
    <div class="buttons">
      <button class="button button--primary">${t("joining-enter")}</button>
      <button
        type="button"
        class="button button--quiet"
        ${shown && html`popovertarget="minutes" popovertargetaction="show"`}
      >
        ${t("joining-skip")}
      </button>
    </div>
  </form>`;

/**
 * For /j?code= and /j/<code>; the script takes the door over as it stands, and draws the workshop in its place. The minutes
 * stand outside of what it takes over: they stay until it has others to show.
 */
export const doorPage = ({ language, assets, minutes }: DoorPage): string => {
  const t = words(language);
  const { subtitle, mandate, language: lang } = minutes;
  const title = minutes.title || t("page-untitled");
  const sheet = article(minutes);
  const shown = sheet.length <= MOST_LETTERS;
  const body = html`<div id="workshop" data-door>
      <main id="main" class="joining" tabindex="-1">
        <div class="sheet joining__sheet">
          <p class="overline" ${subtitle && html`lang="${lang}"`}>${subtitle || t("joining-overline")}</p>
          <h1 ${minutes.title && html`lang="${lang}"`}>${title}</h1>
          <p>${t("joining-lead")}</p>
          ${
            mandate &&
            html`<section class="joining__mandate" aria-label="${t("joining-mandate")}">
              ${mandate.split("\n").map((line) => html`<p lang="${lang}">${line}</p>`)}
            </section>`
          }
          ${nameForm(t, shown)}
          <p class="soft small joining__who">${t("joining-readers")}</p>
          <noscript><p class="warning">${t("joining-noscript")}</p></noscript>
        </div>
      </main>
    </div>
    ${
      shown &&
      html`<section
        id="minutes"
        class="sheet minutes-sheet joining__minutes"
        aria-label="${title}"
        data-door
        popover="manual"
        tabindex="-1"
        autofocus
      >
        ${rendered(sheet)}
      </section>`
    }`;
  return shell({ language, assets, title: t("title-door", { title }), body, script: "opening" });
};
