/** The page of a workshop before its script has run: it knows no title and no word of it, the secret never reached us. */
import { words } from "./language.ts";
import { html } from "./markup.ts";
import { shell, type Setting } from "./shell.ts";

/** The shell for /w/<id>; the script draws everything into #workshop: banner, <main id="main">, all of it. */
export const workshopPage = ({ language, assets }: Setting): string => {
  const t = words(language);
  const body = html`<div id="workshop">
    <main id="main" class="opening" tabindex="-1">
      <h1 class="opening__name">${t("page-name")}</h1>
      <p role="status">${t("workshop-page-opening")}</p>
      <noscript><p class="warning">${t("workshop-page-noscript")}</p></noscript>
    </main>
  </div>`;
  return shell({ language, assets, title: t("workshop-page-title"), body, script: "opening" });
};
