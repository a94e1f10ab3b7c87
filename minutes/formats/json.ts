/** Minutes as JSON: the value itself, for programs. */
import type { Minutes } from "../value.ts";

/** Raw words, no typesetting: `parseMinutes` gives the same value back. */
export function json(minutes: Minutes): string {
  return `${JSON.stringify(minutes, null, 2)}\n`;
}
