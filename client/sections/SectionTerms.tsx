/** What the words of a section mean, below it, for whoever asks: by touch, by keyboard or by ear. */
import type { FunctionComponent } from "preact";
import { saidIn } from "../../minutes/glossary.ts";
import type { Section, Term } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useMinutesLanguage } from "./steady.ts";
import { termsOf } from "./terms.ts";

/** Terms and what they mean. */
export const TermList = ({ terms, lang }: { terms: readonly Term[]; lang: string }) => (
  <dl class="terms__list" lang={lang}>
    {terms.map(({ id, term, meaning }) => (
      <div key={id}>
        <dt>{term}</dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
);

/** Draws nothing where nothing is explained. */
export const SectionTerms: FunctionComponent<{ session: Session; section: Section }> = ({ session, section }) => {
  const { all, find } = termsOf(session).value;
  const language = useMinutesLanguage(session);
  const terms = all.length === 0 ? [] : saidIn(section, find);
  if (terms.length === 0) return null;
  return (
    <details class="terms">
      <summary>
        {t("glossary-in-section")} <span lang={language}>{terms.map(({ term }) => term).join(", ")}</span>
      </summary>
      <TermList terms={terms} lang={language} />
    </details>
  );
};
