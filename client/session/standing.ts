/** What this stay may do right now: the reasons against writing, and what each farewell of the server means. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { LAYOUT } from "../../document/edition.ts";
import { atLeast, type Capability } from "../../document/capability.ts";
import type { SessionAnswer } from "../../document/session.ts";
import type { State } from "../../minutes/value.ts";
import type { ReadOnlyReason } from "./session.ts";

/** The reason told when several hold: first what only the person can mend. */
const ORDER: readonly ReadOnlyReason[] = [
  "withdrawn",
  "layout",
  "epoch",
  "too-large",
  "full",
  "malformed",
  "storage",
  "closed",
  "frozen",
  "capability",
];

/** After so many refusals of what we send, sending it again helps nobody. */
const STRIKES = 3;

/** What the connection does next. */
export type Next = "again" | "rest" | "exchange" | "stop";

export interface Standing {
  readonly reason: ReadonlySignal<ReadOnlyReason | undefined>;
  readonly capability: ReadonlySignal<Capability>;
  /** Takes a fresh answer in; `stop` when this page must not go on with it. */
  admit(answer: Pick<SessionAnswer, "capability" | "layout" | "epoch" | "state"> & { writing?: boolean }): Next;
  setState(state: State): void;
  setFrozen(frozen: boolean): void;
  /** Takes in whether the server saves; `rest` when what it took away meanwhile comes back with another session only. */
  setStorage(writing: boolean): Next;
  /** Takes in whether the document has room for more. */
  setFull(full: boolean): void;
  /** The link opens nothing any more. */
  bar(): Next;
  /** Understands the code a socket closed with. */
  closed(code: number): Next;
  /** Everything here was acknowledged: what was wrong with the sending is over. */
  acknowledged(): void;
}

export const createStanding = (epoch: SessionAnswer["epoch"]): Standing => {
  const capability = signal<Capability>("read");
  const state = signal<State>("live");
  const frozen = signal(false);
  const faults = signal<ReadonlySet<ReadOnlyReason>>(new Set());
  let strikes = 0;
  /** The session at hand was given while the server could not save. */
  let narrowed = false;

  const set = (reason: ReadOnlyReason, holds: boolean): void => {
    if (faults.value.has(reason) === holds) return;
    const next = new Set(faults.value);
    if (holds) next.add(reason);
    else next.delete(reason);
    faults.value = next;
  };
  const stop = (reason: ReadOnlyReason): Next => {
    set(reason, true);
    return "stop";
  };
  const reason = computed(() => {
    const held = new Set(faults.value);
    if (!atLeast(capability.value, "write")) held.add(state.value === "closed" ? "closed" : "capability");
    if (state.value === "closed" && capability.value !== "manage") held.add("closed");
    if (frozen.value && capability.value === "write") held.add("frozen");
    return ORDER.find((each) => held.has(each));
  });

  return {
    reason,
    capability,
    admit(answer) {
      capability.value = answer.capability;
      state.value = answer.state;
      const before = narrowed;
      narrowed = answer.writing === false;
      if (narrowed !== before) set("storage", narrowed);
      if (answer.layout !== LAYOUT) return stop("layout");
      if (answer.epoch !== epoch) return stop("epoch");
      return "again";
    },
    setState(next) {
      state.value = next;
    },
    setFrozen(next) {
      frozen.value = next;
    },
    setStorage(writing) {
      if (writing && narrowed) return "rest";
      set("storage", !writing);
      return "again";
    },
    setFull: (full) => set("full", full),
    bar: () => stop("withdrawn"),
    closed(code) {
      if (code === 4413 || code === 1009) return stop("too-large");
      if (code === 4414) return stop("full");
      if (code === 4500) set("storage", true);
      if (code === 4400 && (strikes += 1) >= STRIKES) return stop("malformed");
      if (code === 4400 || code === 4429 || code === 4500) return "rest";
      // Only the exchange can tell whether the link, the layout or merely the session is over.
      return code >= 4401 && code <= 4409 && code !== 4408 ? "exchange" : "again";
    },
    acknowledged() {
      strikes = 0;
      set("storage", narrowed);
    },
  };
};
