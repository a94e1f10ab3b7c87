/** One phase of the run sheet: what happens, in how many groups, for how long. */
import { movePhase, removePhase, restorePhase, setPhase } from "../../document/edit/runsheet.ts";
import { canonical, durationText, minutesOf } from "../../minutes/field.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import type { Language, Phase } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { asFields } from "./held.ts";
import { Menu, MenuRoom, type MenuEntry } from "./Menu.tsx";
import { dropRow, grabRow, stepRow, type Rows } from "./rows.ts";
import { sectionNow } from "./section-now.ts";
import { SharedInput } from "./SharedInput.tsx";
import { memo } from "./steady.ts";

interface PhaseProps {
  session: Session;
  section: string;
  phase: Phase;
  language: Language;
  /** It is under way. */
  now: boolean;
}

export const phaseRows = (session: Session, id: string): Rows => {
  const ids = (sectionNow(session, id, "runsheet")?.phases ?? []).map((phase) => phase.id);
  return { session, ids, move: (phase, to) => movePhase(session.doc, id, phase, to) };
};

/** "2 groupes" is 2; no figure means: everybody together. */
const countOf = (text: string): string => /^\d{1,3}/u.exec(text.trim())?.[0] ?? "0";

export const PhaseRow = memo<PhaseProps>(({ session, section, phase, language, now }) => {
  const groups = phase.groups ? WORDS[language].groups(phase.groups) : "";
  const state = { class: `phase${now ? " phase--now" : ""}`, "aria-current": now ? ("step" as const) : undefined };
  if (!asFields(session)) {
    return (
      <li {...state}>
        <span class="phase__label" lang={language}>
          {phase.label}
        </span>
        <span class="phase__more" lang={language}>
          {[groups, durationText(phase.minutes, language)].filter(Boolean).join(" – ")}
        </span>
      </li>
    );
  }
  const remove = (): void => {
    removePhase(session.doc, section, phase.id);
    session.notify(t("runsheet-removed", { label: phase.label }), () => {
      restorePhase(session.doc, section, phase.id);
    });
  };
  const entries = (): MenuEntry[] => [
    { label: t("sections-move-up"), keys: "Alt+↑", act: () => stepRow(phaseRows(session, section), phase.id, -1) },
    { label: t("sections-move-down"), keys: "Alt+↓", act: () => stepRow(phaseRows(session, section), phase.id, 1) },
    { label: t("sections-remove"), danger: true, act: remove },
  ];
  // What is no duration leaves the phase as long as it was.
  const minutes = (text: string): string => String(minutesOf(canonical(text, "duration")) ?? phase.minutes);
  return (
    <li {...state} data-row={phase.id}>
      <SharedInput
        session={session}
        class="phase__label"
        label={t("runsheet-label")}
        value={phase.label}
        save={(value) => setPhase(session.doc, section, phase.id, "label", value.trim())}
        shape="wrap"
      />
      <SharedInput
        session={session}
        class="phase__groups"
        label={t("runsheet-groups")}
        placeholder={t("runsheet-groups")}
        inputMode="numeric"
        value={String(phase.groups ?? 0)}
        print={(value) => (value === "0" ? "" : WORDS[language].groups(Number(value)))}
        parse={countOf}
        save={(value) => setPhase(session.doc, section, phase.id, "groups", Number(value))}
      />
      <SharedInput
        session={session}
        class="phase__minutes"
        label={t("runsheet-duration")}
        value={String(phase.minutes)}
        print={(value) => durationText(Number(value), language)}
        parse={minutes}
        save={(value) => setPhase(session.doc, section, phase.id, "minutes", Number(value))}
      />
      {session.canWrite.value ? (
        <Menu
          label={t("runsheet-menu", { label: phase.label })}
          entries={entries}
          onGrab={(event) => grabRow(event, ".phases", (row, drop) => dropRow(phaseRows(session, section), row, drop))}
        />
      ) : (
        <MenuRoom />
      )}
    </li>
  );
});
