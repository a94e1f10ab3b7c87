/** The line that adds a phase to the run sheet. */
import type { FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import { addPhase } from "../../document/edit/runsheet.ts";
import { canonical, minutesOf } from "../../minutes/field.ts";
import type { RunsheetSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { drafted, useDraft } from "./draft.ts";

export const PhaseAdd: FunctionComponent<{ session: Session; section: RunsheetSection }> = ({ session, section }) => {
  const label = useRef<HTMLInputElement>(null);
  const duration = useRef<HTMLInputElement>(null);
  const drafts = { label: useDraft(session, section.id, "label"), duration: useDraft(session, section.id, "duration") };
  const held = !session.canWrite.value;
  const add = (event: Event): void => {
    event.preventDefault();
    if (held || !label.current || !duration.current) return;
    const phase = {
      label: label.current.value.trim(),
      minutes: minutesOf(canonical(duration.current.value, "duration")) ?? 0,
    };
    if (phase.label === "" && phase.minutes === 0) return;
    addPhase(session.doc, section.id, phase);
    session.announce(t("runsheet-added", { label: phase.label }));
    label.current.value = "";
    duration.current.value = "";
    for (const draft of Object.values(drafts)) draft.keep("");
    label.current.focus();
  };
  return (
    <form class="phases__add" onSubmit={add} aria-label={t("runsheet-add-form", { heading: section.heading })}>
      <input
        ref={label}
        {...drafted(drafts.label)}
        class="input"
        readOnly={held}
        autocomplete="off"
        aria-label={t("runsheet-label")}
        placeholder={t("runsheet-add-hint")}
      />
      <input
        ref={duration}
        {...drafted(drafts.duration)}
        class="input"
        readOnly={held}
        autocomplete="off"
        aria-label={t("runsheet-duration")}
        placeholder={t("fields-hint-duration")}
      />
      <button type="submit" class="button" aria-disabled={held || undefined}>
        {t("runsheet-add")}
      </button>
    </form>
  );
};
