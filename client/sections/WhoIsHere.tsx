/** Who else is in a section now, by name beside its heading. */
import type { FunctionComponent } from "preact";
import { t } from "../language.ts";
import { Disc, nameOf, peopleHere } from "../panels/People.tsx";
import type { Session } from "../session/session.ts";

/** More people than this are counted. */
const MOST = 3;

export const WhoIsHere: FunctionComponent<{ session: Session; section: string }> = ({ session, section }) => {
  const here = peopleHere(session).filter((person) => !person.me && person.section === section);
  if (here.length === 0) return null;
  return (
    <p class="here">
      <span class="unseen">{t("sections-here")} </span>
      {here.slice(0, MOST).map((person) => (
        <span key={person.visitor} class="here__one">
          <Disc person={person} /> <bdi>{nameOf(person)}</bdi>
        </span>
      ))}
      {here.length > MOST && <span>+{here.length - MOST}</span>}
    </p>
  );
};
