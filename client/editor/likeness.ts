/** Which line of a text is which line of the same text a moment ago: so that a line that stays is drawn by the same nodes. */

/** A line as it is told apart from others, and the key it is drawn under. */
export interface Line {
  words: string;
  key: number;
}

const commonStart = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
};

const commonEnd = (a: string, b: string, most: number): number => {
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
};

/** Where two texts differ: the words between their common start and their common end. */
export const difference = (before: string, after: string): { start: number; removed: number; added: string } => {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, Math.min(before.length, after.length) - start);
  return { start, removed: before.length - start - end, added: after.slice(start, after.length - end) };
};

/** Whether one was made of the other by a change here or there. */
const alike = (a: string, b: string): boolean => {
  const { start, removed, added } = difference(a, b);
  const kept = a.length - removed;
  return kept > 0 && kept * 2 >= Math.max(start + removed, a.length, start + added.length);
};

/** How often each occurs. */
const counted = (words: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const each of words) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
};

/** Pairs of places of lines that stand once before and once after with the very same words, in both orders. */
const anchors = (before: readonly string[], after: readonly string[]): [was: number, is: number][] => {
  const [once, onceNow] = [counted(before), counted(after)];
  const places = new Map(before.map((words, place) => [words, place]));
  const pairs: [number, number][] = [];
  for (const [is, words] of after.entries()) {
    const was = places.get(words);
    if (was === undefined || once.get(words) !== 1 || onceNow.get(words) !== 1) continue;
    if (was > (pairs.at(-1)?.[0] ?? -1)) pairs.push([was, is]);
  }
  return pairs;
};

/**
 * The lines `after`, each under the key of the line it was in `before`, or under a new one from `next`. Between lines
 * that are the very same, one that looks much like an earlier one is taken for it, in order.
 */
export const recognise = (before: readonly Line[], after: readonly string[], next: () => number): Line[] => {
  const known = before.map(({ words }) => words);
  const keys: (number | undefined)[] = after.map(() => undefined);
  let was = 0;
  let is = 0;
  for (const [nextWas, nextIs] of [...anchors(known, after), [known.length, after.length] as const]) {
    for (; is < nextIs; is += 1) {
      let candidate = was;
      while (candidate < nextWas && !(known[candidate] === after[is] || alike(known[candidate] ?? "", after[is] ?? "")))
        candidate += 1;
      if (candidate >= nextWas) continue;
      keys[is] = before[candidate]?.key;
      was = candidate + 1;
    }
    if (nextIs < after.length) keys[nextIs] = before[nextWas]?.key;
    was = nextWas + 1;
    is = nextIs + 1;
  }
  return after.map((words, place) => ({ words, key: keys[place] ?? next() }));
};
