/** The page of a template: filled with its example, set as real minutes are. */
import { html as article } from "../../minutes/formats/html.ts";
import type { Minutes } from "../../minutes/value.ts";
import { words } from "./language.ts";
import { html, rendered } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface TemplatePage extends Setting {
  name: string;
  description: string;
  /** The template filled with its example; for one kept on this server, its bare structure. */
  example: Minutes;
}

/** For /templates/<id>; the home page shows the same sheet in a dialog and in its gallery. */
export const templatePage = ({ language, assets, name, description, example }: TemplatePage): string => {
  const t = words(language);
  const main = html`<header class="reading__head reading__head--template">
      <p class="overline">${t("template-page-kind")}</p>
      <p class="reading__name">${name}</p>
      ${description && html`<p class="soft">${description}</p>`}
      <p><a href="/">${t("template-page-back")}</a></p>
    </header>
    <div class="sheet minutes-sheet">${rendered(article(example))}</div>`;
  return framed({ language, assets, title: name, main, layout: "reading" });
};
