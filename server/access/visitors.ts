/** Who stands behind what is written: a visitor of one workshop, the same on every return, unknown anywhere else. */
import { inLetters } from "./letters.ts";
import type { Sign } from "./key.ts";

const BYTES = 12;

/** Derived from the workshop too, so that nobody can be followed from one workshop to another by these ids. */
const visitorId = (sign: Sign, workshop: string, kind: "browser" | "program", key: string): string =>
  inLetters(sign("visitor", workshop, kind, key).subarray(0, BYTES));

/** Whoever keeps `key` in their browser. */
export const browserVisitor = (sign: Sign, workshop: string, key: string): string =>
  visitorId(sign, workshop, "browser", key);

/** Whoever uses programs with a link's bare secret. */
export const programVisitor = (sign: Sign, workshop: string, link: string): string =>
  visitorId(sign, workshop, "program", link);
