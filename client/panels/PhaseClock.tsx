/** The phase that is under way and what is left of it: the same on every screen, whatever its own clock says. */
import { phaseIn } from "../../minutes/runsheet.ts";
import { clockText, isRunning } from "../../minutes/timer.ts";
import type { Stage } from "../../document/stage.ts";
import type { Minutes } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { useLeft } from "./left.ts";

interface PhaseClockProps {
  stage: Stage;
  minutes: Minutes;
  now: () => Date;
  /** With a line that shrinks. */
  bar?: boolean;
}

/** Draws nothing where there is no clock. */
export const PhaseClock = ({ stage, minutes, now, bar = false }: PhaseClockProps) => {
  const left = useLeft(stage, now);
  const { timer } = stage;
  if (!timer || left === undefined) return null;
  const standing = phaseIn(minutes, stage.phase);
  const over = left <= -1000;
  const share = Math.max(0, Math.min(1, timer.of > 0 ? left / timer.of : 0));
  return (
    <div class={`clock${over ? " clock--over" : ""}${isRunning(timer) ? "" : " clock--still"}`}>
      <p class="overline clock__phase">
        {standing ? (
          <>
            {t("timer-phase", { position: standing.position, count: standing.count })}
            {standing.phase.label && <span lang={minutes.language}> · {standing.phase.label}</span>}
          </>
        ) : (
          t("timer-heading")
        )}
      </p>
      <p class="clock__left" role="timer" data-left={Math.round(left / 1000)}>
        {clockText(left)}
        {over && <span class="clock__word"> {t("timer-over")}</span>}
        {!isRunning(timer) && <span class="clock__word"> {t("timer-paused")}</span>}
      </p>
      {bar && (
        <svg class="clock__bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
          <rect class="clock__track" width="100" height="2" />
          <rect class="clock__rest" width={share * 100} height="2" />
        </svg>
      )}
    </div>
  );
};
