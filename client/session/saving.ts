/** Keeps the saved mark true: joins the ledger, the state of the line and the reasons against writing. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { createLedger, type Ledger } from "./ledger.ts";
import type { Local } from "./local.ts";
import { markOf, sameMark, type Facts } from "./mark.ts";
import type { Saved } from "./session.ts";
import type { Standing } from "./standing.ts";

/** A first connection without an acknowledgement for this long counts as none. */
const PATIENCE = 4_000;

export interface Saving {
  readonly saved: ReadonlySignal<Saved>;
  readonly ledger: Ledger;
  /** While the server has not answered a command, or nobody has, nothing is called saved. Gives and throws what it does. */
  command: <Answer>(answered: Promise<Answer>) => Promise<Answer>;
  /** Nothing is called saved until what this gives is called. */
  hold: () => () => void;
  /** The first line is being made. */
  expect: () => void;
  /** The line is gone. */
  lose: () => void;
  /** Whether the line was lost and has not worked again yet. */
  lost: () => boolean;
  stop: () => void;
}

interface Parts {
  standing: Standing;
  local: Local;
  /** Whether a connection can be expected at all; otherwise this stay begins offline. */
  reachable: boolean;
  /** The server did not take an update. */
  onRefused: () => void;
}

export const createSaving = ({ standing, local, reachable, onRefused }: Parts): Saving => {
  const saved = signal<Saved>({ state: "saving" });
  let line: Facts["line"] = reachable ? "opening" : "down";
  let unanswered = 0;

  const mark = (): void => {
    if (ledger.based && line !== "up") {
      line = "up";
      standing.acknowledged();
      local.settle();
    }
    local.note(ledger.unsent);
    const next = markOf({ readOnly: standing.reason.value, line, unsent: ledger.unsent, unanswered });
    if (!sameMark(saved.peek(), next)) saved.value = next;
  };
  const ledger = createLedger(mark, onRefused);
  const lose = (): void => {
    line = "down";
    mark();
  };
  let late: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(mark);
  const hold = (): (() => void) => {
    unanswered += 1;
    mark();
    return () => {
      unanswered -= 1;
      mark();
    };
  };

  return {
    saved,
    ledger,
    hold,
    expect() {
      late = setTimeout(() => {
        if (line === "opening") lose();
      }, PATIENCE);
    },
    async command(answered) {
      const release = hold();
      try {
        return await answered;
      } finally {
        release();
      }
    },
    lose,
    lost: () => line === "down",
    stop: () => {
      clearTimeout(late);
      stop();
    },
  };
};
