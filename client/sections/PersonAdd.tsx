/** The line that adds a person: name, organisation typed ahead, sector; Enter adds and starts the next. */
import type { FunctionComponent } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { addPerson } from "../../document/edit/people.ts";
import { organisationsOf } from "../../minutes/people.ts";
import type { PeopleSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { drafted, useDraft } from "./draft.ts";
import { asFields } from "./held.ts";
import { SectorSelect } from "./SectorSelect.tsx";
import { usePart } from "./steady.ts";

/** Organisations known in this workshop: in its people sections, and given by those who joined. */
const useOrganisations = (session: Session): string[] => {
  const people = usePart(session, ({ sections }) =>
    sections.flatMap((section) => (section.kind === "people" ? section.people : [])),
  );
  const joined = [...session.visitors.value.values()].map(({ organisation }) => ({ id: "", name: "", organisation }));
  return organisationsOf([...people, ...joined]).toSorted((a, b) => a.localeCompare(b));
};

/** Draws nothing for those who may not write. The sector stays for the next person of the same table. */
export const PersonAdd: FunctionComponent<{ session: Session; section: PeopleSection }> = ({ session, section }) => {
  const id = useId();
  const name = useRef<HTMLInputElement>(null);
  const organisation = useRef<HTMLInputElement>(null);
  const drafts = {
    name: useDraft(session, section.id, "name"),
    organisation: useDraft(session, section.id, "organisation"),
  };
  const known = useOrganisations(session);
  const [sector, setSector] = useState("");
  if (!asFields(session)) return null;
  const held = !session.canWrite.value;

  const add = (event: Event): void => {
    event.preventDefault();
    if (held || !name.current || !organisation.current) return;
    const person = { name: name.current.value.trim(), organisation: organisation.current.value.trim() };
    if (person.name === "" && person.organisation === "") return;
    session.undo.stopCapturing();
    addPerson(session.doc, section.id, { ...person, sector });
    session.announce(t("persons-added", { name: person.name || person.organisation }));
    name.current.value = "";
    organisation.current.value = "";
    for (const draft of Object.values(drafts)) draft.keep("");
    name.current.focus();
  };
  return (
    <form class="people__add" onSubmit={add} aria-label={t("persons-add-form", { heading: section.heading })}>
      <input
        ref={name}
        {...drafted(drafts.name)}
        class="input"
        readOnly={held}
        autocomplete="off"
        aria-label={t("persons-name")}
        placeholder={t("persons-add-hint")}
      />
      <input
        ref={organisation}
        {...drafted(drafts.organisation)}
        class="input"
        readOnly={held}
        autocomplete="off"
        list={`${id}-known`}
        aria-label={t("persons-organisation")}
        placeholder={t("persons-organisation")}
      />
      <datalist id={`${id}-known`}>
        {known.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {section.sectors.length > 0 && (
        <SectorSelect
          sectors={section.sectors}
          value={sector}
          label={t("persons-sector")}
          choose={held ? undefined : setSector}
        />
      )}
      <button type="submit" class="button" aria-disabled={held || undefined}>
        {t("persons-add")}
      </button>
    </form>
  );
};
