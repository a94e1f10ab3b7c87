/** The room's screen before its script has run; who comes by a reading link is led to the page that needs none. */
import { words } from "./language.ts";
import { html, pathPart } from "./markup.ts";
import { shell, type Setting } from "./shell.ts";

export interface ProjectorPage extends Setting {
  /** Whoever came by a reading link, and what it leads to; absent: the secret never reached us. */
  reader?: { workshop: string; secret: string };
}

/** For /w/<id>/projector and /r/<secret>/projector; the script draws everything into #projector. */
export const projectorPage = ({ language, assets, reader }: ProjectorPage): string => {
  const t = words(language);
  const body = html`<div id="projector" ${reader && html`data-workshop="${reader.workshop}"`}>
    <main id="main" class="opening" tabindex="-1">
      <h1 class="opening__name">${t("page-name")}</h1>
      <p role="status">${t("projector-opening")}</p>
      <noscript>
        <p class="warning">${t("projector-noscript")}</p>
        ${reader && html`<p><a href="/r/${pathPart(reader.secret)}">${t("projector-read")}</a></p>`}
      </noscript>
    </main>
  </div>`;
  return shell({ language, assets, title: t("projector-title"), body, script: "projector" });
};
