/** The people of a section: counted, grouped by sector, one line each, with a line to add the next. */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import { bySector, countPeople } from "../../minutes/people.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import type { PeopleSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useKeptFocus } from "./focus.ts";
import { asFields } from "./held.ts";
import { PersonAdd } from "./PersonAdd.tsx";
import { PersonRow } from "./PersonRow.tsx";
import { useMinutesLanguage } from "./steady.ts";

export const PeopleBody: FunctionComponent<{ session: Session; section: PeopleSection }> = ({ session, section }) => {
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  const [editing, setEditing] = useState<string>();
  const language = useMinutesLanguage(session);
  const groups = bySector(section).filter(({ people }) => people.length > 0);
  const count = countPeople(section);
  // One group without a name needs no heading: there is nothing to tell it from.
  const headed = groups.some(({ sector }) => sector !== undefined);
  return (
    <div class="people" ref={root}>
      {count > 1 && (
        <p class="people__count" lang={language}>
          {WORDS[language].count}
          {language === "fr" ? "\u00A0: " : ": "}
          <strong>{count}</strong>
        </p>
      )}
      {groups.map(({ sector, people }) => (
        <div key={sector ?? ""} class="people__group">
          {headed && (
            <h3 class="overline" lang={language}>
              {sector ?? WORDS[language].others} · {people.length}
            </h3>
          )}
          <ul class="people__list" role="list">
            {people.map((person) => (
              <PersonRow
                key={person.id}
                session={session}
                section={section.id}
                sectors={section.sectors}
                person={person}
                open={editing === person.id}
                edit={setEditing}
              />
            ))}
          </ul>
        </div>
      ))}
      {count === 0 && !asFields(session) && <p class="soft">{t("sections-nothing-yet")}</p>}
      <PersonAdd session={session} section={section} />
    </div>
  );
};
