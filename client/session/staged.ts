/** The stage as the server last told it, and whether writing is frozen at this very moment. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { isFrozen } from "../../document/freeze.ts";
import type { Stage, StageAnswer } from "../../document/stage.ts";
import type { Clock } from "./clock.ts";

export interface Staged {
  readonly stage: ReadonlySignal<Stage>;
  /** For those who do not manage. */
  readonly frozen: ReadonlySignal<boolean>;
  take(stage: Stage): void;
  /** Asks the server for stage and time through `ask`, and once more whenever this page is looked at again. */
  watch(ask: () => Promise<Response>): void;
  stop(): void;
}

/** A timer that is set for longer may be late by as much as the device slept. */
const LONGEST_MS = 20_000;

export const createStaged = (first: Stage, clock: Clock): Staged => {
  const stage = signal(first);
  const frozen = signal(false);
  const abort = new AbortController();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const look = (): void => {
    clearTimeout(waiting);
    const at = clock.now().getTime();
    frozen.value = isFrozen(stage.value, at);
    const left = (stage.value.frozen ?? at) - at;
    if (left > 0) waiting = setTimeout(look, Math.min(left + 1, LONGEST_MS));
  };
  const stopLooking = effect(look);
  const take = (next: Stage): void => {
    if (next.seq >= stage.peek().seq) stage.value = next;
  };

  return {
    stage,
    frozen,
    take,
    watch(ask) {
      const measure = async (): Promise<void> => {
        const sent = Date.now();
        const answer = (await (await ask()).json()) as StageAnswer;
        clock.take({ sent, received: Date.now(), told: Date.parse(answer.now) });
        take(answer.stage);
      };
      // Nothing depends on it: without network the next signal, or the next look, will do.
      const trying = (): void => void measure().catch(() => undefined);
      trying();
      if (typeof document === "undefined") return;
      const seen = (): void => {
        if (document.visibilityState === "visible") trying();
      };
      document.addEventListener("visibilitychange", seen, { signal: abort.signal });
    },
    stop() {
      clearTimeout(waiting);
      stopLooking();
      abort.abort();
    },
  };
};
