/** What whoever facilitates does with the clock: begin, pause, a minute more, the next phase. */
import { useRef } from "preact/hooks";
import { phaseIn, phasesOf } from "../../minutes/runsheet.ts";
import { isRunning } from "../../minutes/timer.ts";
import type { StageRequest } from "../../document/stage.ts";
import { t } from "../language.ts";
import { useKeptFocus } from "../sections/focus.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";

/** Without a run sheet, one of these. */
const ROUND_MINUTES = [5, 10, 20];

/** Gives what a button calls: what the server refuses is told as a sentence. */
export const playing = (session: Session, command: StageRequest) => (): void =>
  void attempt(session, () => session.play(command));

const Begin = ({ session }: { session: Session }) => {
  const [first] = phasesOf(session.minutes.value);
  if (first) {
    return (
      <button type="button" class="button" onClick={playing(session, { do: "begin", phase: first.id })}>
        {t("timer-begin", { phase: first.label || t("timer-phase-one", { position: 1 }) })}
      </button>
    );
  }
  return (
    <>
      {ROUND_MINUTES.map((minutes) => (
        <button key={minutes} type="button" class="button" onClick={playing(session, { do: "count", minutes })}>
          {t("timer-minutes", { minutes })}
        </button>
      ))}
    </>
  );
};

export const TimerControls = ({ session }: { session: Session }) => {
  const { timer, phase } = session.stage.value;
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  if (!timer) {
    return (
      <div class="timer__controls" ref={root} role="group" aria-label={t("timer-heading")}>
        <Begin session={session} />
      </div>
    );
  }
  const standing = phaseIn(session.minutes.value, phase);
  const before = standing?.before;
  const next = standing?.next;
  return (
    <div class="timer__controls" ref={root} role="group" aria-label={t("timer-heading")}>
      {before && (
        <button
          type="button"
          class="button button--icon"
          aria-label={t("timer-previous", { phase: before.label })}
          title={before.label}
          onClick={playing(session, { do: "begin", phase: before.id })}
        >
          <span aria-hidden="true">←</span>
        </button>
      )}
      <button type="button" class="button" onClick={playing(session, { do: isRunning(timer) ? "pause" : "resume" })}>
        {t(isRunning(timer) ? "timer-pause" : "timer-resume")}
      </button>
      <button type="button" class="button" onClick={playing(session, { do: "extend", minutes: 1 })}>
        {t("timer-more")}
      </button>
      {next ? (
        <button
          type="button"
          class="button"
          aria-label={t("timer-next-to", { phase: next.label })}
          title={next.label}
          onClick={playing(session, { do: "begin", phase: next.id })}
        >
          {t("timer-next")}
        </button>
      ) : (
        <button type="button" class="button" onClick={playing(session, { do: "stop" })}>
          {t("timer-stop")}
        </button>
      )}
    </div>
  );
};
