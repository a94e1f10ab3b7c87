/** K1 how a command line is read: what is asked wrongly is refused before anything is done. */
import { describe, expect, test } from "vitest";
import { Misused, readLine } from "../../server/commands/terminal.ts";

const OPTIONS = { visitor: "value", yes: "flag" } as const;
const read = (...line: string[]) => {
  const { places, options } = readLine(line, 1, OPTIONS);
  return [places, Object.fromEntries(options)];
};

describe("K1 a line", () => {
  test.each([
    [
      ["w", "--visitor", "Nadia", "--yes"],
      [["w"], { visitor: "Nadia", yes: true }],
    ],
    [
      ["--yes", "--visitor=Nadia", "w"],
      [["w"], { visitor: "Nadia", yes: true }],
    ],
    // Of a name nothing is cut off: who is to be erased is somebody else without it.
    [
      ["w", "--visitor=Nadia = Brice"],
      [["w"], { visitor: "Nadia = Brice" }],
    ],
    [
      ["w", "--visitor=--Nadia"],
      [["w"], { visitor: "--Nadia" }],
    ],
  ])("%j says %j", (line, said) => {
    expect(read(...line)).toEqual(said);
  });

  test.each([
    ["no such option", ["w", "--visitors", "Nadia"]],
    ["an option that every object has", ["w", "--constructor", "Nadia"]],
    ["no value", ["w", "--visitor"]],
    ["another option in the place of a value", ["w", "--visitor", "--yes"]],
    ["a value where none belongs", ["w", "--yes=no"]],
    ["a variable that is not set", ["w", "--visitor", "", "--yes"]],
    ["a variable that is not set, joined", ["w", "--visitor=", "--yes"]],
    ["a place that is not set", [""]],
    ["a place too many", ["w", "v"]],
  ])("%s is refused", (_what, line) => {
    expect(() => read(...line)).toThrow(Misused);
  });
});
