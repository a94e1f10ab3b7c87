/** One person: read as a line, opened to be edited in place, removed with a way back. */
import type { FunctionComponent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { removePerson, setPerson } from "../../document/edit/people.ts";
import { personText } from "../../minutes/people.ts";
import type { Person } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { SharedInput } from "./SharedInput.tsx";
import { memo } from "./steady.ts";
import { SectorSelect } from "./SectorSelect.tsx";

interface PersonProps {
  session: Session;
  section: string;
  sectors: readonly string[];
  person: Person;
}

const PARTS = ["name", "organisation", "role"] as const;

const PersonEditor: FunctionComponent<PersonProps & { close: () => void }> = ({
  session,
  section,
  sectors,
  person,
  close,
}) => (
  <div
    class="person__edit"
    role="group"
    aria-label={t("persons-edit", { name: personText(person) })}
    onKeyDown={(event) => {
      if (event.key === "Escape") close();
    }}
  >
    {PARTS.map((part) => (
      <label key={part} class="person__part">
        <span class="fields__label">{t(`persons-${part}`)}</span>
        <SharedInput
          session={session}
          class="input"
          value={person[part] ?? ""}
          parse={(text) => text.trim()}
          save={(value) => setPerson(session.doc, section, person.id, part, value)}
        />
      </label>
    ))}
    <label class="person__part">
      <span class="fields__label">{t("persons-sector")}</span>
      <SectorSelect
        sectors={sectors}
        value={person.sector ?? ""}
        choose={(value) => setPerson(session.doc, section, person.id, "sector", value)}
      />
    </label>
    <button type="button" class="button" onClick={close}>
      {t("sections-done")}
    </button>
  </div>
);

export const PersonRow = memo<PersonProps>((props) => {
  const { session, section, person } = props;
  const [open, setOpen] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const returns = useRef(false);
  useLayoutEffect(() => {
    if (open) row.current?.querySelector<HTMLElement>("input")?.focus();
    else if (returns.current) row.current?.querySelector<HTMLElement>("button")?.focus();
    returns.current = open;
  }, [open]);

  const line = (
    <>
      <span class="person__name">{person.name || person.organisation || "…"}</span>
      {person.name !== "" && person.organisation && <span class="person__more">{person.organisation}</span>}
      {person.role && <span class="person__more">{person.role}</span>}
    </>
  );
  const remove = (): void => {
    removePerson(session.doc, section, person.id);
    session.notify(t("persons-removed", { name: personText(person) }), () => {
      removePerson(session.doc, section, person.id, false);
    });
  };
  return (
    <li class="person" data-row={person.id} ref={row}>
      {!session.canWrite.value ? (
        <span class="person__line">{line}</span>
      ) : open ? (
        <PersonEditor {...props} close={() => setOpen(false)} />
      ) : (
        <>
          <button
            type="button"
            class="person__line person__line--button"
            aria-label={t("persons-edit", { name: personText(person) })}
            onClick={() => setOpen(true)}
          >
            {line}
          </button>
          <button
            type="button"
            class="button button--quiet button--icon person__remove"
            aria-label={t("persons-remove", { name: personText(person) })}
            onClick={remove}
          >
            <span aria-hidden="true">×</span>
          </button>
        </>
      )}
    </li>
  );
});
