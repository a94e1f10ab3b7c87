/** One person: read as a line, opened to be edited in place, removed with a way back. */
import type { FunctionComponent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { removePerson, restorePerson, setPerson } from "../../document/edit/people.ts";
import { personLine, personText } from "../../minutes/people.ts";
import type { Person } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { asFields } from "./held.ts";
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
        choose={
          session.canWrite.value ? (value) => setPerson(session.doc, section, person.id, "sector", value) : undefined
        }
      />
    </label>
    <button type="button" class="button" onClick={close}>
      {t("sections-done")}
    </button>
  </div>
);

interface RowProps extends PersonProps {
  open: boolean;
  /** Opens this person, or with undefined closes it. Whoever draws the rows keeps it: a new sector is another list. */
  edit: (person: string | undefined) => void;
}

export const PersonRow = memo<RowProps>((props) => {
  const { session, section, person, open, edit } = props;
  const held = session.frozen.value || undefined;
  const row = useRef<HTMLLIElement>(null);
  const was = useRef<boolean>(undefined);
  useLayoutEffect(() => {
    // Drawn open from the start: it came from another sector, by the choice of one.
    const part = open ? (was.current === undefined ? "select" : "input") : "button";
    if (open || was.current) row.current?.querySelector<HTMLElement>(part)?.focus();
    was.current = open;
  }, [open]);

  const line = (
    <>
      <bdi class="person__name">{person.name || person.organisation || "…"}</bdi>
      {person.name !== "" && person.organisation && <bdi class="person__more">{person.organisation}</bdi>}
      {person.role && <bdi class="person__more">{person.role}</bdi>}
    </>
  );
  const remove = (): void => {
    removePerson(session.doc, section, person.id);
    session.notify(t("persons-removed", { name: personText(person) }), () => {
      restorePerson(session.doc, section, person.id);
    });
  };
  return (
    <li class="person" data-row={person.id} ref={row}>
      {!asFields(session) ? (
        <span class="person__line">{line}</span>
      ) : open ? (
        <PersonEditor {...props} close={() => edit(undefined)} />
      ) : (
        <>
          <button
            type="button"
            class="person__line person__line--button"
            aria-disabled={held}
            aria-label={t("persons-edit", { name: personLine(person) })}
            onClick={() => held || edit(person.id)}
          >
            {line}
          </button>
          <button
            type="button"
            class="button button--quiet button--icon person__remove"
            aria-disabled={held}
            aria-label={t("persons-remove", { name: personText(person) })}
            onClick={() => held || remove()}
          >
            <span aria-hidden="true">×</span>
          </button>
        </>
      )}
    </li>
  );
});
