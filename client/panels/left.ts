/** What is left of the stage's clock, and of a freeze, drawn anew with every second of it. */
import { useEffect, useReducer } from "preact/hooks";
import type { Stage } from "../../document/stage.ts";
import { isFrozen } from "../../document/freeze.ts";
import { clockText, isRunning, leftAt } from "../../minutes/timer.ts";
import type { Session } from "../session/session.ts";

/** A frame early would show the same second once more. */
const AFTER_MS = 4;

/** Milliseconds; undefined where there is no clock. `now`: the server's time. */
export const useLeft = ({ timer }: Stage, now: () => Date): number | undefined => {
  const [, redraw] = useReducer((count: number, _why: void) => count + 1, 0);
  const left = timer ? leftAt(timer, now().getTime()) : undefined;
  useEffect(() => {
    if (!timer || !isRunning(timer) || left === undefined) return undefined;
    const second = ((left % 1000) + 1000) % 1000;
    const waiting = setTimeout(() => redraw(), second + AFTER_MS);
    return () => clearTimeout(waiting);
  });
  return left;
};

/** How long the freeze still lasts; undefined where there is none. Drawn anew with every second. */
export const useFrozenLeft = (session: Session): string | undefined => {
  const stage = session.stage.value;
  const at = session.now().getTime();
  const frozen = isFrozen(stage, at);
  const timer = frozen && stage.frozen !== null ? { endsAt: stage.frozen, of: 0 } : null;
  const left = useLeft({ ...stage, timer }, session.now);
  return left === undefined ? undefined : clockText(left);
};
