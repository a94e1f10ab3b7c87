/** The page where a short code is entered: a form that works by itself, and a script that goes straight in. */
import { words } from "./language.ts";
import { html } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface JoinPage extends Setting {
  /** As it stood in the address, whatever it was. */
  code?: string;
  /** Why that code leads nowhere, where it was asked already. */
  mistake?: string;
}

/** For /j, /j?code=… and /j/<code>. Without a script it says what is needed to write. */
export const joinPage = ({ language, assets, code, mistake }: JoinPage): string => {
  const t = words(language);
  const main = html`<div class="sheet notice-sheet">
    <h1>${t("join-page-title")}</h1>
    <p>${t("join-page-lead")}</p>
    <form id="join" class="form" action="/j" method="get">
      <div class="field">
        <label class="field__label" for="code">${t("join-page-code")}</label>
        <input
          class="input input--code"
          id="code"
          name="code"
          required
          autofocus
          maxlength="20"
          value="${code}"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="go"
          aria-describedby="code-hint code-mistake"
          ${mistake && html`aria-invalid="true"`}
        />
        <p class="field__hint" id="code-hint">${t("join-page-hint")}</p>
        <p class="field__mistake" id="code-mistake" role="alert">${mistake}</p>
      </div>
      <p class="buttons">
        <button class="button button--primary">${t("join-page-enter")}</button>
        <span
          id="join-status"
          class="soft"
          role="status"
          data-entering="${t("join-page-entering")}"
          data-failing="${t("attempt-unreachable")}"
        ></span>
      </p>
    </form>
    <noscript><p class="warning">${t("join-page-noscript")}</p></noscript>
  </div>`;
  return framed({
    language,
    assets,
    title: t("join-page-title"),
    main,
    layout: "narrow",
    script: "opening",
    asked: mistake !== undefined,
  });
};
