/** The outline of the sheet (buttons, for the fragment of the address is the secret): a dot per section for how far it has come, and who is in it. Tabs on a phone. */
import { useEffect, useRef } from "preact/hooks";
import { progress } from "../../minutes/progress.ts";
import type { Section } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { Disc, nameOf, peopleHere } from "./People.tsx";
import { goToSection, placeIn } from "./place.ts";

/** How many there are of what a section holds; undefined where counting says nothing. */
const countOf = (section: Section): number | undefined => {
  if (section.kind === "items") return section.items.length || undefined;
  if (section.kind === "people") return section.people.length || undefined;
  return undefined;
};

const Entry = ({ session, section }: { session: Session; section: Section }) => {
  const here = peopleHere(session).filter((person) => !person.me && person.section === section.id);
  const count = countOf(section);
  const state = progress(section);
  const current = placeIn(session.minutes.value.sections) === section.id;
  const link = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Only the strip of tabs is scrolled, never the page.
    const strip = link.current?.closest("ul");
    if (current && link.current && strip) strip.scrollLeft = link.current.offsetLeft - strip.offsetLeft - 16;
  }, [current]);
  return (
    <li>
      <button
        ref={link}
        type="button"
        class="outline__link"
        aria-current={current ? "true" : undefined}
        onClick={() => goToSection(section.id)}
      >
        <span class={`dot dot--${state}`} aria-hidden="true" />
        <span class="outline__words" lang={session.minutes.value.language}>
          {section.heading || t("outline-untitled")}
          {count !== undefined && <span class="outline__count"> · {count}</span>}
        </span>
        <span class="unseen">{t(`outline-${state}`)}</span>
        {here.length > 0 && (
          <span class="outline__here">
            {here.slice(0, 2).map((person) => (
              <Disc key={person.visitor} person={person} />
            ))}
            <span class="unseen">{t("outline-here", { names: here.map(nameOf).join(", ") })}</span>
          </span>
        )}
      </button>
    </li>
  );
};

export const Outline = ({ session }: { session: Session }) => (
  <nav class="outline" aria-labelledby="outline-heading">
    <h2 id="outline-heading" class="overline outline__heading">
      {t("outline-heading")}
    </h2>
    <ul class="outline__list">
      {session.minutes.value.sections.map((section) => (
        <Entry key={section.id} session={session} section={section} />
      ))}
    </ul>
  </nav>
);
