/** Which lines are the same line rewritten: pairs in their order that have most of their words in common. */

/** A line that shares less of its words than this with another is another line. */
const ALIKE = 0.5;

const wordsIn = (line: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of line.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

const sizeOf = (words: ReadonlyMap<string, number>): number => [...words.values()].reduce((sum, each) => sum + each, 0);

/** From 0, nothing in common, to 1, the same words. */
const alikeness = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number => {
  let shared = 0;
  for (const [word, count] of a) shared += Math.min(count, b.get(word) ?? 0);
  return (2 * shared) / Math.max(1, sizeOf(a) + sizeOf(b));
};

/** The pairs of places that have most in common together; no two cross. It takes time for each line with each other. */
export const pairsOf = (before: readonly string[], after: readonly string[]): [was: number, is: number][] => {
  const [words, wordsNow] = [before.map(wordsIn), after.map(wordsIn)];
  // What the lines from here on have in common at best.
  const best = before.concat("").map(() => new Float64Array(after.length + 1));
  const likeness = words.map((a) => Float64Array.from(wordsNow, (b) => alikeness(a, b)));
  for (let was = before.length - 1; was >= 0; was -= 1) {
    for (let is = after.length - 1; is >= 0; is -= 1) {
      const together = likeness[was]![is]! >= ALIKE ? likeness[was]![is]! + best[was + 1]![is + 1]! : 0;
      best[was]![is] = Math.max(together, best[was + 1]![is]!, best[was]![is + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let was = 0, is = 0; was < before.length && is < after.length;) {
    const here = best[was]![is]!;
    if (here === best[was + 1]![is]!) was += 1;
    else if (here === best[was]![is + 1]!) is += 1;
    else pairs.push([was++, is++]);
  }
  return pairs;
};
