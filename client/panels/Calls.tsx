/** What the facilitator asks of everybody, in the corner of the page: nothing moves for it, no focus is taken, each may say no. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { closingOf, emptySections, phaseIn, synthesisIn } from "../../minutes/runsheet.ts";
import { leftAt, MINUTE } from "../../minutes/timer.ts";
import { atLeast } from "../../document/session.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { along, goAlong, offered, watchFollowing } from "./following.ts";
import { useFrozenLeft, useLeft } from "./left.ts";
import { PhaseSaid } from "./PhaseSaid.tsx";
import { PickCall } from "./PickCall.tsx";
import { aboveGroups } from "./above-groups.ts";
import { goToSection, placeIn } from "./place.ts";
import { playing } from "./TimerControls.tsx";
import { useWayBack } from "./way-back.ts";

interface CallProps {
  session: Session;
}

/** So late after the end nobody needs to be told any more. */
const LATE_MINUTES = 60;
/** Names of sections that nobody has begun: more would be a wall. */
const FEW = 3;

/** Said no to, for as long as the moment lasts. */
const dismissed = signal(false);

const Follow = ({ session }: CallProps) => {
  const { section: id, following } = session.stage.value;
  const { sections, language } = session.minutes.value;
  const shown = sections.find((section) => section.id === id);
  const calls = following && shown !== undefined && session.capability.value !== "manage";
  const name = shown?.heading ?? "";
  useEffect(() => {
    // Said once for each section, not for each letter of a heading that is being written.
    if (calls) session.announce(t("stage-call-said", { section: name }));
  }, [calls, shown?.id]);
  if (!calls || !shown) return null;
  const elsewhere = !along.value || offered.value !== undefined || placeIn(sections) !== shown.id;
  return (
    <div class="call call--line" role="region" aria-label={t("stage-call-label")}>
      <p>
        {t(elsewhere ? "stage-call-elsewhere" : "stage-call-along")} <b lang={language}>{name}</b>
      </p>
      <div class="buttons">
        {elsewhere && (
          <button type="button" class="button button--small" onClick={() => goAlong(shown.id)}>
            {t("stage-call-go")}
          </button>
        )}
        {along.value && (
          <button type="button" class="button button--small button--quiet" onClick={() => (along.value = false)}>
            {t("stage-call-leave")}
          </button>
        )}
      </div>
    </div>
  );
};

/** Told in the corner as well: a banner at the top would push away what one is reading. */
const Frozen = ({ session }: CallProps) => {
  const left = useFrozenLeft(session);
  if (left === undefined || !atLeast(session.capability.value, "write")) return null;
  const manages = session.capability.value === "manage";
  return (
    <div class="call call--line" role="region" aria-label={t("calls-freeze")}>
      <p>{t(manages ? "calls-frozen" : "calls-frozen-for-now", { left })}</p>
      {manages && (
        <button type="button" class="button button--small" onClick={playing(session, { do: "thaw" })}>
          {t("calls-thaw")}
        </button>
      )}
    </div>
  );
};

/** Milliseconds until the end of all phases; undefined where there is no phase under way, or no moment to tell. */
const useWholeLeft = (session: Session): number | undefined => {
  const stage = session.stage.value;
  useLeft(stage, session.now);
  const standing = phaseIn(session.minutes.value, stage.phase);
  if (!stage.timer || !standing) return undefined;
  return leftAt(stage.timer, session.now().getTime()) + standing.after * MINUTE;
};

const Synthesis = ({ session }: CallProps) => {
  const minutes = session.minutes.value;
  const left = useWholeLeft(session);
  const closing = closingOf(minutes) * MINUTE;
  const goal = synthesisIn(minutes);
  const due = left !== undefined && closing > 0 && left <= closing && left > -LATE_MINUTES * MINUTE;
  const calls = due && !dismissed.value && goal !== undefined;
  useEffect(() => {
    // Given more time, the room is told again when it runs out.
    if (!due) dismissed.value = false;
  }, [due]);
  // Whoever is there already, and has nobody to bring along, need not be offered it.
  const there = goal !== undefined && placeIn(minutes.sections) === goal.id;
  const brought = session.capability.value !== "manage" || session.stage.value.section === goal?.id;
  useEffect(() => {
    if (calls && there && brought) dismissed.value = true;
    else if (calls) session.announce(t("timer-synthesis-said"));
  }, [calls, there && brought]);
  if (!calls || !goal) return null;
  const empty = emptySections(minutes).filter(({ id }) => id !== goal.id);
  const close = (): void => {
    dismissed.value = true;
  };
  const whole = Math.max(0, Math.ceil(left / MINUTE));
  return (
    <div class="call" role="region" aria-label={t("timer-synthesis")}>
      <p>
        <b>{whole > 0 ? t("timer-whole-left", { minutes: whole }) : t("timer-whole-over")}</b>
      </p>
      {empty.length > 0 && (
        <>
          <p class="small">{t("timer-still-empty")}</p>
          <ul class="call__list">
            {empty.slice(0, FEW).map((section) => (
              <li key={section.id}>
                <button type="button" class="link" lang={minutes.language} onClick={() => goToSection(section.id)}>
                  {section.heading || t("outline-untitled")}
                </button>
              </li>
            ))}
            {empty.length > FEW && <li class="soft">{t("timer-empty-more", { count: empty.length - FEW })}</li>}
          </ul>
        </>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button button--small button--primary"
          onClick={() => {
            close();
            goToSection(goal.id);
          }}
        >
          {t("timer-synthesis")}
        </button>
        {session.capability.value === "manage" && (
          <button
            type="button"
            class="button button--small"
            onClick={() => {
              close();
              playing(session, { do: "show", section: goal.id, following: true })();
            }}
          >
            {t("timer-synthesis-all")}
          </button>
        )}
        <button type="button" class="button button--small button--quiet" onClick={close}>
          {t("timer-synthesis-later")}
        </button>
      </div>
    </div>
  );
};

export const Calls = ({ session }: CallProps) => {
  useEffect(() => watchFollowing(session), [session]);
  const root = useRef<HTMLDivElement>(null);
  useWayBack(root);
  return (
    <div class={`calls${aboveGroups(session)}`} ref={root}>
      <PhaseSaid session={session} />
      <Synthesis session={session} />
      <PickCall session={session} />
      <Frozen session={session} />
      <Follow session={session} />
    </div>
  );
};
