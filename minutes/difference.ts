/** Where two texts differ, as few words as can be found in a bounded time: lines first, then the words within them. */
import { pairsOf } from "./pairing.ts";

/** `removed` units of the one text give way to `added` of the other. */
export interface Change {
  /** Where in the text before. */
  at: number;
  removed: number;
  /** Where in the text after, and what stands there. */
  from: number;
  added: string;
}

/** Stretches of two lists that are not the same; between them they are. */
interface Gap {
  from: number;
  to: number;
  fromNow: number;
  toNow: number;
}

/** So many lines or words may have come and gone before they are no longer matched one by one. */
const MOST_LINES = 1_500;
const MOST_WORDS = 600;
/** So many lines times lines are looked at for which was rewritten as which. */
const MOST_PAIRS = 10_000;

/** A word, which is no longer than words are, or any other sign on its own; scripts without blanks between words have a word for each sign. */
const WORDS =
  /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}]){1,64}|[\s\S]/gu;

const LINES = /[^\n]*\n|[^\n]+/gu;

/** The changes that make `after` of `before`, from left to right. None cuts a character in two. */
export const changesBetween = (before: string, after: string): Change[] => {
  if (before === after) return [];
  const [lines, linesNow] = [before.match(LINES) ?? [], after.match(LINES) ?? []];
  return within(
    lines,
    linesNow,
    gapsBetween(lines, linesNow, MOST_LINES).flatMap((gap) => unpaired(lines, linesNow, gap)),
    inWords,
  );
};

/** The changes of all gaps, where `compare` gives those of one from its beginning. */
const within = (
  parts: readonly string[],
  partsNow: readonly string[],
  gaps: readonly Gap[],
  compare: (before: string, after: string) => readonly Change[],
): Change[] => {
  const [starts, startsNow] = [startsOf(parts), startsOf(partsNow)];
  return gaps.flatMap(({ from, to, fromNow, toNow }) =>
    compare(parts.slice(from, to).join(""), partsNow.slice(fromNow, toNow).join("")).map((change) => ({
      ...change,
      at: change.at + starts[from]!,
      from: change.from + startsNow[fromNow]!,
    })),
  );
};

const inWords = (before: string, after: string): Change[] => {
  if (before === "" || after === "") return [{ at: 0, removed: before.length, from: 0, added: after }];
  const [words, wordsNow] = [before.match(WORDS) ?? [], after.match(WORDS) ?? []];
  return within(words, wordsNow, joined(gapsBetween(words, wordsNow, MOST_WORDS), words), trimmed);
};

/** A gap of several lines as smaller ones: each line that was rewritten, and what stands between those. */
const unpaired = (lines: readonly string[], linesNow: readonly string[], gap: Gap): Gap[] => {
  const { from, to, fromNow, toNow } = gap;
  const pairs = (to - from) * (toNow - fromNow);
  if (pairs <= 1 || pairs > MOST_PAIRS) return [gap];
  const gaps: Gap[] = [];
  let [at, now] = [from, fromNow];
  for (const [was, is] of pairsOf(lines.slice(from, to), linesNow.slice(fromNow, toNow))) {
    gaps.push({ from: at, to: from + was, fromNow: now, toNow: fromNow + is });
    [at, now] = [from + was + 1, fromNow + is + 1];
    gaps.push({ from: at - 1, to: at, fromNow: now - 1, toNow: now });
  }
  gaps.push({ from: at, to, fromNow: now, toNow });
  return gaps.filter((each) => each.from < each.to || each.fromNow < each.toNow);
};

/** Where each begins, and where the last one ends. */
const startsOf = (parts: readonly string[]): number[] => {
  const starts = [0];
  for (const part of parts) starts.push(starts.at(-1)! + part.length);
  return starts;
};

/** Two changes with nothing but a blank or a sign between them are one: nobody reads "the", a blank, and "dog" as kept. */
const joined = (gaps: readonly Gap[], words: readonly string[]): Gap[] => {
  const all: Gap[] = [];
  for (const gap of gaps) {
    const last = all.at(-1);
    const between = last && words.slice(last.to, gap.from);
    if (last && between?.every((word) => word !== "\n" && !/[\p{L}\p{N}]/u.test(word))) {
      all[all.length - 1] = { ...last, to: gap.to, toNow: gap.toNow };
    } else all.push(gap);
  }
  return all;
};

/** Without the signs that both sides begin and end with. */
const trimmed = (before: string, after: string): Change[] => {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  if (isHigh(before[start - 1])) start -= 1;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (isLow(before[before.length - end])) end -= 1;
  const removed = before.length - end - start;
  return [{ at: start, removed, from: start, added: after.slice(start, after.length - end) }];
};

const isHigh = (unit = ""): boolean => /[\uD800-\uDBFF]/u.test(unit);
const isLow = (unit = ""): boolean => /[\uDC00-\uDFFF]/u.test(unit);

/** The shortest way from one list to the other (Myers 1986), where it takes at most so many steps; else all between their ends. */
const gapsBetween = (before: readonly string[], after: readonly string[], most: number): Gap[] => {
  let start = 0;
  const least = Math.min(before.length, after.length);
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [width, height] = [before.length - start - end, after.length - start - end];
  if (width === 0 && height === 0) return [];
  const whole = [{ from: start, to: start + width, fromNow: start, toNow: start + height }];
  if (width === 0 || height === 0) return whole;
  const same = (x: number, y: number): boolean => before[start + x] === after[start + y];
  const furthest = explored(width, height, most, same);
  if (furthest === undefined) return whole;
  return gapsAlong(stepsBack(furthest, width, height), start);
};

/** How far down each diagonal one comes in so many steps, one list for each number of steps; none where it takes more. */
const explored = (
  width: number,
  height: number,
  most: number,
  same: (x: number, y: number) => boolean,
): Int32Array[] | undefined => {
  const reached: Int32Array[] = [];
  for (let steps = 0; steps <= Math.min(most, width + height); steps += 1) {
    const before = reached.at(-1);
    const now = new Int32Array(2 * steps + 1);
    reached.push(now);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = before === undefined ? 0 : entered(before, steps, diagonal).x;
      while (x < width && x - diagonal < height && same(x, x - diagonal)) x += 1;
      now[diagonal + steps] = x;
      if (x >= width && x - diagonal >= height) return reached;
    }
  }
  return undefined;
};

/** From which diagonal one comes to another with the next step, and where one then stands on it. */
const entered = (before: Int32Array, steps: number, diagonal: number): { x: number; down: boolean } => {
  const at = (each: number): number => before[each + steps - 1] ?? -1;
  const down = diagonal === -steps || (diagonal !== steps && at(diagonal - 1) < at(diagonal + 1));
  return { x: down ? at(diagonal + 1) : at(diagonal - 1) + 1, down };
};

/** Each step of the way: what came, or what went. */
const stepsBack = (
  reached: readonly Int32Array[],
  width: number,
  height: number,
): { x: number; y: number; down: boolean }[] => {
  const taken: { x: number; y: number; down: boolean }[] = [];
  let diagonal = width - height;
  for (let steps = reached.length - 1; steps > 0; steps -= 1) {
    const { x, down } = entered(reached[steps - 1]!, steps, diagonal);
    taken.push({ x: down ? x : x - 1, y: down ? x - diagonal - 1 : x - diagonal, down });
    diagonal += down ? 1 : -1;
  }
  return taken.toReversed();
};

const gapsAlong = (taken: readonly { x: number; y: number; down: boolean }[], start: number): Gap[] => {
  const gaps: Gap[] = [];
  for (const { x, y, down } of taken) {
    const [from, fromNow] = [start + x, start + y];
    const [to, toNow] = [from + (down ? 0 : 1), fromNow + (down ? 1 : 0)];
    const last = gaps.at(-1);
    if (last?.to === from && last.toNow === fromNow) Object.assign(last, { to, toNow });
    else gaps.push({ from, to, fromNow, toNow });
  }
  return gaps;
};
