/** Who is here: discs with initials, colours from the palette, the full names in words for those who do not see discs. */
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { panel } from "./panel.ts";

/** One person, however many tabs. */
export interface Here {
  visitor: string;
  name: string;
  organisation: string;
  colour: number;
  section?: string | undefined;
  me: boolean;
}

const FEW = 3;

/** Everybody in the room, oneself first. */
export const peopleHere = (session: Session): Here[] => {
  const own = session.visitor.value;
  const others = new Map<string, Here>();
  for (const { visitor, name, colour, section } of session.present.value) {
    if (visitor === own.id) continue;
    const before = others.get(visitor);
    const organisation = session.visitors.value.get(visitor)?.organisation ?? "";
    others.set(visitor, { visitor, name, colour, organisation, me: false, section: section ?? before?.section });
  }
  return [{ ...own, visitor: own.id, me: true }, ...others.values()];
};

/** The name, or the word for somebody who gave none. */
export const nameOf = ({ name, me }: Pick<Here, "name" | "me">): string =>
  name || t(me ? "people-you" : "people-someone");

/** What people take for one letter. */
const graphemes = new Intl.Segmenter();

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const [first = [], second] = words.map((word) => Array.from(graphemes.segment(word), ({ segment }) => segment));
  return (second ? [first[0], second[0]] : first.slice(0, 2)).join("").toLocaleUpperCase();
};

export const Disc = ({ person }: { person: Here }) => (
  <span class={`disc disc--${person.colour}`} title={nameOf(person)} aria-hidden="true">
    {initials(nameOf(person))}
  </span>
);

/** A few discs and how many more; opens the list. */
export const Discs = ({ session, onOpen }: { session: Session; onOpen: () => void }) => {
  const here = peopleHere(session);
  const more = here.length - FEW;
  return (
    <button type="button" class="discs" onClick={onOpen} aria-label={t("people-here", { count: here.length })}>
      {here.slice(0, FEW).map((person) => (
        <Disc key={person.visitor} person={person} />
      ))}
      {more > 0 && <span class="disc disc--more discs__more">+{more}</span>}
      <span class="disc disc--more discs__count">{here.length}</span>
    </button>
  );
};

/** The full list, with where everybody is writing. */
export const PeopleList = ({ session }: { session: Session }) => (
  <ul class="people-here">
    {peopleHere(session).map((person) => {
      const section = session.minutes.value.sections.find(({ id }) => id === person.section);
      return (
        <li key={person.visitor}>
          <Disc person={person} />
          <span>
            <b>
              <bdi>{nameOf(person)}</bdi>
            </b>
            {person.me && person.name && <span class="soft"> {t("people-is-you")}</span>}
            {person.organisation && (
              <span class="soft">
                {" · "}
                <bdi>{person.organisation}</bdi>
              </span>
            )}
            {person.me && (
              <button type="button" class="people-here__kept small" onClick={() => (panel.value = "kept")}>
                {t("kept-mine")}
              </button>
            )}
            {section && (
              <span class="soft small people-here__place">{t("people-in", { section: section.heading })}</span>
            )}
          </span>
        </li>
      );
    })}
  </ul>
);
