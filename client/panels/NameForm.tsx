/** First name and organisation: the one form of the joining screen, of the gentle reminder and of the rename panel. */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { organisationsOf } from "../../minutes/people.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";

interface NameFormProps {
  session: Session;
  name: string;
  organisation: string;
  action: string;
  /** Whether the first field takes the focus; never while somebody is typing elsewhere. */
  focus?: boolean;
  onDone: () => void;
  /** Further buttons beside the first. */
  children?: ComponentChildren;
}

export const NameForm = ({ session, action, focus, onDone, children, ...before }: NameFormProps) => {
  const id = useId();
  const [name, setName] = useState(before.name);
  const [organisation, setOrganisation] = useState(before.organisation);
  const [mistake, setMistake] = useState<string>();
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  // A browser heeds `autofocus` once in the life of a page: here the field of the code may have had it.
  useLayoutEffect(() => {
    if (focus) first.current?.focus();
  }, []);
  const listed = session.minutes.value.sections.flatMap((section) => (section.kind === "people" ? section.people : []));
  const known = organisationsOf([...listed, ...session.visitors.value.values()]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await session.rename(name.trim(), organisation.trim());
      onDone();
    } catch (error) {
      setMistake((error instanceof Error && "code" in error && error.message) || t("name-unreachable"));
      setBusy(false);
    }
  };

  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <div class="field">
        <label class="field__label" for={`${id}-name`}>
          {t("name-first")}
        </label>
        <input
          class="input"
          id={`${id}-name`}
          autocomplete="given-name"
          ref={first}
          maxLength={80}
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label class="field__label" for={`${id}-organisation`}>
          {t("name-organisation")}
        </label>
        <input
          class="input"
          id={`${id}-organisation`}
          autocomplete="organization"
          list={`${id}-known`}
          maxLength={80}
          value={organisation}
          onInput={(event) => setOrganisation(event.currentTarget.value)}
        />
        <datalist id={`${id}-known`}>
          {known.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </div>
      {mistake !== undefined && (
        <p class="field__mistake" role="alert">
          {mistake}
        </p>
      )}
      <div class="buttons">
        <button class="button button--primary" aria-busy={busy} disabled={busy}>
          {action}
        </button>
        {children}
      </div>
    </form>
  );
};
