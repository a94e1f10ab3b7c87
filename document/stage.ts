/** What a room looks at together: phase and clock, the section shown, writing frozen, hands raised. Kept by the server, changed by commands. */
import * as v from "valibot";
import type { Timer } from "../minutes/timer.ts";

/** A raised hand; the order is that of the server's clock. */
interface Hand {
  visitor: string;
  at: number;
}

/** Moments are milliseconds since 1970, by the server's clock. It is no part of the minutes and never exported. */
export interface Stage {
  /** Rises with every change, so that an older one is never taken for news. */
  seq: number;
  /** The section a facilitator shows; null: the projector goes where people write. */
  section: string | null;
  /** Everybody's page is asked to go there too. */
  following: boolean;
  /** Id of the phase of the run sheet that is under way. */
  phase: string | null;
  timer: Timer | null;
  /** Until when only those who manage may write. */
  frozen: number | null;
  /** Longest waiting first. */
  hands: Hand[];
}

/** Before anybody has done anything. */
export const BARE: Stage = {
  seq: 0,
  section: null,
  following: false,
  phase: null,
  timer: null,
  frozen: null,
  hands: [],
};

/** More hands than a large room has. */
export const MOST_HANDS = 200;
/** A freeze that nobody ends must not cost a workshop its afternoon. */
export const LONGEST_FREEZE_SECONDS = 1800;
const LONGEST_MINUTES = 1440;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const moment = v.pipe(v.number(), v.integer());
const between = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const StageSchema: v.GenericSchema<unknown, Stage> = v.object({
  seq: moment,
  section: v.nullable(id),
  following: v.boolean(),
  phase: v.nullable(id),
  timer: v.nullable(v.union([v.object({ endsAt: moment, of: moment }), v.object({ left: moment, of: moment })])),
  frozen: v.nullable(moment),
  hands: v.array(v.object({ visitor: id, at: moment })),
});

/** What can be done with a stage. `begin` restarts a phase with its minutes; `count` is a clock without a phase. */
export const StageRequest = v.variant("do", [
  v.object({ do: v.literal("begin"), phase: id }),
  v.object({ do: v.literal("count"), minutes: between(1, LONGEST_MINUTES) }),
  v.object({ do: v.picklist(["pause", "resume", "stop"]) }),
  v.object({ do: v.literal("extend"), minutes: between(1, LONGEST_MINUTES) }),
  v.object({ do: v.literal("show"), section: v.nullable(id), following: v.boolean() }),
  v.object({ do: v.literal("freeze"), seconds: between(1, LONGEST_FREEZE_SECONDS) }),
  v.object({ do: v.literal("thaw") }),
  v.object({ do: v.literal("raise") }),
  v.object({ do: v.literal("lower"), visitor: v.optional(id) }),
]);
export type StageRequest = v.InferOutput<typeof StageRequest>;

/** Answer of `GET` and `POST /api/workshops/<id>/stage`. */
export interface StageAnswer {
  stage: Stage;
  /** The server's time, ISO 8601, UTC. */
  now: string;
}

/** Reads what was kept. Total: undefined where it is no stage. */
export function parseStage(kept: string): Stage | undefined {
  try {
    const result = v.safeParse(StageSchema, JSON.parse(kept));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
