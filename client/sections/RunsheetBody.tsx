/** The run sheet: phases one after the other, their sum beside the planned duration. */
import { useComputed } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import { durationText } from "../../minutes/field.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import { plannedMinutes, totalMinutes } from "../../minutes/runsheet.ts";
import type { RunsheetSection } from "../../minutes/value.ts";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useKeptFocus } from "./focus.ts";
import { asFields } from "./held.ts";
import { PhaseAdd } from "./PhaseAdd.tsx";
import { PhaseRow, phaseRows } from "./PhaseRow.tsx";
import { altArrow, stepRow } from "./rows.ts";
import { useMinutesLanguage, usePart } from "./steady.ts";

interface RunsheetProps {
  session: Session;
  section: RunsheetSection;
}

/** Says what is missing or too much against the duration written down in the workshop's fields (K8). */
const Sum: FunctionComponent<RunsheetProps> = ({ session, section }) => {
  const minutesLanguage = useMinutesLanguage(session);
  const planned = usePart(session, plannedMinutes);
  const total = totalMinutes(section);
  const over = planned === undefined ? undefined : total - planned;
  const key = over === undefined ? undefined : over === 0 ? "fits" : over < 0 ? "missing" : "over";
  return (
    <p class={`phases__sum${over ? " phases__sum--off" : ""}`} role={asFields(session) ? "status" : undefined}>
      <span lang={minutesLanguage}>
        {WORDS[minutesLanguage].total}
        {minutesLanguage === "fr" ? "\u00A0: " : ": "}
        <strong>{durationText(total, minutesLanguage)}</strong>
      </span>
      {key && asFields(session) && (
        <span> · {t(`runsheet-${key}`, { duration: durationText(Math.abs(over ?? 0), language.value) })}</span>
      )}
    </p>
  );
};

export const RunsheetBody: FunctionComponent<RunsheetProps> = ({ session, section }) => {
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  const canWrite = session.canWrite.value;
  const stands = asFields(session);
  const minutesLanguage = useMinutesLanguage(session);
  const current = useComputed(() => session.stage.value.phase).value;
  return (
    <div
      class="phases"
      ref={root}
      onKeyDown={(event) => {
        const move = canWrite ? altArrow(event) : undefined;
        if (move) stepRow(phaseRows(session, section.id), move.row, move.by);
      }}
    >
      {section.phases.length > 0 && (
        <ol class="phases__list" role="list">
          {section.phases.map((phase) => (
            <PhaseRow
              key={phase.id}
              session={session}
              section={section.id}
              phase={phase}
              language={minutesLanguage}
              now={phase.id === current}
            />
          ))}
        </ol>
      )}
      {section.phases.length > 0 && <Sum session={session} section={section} />}
      {section.phases.length === 0 && !stands && <p class="soft">{t("sections-nothing-yet")}</p>}
      {stands && <PhaseAdd session={session} section={section} />}
    </div>
  );
};
