/** The page of a refusal: one sentence that says what is so, and a next step. */
import { words } from "./language.ts";
import { html } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface RefusalPage extends Setting {
  /** The sentence people read, in the language of the interface. */
  sentence: string;
  /** What to quote when asking for help. */
  id?: string;
}

/** Complete without a script; the route sets the status. */
export const refusalPage = ({ language, assets, sentence, id }: RefusalPage): string => {
  const t = words(language);
  const main = html`<div class="sheet notice-sheet">
    <h1>${t("refusal-page-title")}</h1>
    <p>${sentence}</p>
    <p class="buttons">
      <a class="button button--primary" href="/">${t("refusal-page-home")}</a>
      <a class="button" href="/j">${t("refusal-page-join")}</a>
    </p>
    ${id && html`<p class="soft small">${t("refusal-page-id", { id })}</p>`}
  </div>`;
  return framed({ language, assets, title: t("refusal-page-title"), main, layout: "narrow" });
};
