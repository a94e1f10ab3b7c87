/** Lines recognised after others wrote around them and in them: the same line keeps its key, a new one gets its own. */
import { describe, expect, test } from "vitest";
import { difference, recognise, type Line } from "../../client/editor/likeness.ts";
import { Random, seeds } from "../fuzz/random.ts";

const lines = (...words: string[]): Line[] => words.map((each, key) => ({ words: each, key }));
const keysOf = (before: Line[], ...after: string[]): number[] => {
  let next = 99;
  return recognise(before, after, () => (next += 1)).map(({ key }) => key);
};

describe("W03 E10 a line that stays is the same line", () => {
  test.each<[what: string, before: string[], after: string[], keys: number[]]>([
    ["nothing changed", ["a", "b"], ["a", "b"], [0, 1]],
    ["one put in above", ["one", "two"], ["new", "one", "two"], [100, 0, 1]],
    ["one taken away", ["one", "two", "three"], ["one", "three"], [0, 2]],
    ["one written in", ["one", "two words", "three"], ["one", "two more words", "three"], [0, 1, 2]],
    ["one written in, one put in before it", ["one", "my own line"], ["one", "else", "my own line!!"], [0, 100, 1]],
    ["empty lines", ["", "", "x"], ["", "y", "", "x"], [0, 100, 1, 2]],
    ["the same words twice", ["a", "a"], ["a", "a", "a"], [0, 1, 100]],
    ["everything else", ["one"], ["two"], [100]],
    ["from nothing", [], ["one"], [100]],
    ["to nothing", ["one"], [], []],
  ])("%s", (_what, before, after, keys) => {
    expect(keysOf(lines(...before), ...after)).toEqual(keys);
  });

  test.each(seeds(50))("no key twice, lines that stay in their order keep theirs (seed %i)", (seed) => {
    const random = new Random(seed);
    const before = lines(...Array.from({ length: 30 }, (_, n) => `line ${n} of ${seed}`));
    const after = before.flatMap(({ words }) =>
      random.chance(0.2) ? [] : random.chance(0.2) ? [`put in ${random.below(9)}`, words] : [words],
    );
    const made = recognise(before, after, () => 100 + random.below(2 ** 30));
    expect(made.map(({ words }) => words)).toEqual(after);
    expect(new Set(made.map(({ key }) => key)).size).toBe(after.length);
    for (const { words, key } of made) {
      const was = before.find((each) => each.words === words);
      if (was) expect(key).toBe(was.key);
    }
  });
});

test.each(seeds(20))("W03 E10 a difference makes of the one the other (seed %i)", (seed) => {
  const random = new Random(seed);
  const some = (): string => Array.from({ length: random.below(8) }, () => random.pick(["a", "b"])).join("");
  const [a, b] = [some(), some()];
  const { start, removed, added } = difference(a, b);
  expect(a.slice(0, start) + added + a.slice(start + removed)).toBe(b);
});
