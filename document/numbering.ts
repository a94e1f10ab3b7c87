/** The numbers of items: order of capture, kept for ever, never given twice. */
import * as Y from "yjs";

/** A number beyond this was not given by us. */
const HIGHEST = 1_000_000_000;

/**
 * The number of every item, removed ones included: the one it carries, else the next after the highest, in the order
 * of capture. Where two carry the same (a foreign hand), the one captured first keeps it. Never writes.
 */
export function numbersOf(items: Y.Map<unknown>): Map<string, number> {
  const captured: { id: string; at: string; number: unknown }[] = [];
  for (const [id, entry] of items.entries()) {
    const map = entry instanceof Y.Map ? entry : undefined;
    if (map?.get("kind") === "group" || entry === null || entry === undefined) continue;
    const at = map?.get("at");
    // Without a time it was captured after everything that has one.
    captured.push({ id, at: typeof at === "string" ? at : "~", number: map?.get("number") });
  }
  const inOrder = captured.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  let highest = 0;
  for (const { id, number } of inOrder) {
    if (!isNumber(number) || taken.has(number)) continue;
    numbers.set(id, number);
    taken.add(number);
    highest = Math.max(highest, number);
  }
  let next = highest + captured.length > HIGHEST ? 1 : highest + 1;
  for (const { id } of inOrder) {
    if (numbers.has(id)) continue;
    while (taken.has(next)) next += 1;
    numbers.set(id, next);
    next += 1;
  }
  return numbers;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= HIGHEST;
}
