/** The glossary at the foot of the sheet, as it stands at the end of every export. */
import { useComputed } from "@preact/signals";
import { unexplained } from "../../minutes/glossary.ts";
import { t } from "../language.ts";
import { TermList } from "../sections/SectionTerms.tsx";
import { termsOf } from "../sections/terms.ts";
import type { Session } from "../session/session.ts";
import { explain } from "./explaining.ts";

/** Draws nothing where nothing is explained; on a phone it stands below the last section. */
export const SheetGlossary = ({ session, away }: { session: Session; away: boolean }) => {
  const { all } = termsOf(session).value;
  if (all.length === 0) return null;
  return (
    <section class={`section glossary-foot${away ? " paper--away" : ""}`} aria-labelledby="glossary-foot">
      <div class="section__head">
        <h2 id="glossary-foot" class="section__heading">
          {t("glossary-heading")}
        </h2>
        {session.canWrite.value && (
          <button type="button" class="button button--small" aria-haspopup="dialog" onClick={() => explain()}>
            {t("glossary-edit")}
          </button>
        )}
      </div>
      <TermList terms={all} lang={session.minutes.value.language} />
    </section>
  );
};

/** For whoever facilitates: how many acronyms wait for an explanation, and the way to give it. */
export const GlossaryPart = ({ session }: { session: Session }) => {
  const count = useComputed(() => unexplained(session.minutes.value).length).value;
  return (
    <section class="facilitate__part" aria-labelledby="facilitate-glossary">
      <h3 id="facilitate-glossary" class="overline">
        {t("glossary-heading")}
      </h3>
      <p class="soft small">{t("glossary-waiting", { count })}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => explain()}>
          {t("glossary-open")}
        </button>
      </div>
    </section>
  );
};
