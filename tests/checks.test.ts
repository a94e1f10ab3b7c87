/** The table of the soak: every check has a line in it, every line has tests that bear its id. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHECKS } from "./checks.ts";

const lines = CHECKS.flatMap(({ path, rows }) => Object.keys(rows).map((id) => ({ path, id })));

test("every line of the soak names a file that is there, and ids that its titles bear", () => {
  const missing = lines.filter(({ path, id }) => {
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    return !new RegExp(`["\`][^"\`\\n]*\\b${id}\\b`).test(text);
  });
  expect(missing).toEqual([]);
});

test("no file stands in it twice", () => {
  expect(new Set(CHECKS.map(({ path }) => path)).size).toBe(CHECKS.length);
});
