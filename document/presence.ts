/** What a visitor lets the others see at this moment: who, in which section, where the caret stands. */
import * as v from "valibot";

/** Colours are places in a palette of the style sheet: presence never carries a colour of its own. */
export const COLOURS = 12;

/** Larger values are not somebody's presence. In characters of JSON, which keeps it below 2 kB of names and ids. */
const LARGEST = 2000;

export interface Caret {
  /** `title`, `prose:<section>` or `items:<section>:<item>`. */
  place: string;
  /** Relative positions, base64url of their Yjs encoding. */
  anchor: string;
  head: string;
}

export interface Presence {
  visitor: string;
  name: string;
  /** 0 to COLOURS - 1. */
  colour: number;
  section?: string;
  caret?: Caret;
}

const short = (longest: number) => v.pipe(v.string(), v.maxLength(longest));

const CaretSchema = v.object({ place: short(200), anchor: short(200), head: short(200) });

const PresenceSchema = v.object({
  visitor: v.pipe(short(64), v.minLength(1)),
  name: short(80),
  colour: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(COLOURS - 1)),
  section: v.optional(v.fallback(v.optional(short(100)), undefined)),
  caret: v.optional(v.fallback(v.optional(CaretSchema), undefined)),
});

/** Reads a foreign awareness state. Total: undefined when it is nobody's presence; a wrong section or caret is left out. */
export function parsePresence(value: unknown): Presence | undefined {
  try {
    if ((JSON.stringify(value)?.length ?? 0) > LARGEST) return undefined;
    const result = v.safeParse(PresenceSchema, value);
    if (!result.success) return undefined;
    const { visitor, name, colour, section, caret } = result.output;
    return { visitor, name, colour, ...(section === undefined ? {} : { section }), ...(caret ? { caret } : {}) };
  } catch {
    // A value that cannot even be looked at (a cycle, a throwing getter) is nobody's presence.
    return undefined;
  }
}
