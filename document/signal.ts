/** Short messages a room sends to everybody in it, beside the document. */
import * as v from "valibot";
import { STATES } from "../minutes/value.ts";
import { COLOURS } from "./presence.ts";
import { StageSchema } from "./stage.ts";

const VisitorSchema = v.object({
  id: v.string(),
  name: v.string(),
  organisation: v.string(),
  colour: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(COLOURS - 1)),
});

/** How much room there is left in a document: all one needs, little, none. */
const SIZES = ["ample", "near", "full"] as const;
export type Size = (typeof SIZES)[number];

const SignalSchema = v.variant("signal", [
  v.object({ signal: v.literal("visitors"), visitors: v.array(VisitorSchema) }),
  v.object({ signal: v.literal("state"), state: v.picklist(STATES), code: v.nullable(v.string()) }),
  v.object({ signal: v.literal("storage"), writing: v.boolean() }),
  v.object({ signal: v.literal("size"), size: v.picklist(SIZES) }),
  v.object({ signal: v.literal("stage"), stage: StageSchema }),
  /** Somebody has gone back to a moment, which `name` names where it has a name: whoever writes sees much change at once. */
  v.object({ signal: v.literal("restored"), visitor: v.string(), name: v.string() }),
]);

export type Signal = v.InferOutput<typeof SignalSchema>;

/** Reads a stateless message. Total: undefined when it is none of ours. */
export function parseSignal(payload: string): Signal | undefined {
  try {
    const result = v.safeParse(SignalSchema, JSON.parse(payload));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
