/** The page on which a host reads how the server does. */
import { words } from "./language.ts";
import { html } from "./markup.ts";
import { framed, type Setting } from "./shell.ts";

export interface ConditionPage extends Setting {
  /** Each told in English, as the commands and the log tell it. */
  findings: readonly { name: string; good: boolean; says: string }[];
}

/** Complete without a script. */
export const conditionPage = ({ language, assets, findings }: ConditionPage): string => {
  const t = words(language);
  const good = findings.every((each) => each.good);
  const main = html`<div class="card">
    <h1>${t("check-title")}</h1>
    <p>${t(good ? "check-good" : "check-bad")}</p>
    <dl>
      ${findings.map(
        (each) =>
          html`<dt>${t(each.good ? "check-well" : "check-ill")} <span lang="en">${each.name}</span></dt>
            <dd lang="en">${each.says}</dd>`,
      )}
    </dl>
  </div>`;
  return framed({ language, assets, title: t("check-title"), main, layout: "narrow" });
};
