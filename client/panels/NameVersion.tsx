/** One field that gives a moment a name: the present one, or the one that is looked at. */
import { useId, useState } from "preact/hooks";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";

interface NameVersionProps {
  session: Session;
  label: string;
  /** The entry after which the minutes stood so; absent: as they stand now. */
  seq?: number;
  name?: string;
  onNamed: () => Promise<void>;
}

export const NameVersion = ({ session, label, seq, name = "", onNamed }: NameVersionProps) => {
  const id = useId();
  const [typed, setTyped] = useState(name);
  const [missing, setMissing] = useState(false);
  const keep = async (): Promise<void> => {
    setMissing(typed.trim() === "");
    if (typed.trim() === "") return;
    const body = { name: typed.trim(), ...(seq === undefined ? {} : { seq }) };
    const done = await attempt(session, () => session.request("POST", "/versions", body));
    if (!done) return;
    setTyped("");
    session.notify(t("history-named", { name: typed.trim() }));
    await onNamed();
  };
  return (
    <form
      class="history__name-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <div class="field">
        <label class="field__label" for={id}>
          {label}
        </label>
        <input
          id={id}
          class="input"
          maxLength={120}
          autocomplete="off"
          value={typed}
          aria-describedby={missing ? `${id}-mistake` : undefined}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button">
        {t("history-name-keep")}
      </button>
      {missing && (
        <p class="field__mistake" id={`${id}-mistake`} role="alert">
          {t("history-name-missing")}
        </p>
      )}
    </form>
  );
};
