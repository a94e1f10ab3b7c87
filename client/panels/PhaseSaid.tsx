/** Phase and clock for whoever listens: told when one begins and when its time is over, never in between. */
import { useEffect, useRef } from "preact/hooks";
import { durationText } from "../../minutes/field.ts";
import { phaseIn } from "../../minutes/runsheet.ts";
import { isRunning } from "../../minutes/timer.ts";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useLeft } from "./left.ts";

/** Draws nothing. What is under way when one comes in is read where it stands. */
export const PhaseSaid = ({ session }: { session: Session }) => {
  const stage = session.stage.value;
  const left = useLeft(stage, session.now);
  const over = stage.timer !== null && isRunning(stage.timer) && left !== undefined && left <= 0;
  const known = useRef({ phase: stage.phase, over });
  useEffect(() => {
    const before = known.current;
    known.current = { phase: stage.phase, over };
    const standing = phaseIn(session.minutes.peek(), stage.phase);
    if (standing && stage.phase !== before.phase) {
      const { position, count, phase } = standing;
      const duration = durationText(phase.minutes, language.value);
      const label = phase.label || t("outline-untitled");
      session.announce(t("timer-phase-said", { position, count, label, duration }));
    }
    if (over && !before.over) session.announce(t("timer-over-said"));
  }, [stage.phase, over]);
  return null;
};
