/** The table of the soak: every check has a line in it, every line has tests that bear its id, and hosts are told of each. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHECKS } from "./checks.ts";

const lines = CHECKS.flatMap(({ path, rows }) => Object.keys(rows).map((id) => ({ path, id })));

/** From 1 to the last of each, but for those of other promises than those `docs/reliability.md` is about. */
const LAST: Readonly<Record<string, number>> = { D: 20, C: 13, S: 12, M: 15, A: 18, X: 10, L: 13, O: 14, W: 3, P: 6 };
const ELSEWHERE = new Set(["L01", "L02", "L03", "W01", "P05"]);
const ids = Object.entries(LAST)
  .flatMap(([letter, last]) => Array.from({ length: last }, (_, i) => `${letter}${String(i + 1).padStart(2, "0")}`))
  .filter((id) => !ELSEWHERE.has(id));

/** What hosts are told of each id, line by line. */
const told = new Map(
  [...readFileSync("docs/reliability.md", "utf8").matchAll(/^\| ([A-Z]\d\d) \|(.+)\|(.+)\|$/gm)].map(
    ([, id = "", what = "", figure = ""]) => [id, { what, figure }],
  ),
);

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

test("hosts are told of every check: what is done and what came of it", () => {
  expect(ids.filter((id) => !told.get(id)?.what.trim() || !told.get(id)?.figure.trim())).toEqual([]);
});

test("what the soak does not run is told as not there yet", () => {
  const run = new Set(lines.map(({ id }) => id));
  const silent = ids.filter((id) => !run.has(id) && !told.get(id)?.figure.includes("Not yet: "));
  expect(silent).toEqual([]);
});
