/** The stage of every workshop: kept on disk before it is told, changed by one command after the other. */
import { Refusal } from "../../document/refusal.ts";
import { isFrozen } from "../../document/freeze.ts";
import { BARE, LONGEST_FREEZE_SECONDS, parseStage, type Stage, type StageRequest } from "../../document/stage.ts";
import { ConflictingRow, MissingRow } from "../store/driver.ts";
import { putStage, stageOf } from "../store/stages.ts";
import type { Store } from "../store/store.ts";
import { play, type Circumstances } from "./play.ts";

type Listener = (staged: { workshop: string; stage: Stage }) => void;

export interface Stages {
  /** Throws Refusal `unavailable`. */
  stage(workshop: string): Promise<Stage>;
  /** Until when writing is frozen for those who do not manage; undefined where it is not. */
  frozenUntil(workshop: string): Promise<number | undefined>;
  /**
   * Carries out a command; resolves once it is on disk and told. Throws Refusal `unknown-workshop`, `not-saving`, `unavailable`; then
   * nothing has changed.
   */
  play(workshop: string, request: StageRequest, by: Omit<Circumstances, "at">): Promise<Stage>;
  /** Calls back with every new stage, once it is on disk. `listener` must not throw. Returns what stops it. */
  onStaged(listener: Listener): () => void;
}

/** Of workshops asked for last; whatever else is read from the disk again. */
const REMEMBERED = 2000;

/** No freeze is as long as what is left of this one: the clock was set back since, and it would last until it has caught up. */
const thawed = (stage: Stage): Stage =>
  stage.frozen !== null && stage.frozen - Date.now() > LONGEST_FREEZE_SECONDS * 1000
    ? { ...stage, frozen: null }
    : stage;

export const openStages = (store: Store): Stages => {
  const known = new Map<string, Stage>();
  const latest = new Map<string, Promise<unknown>>();
  const listeners = new Set<Listener>();

  const remember = (workshop: string, stage: Stage): Stage => {
    known.delete(workshop);
    known.set(workshop, stage);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return stage;
  };

  const stage = async (workshop: string): Promise<Stage> => {
    const before = known.get(workshop);
    if (before) return thawed(before);
    const [[value]] = await store.read(stageOf(workshop));
    // A stage that cannot be read holds nobody's words: the workshop goes on with a bare one.
    const kept = (value === undefined ? undefined : parseStage(value)) ?? BARE;
    return thawed(known.get(workshop) ?? remember(workshop, kept));
  };

  const change = async (workshop: string, request: StageRequest, by: Omit<Circumstances, "at">): Promise<Stage> => {
    const before = await stage(workshop);
    const next = play(before, request, { ...by, at: Date.now() });
    if (next === before) return before;
    try {
      await store.write(putStage(workshop, JSON.stringify(next)));
    } catch (error) {
      if (error instanceof MissingRow) throw new Refusal("unavailable", "the stage is not where it should be");
      throw error instanceof ConflictingRow ? new Refusal("unknown-workshop") : error;
    }
    remember(workshop, next);
    for (const listener of listeners) listener({ workshop, stage: next });
    return next;
  };

  return {
    stage,
    frozenUntil: async (workshop) => {
      const now = await stage(workshop);
      return isFrozen(now, Date.now()) ? (now.frozen ?? undefined) : undefined;
    },
    play: (workshop, request, by) => {
      const before = latest.get(workshop) ?? Promise.resolve();
      const playing = before.then(() => change(workshop, request, by));
      const settled = playing.then(
        () => undefined,
        () => undefined,
      );
      latest.set(workshop, settled);
      void settled.then(() => {
        if (latest.get(workshop) === settled) latest.delete(workshop);
      });
      return playing;
    },
    onStaged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
