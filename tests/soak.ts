/** The long variants of the checks: `npm run soak` runs all, `npm run soak -- S01 D01` some; one table with their figures. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKS, type Check } from "./checks.ts";

const MINUTES = 10;
/** Servers and browsers that a run started end with it; whatever does not is killed so much later. */
const GRACE_MS = 10_000;

interface Tested {
  fullName: string;
  status: string;
}

/** What one run of a test file came to. */
interface Run {
  tests: readonly Tested[];
  printed: readonly string[];
  /** Whether it was ended before it had ended. */
  late: boolean;
  /** All of what it printed, for whoever looks into a failure. */
  output: string;
}

const wanted = process.argv.slice(2);
const first = process.env["FIRST"] ?? String(Date.now() % 1_000_000);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tells a whole group of processes: what a test started is in it. */
const tell = (group: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended meanwhile.
  }
};

/** The group of the run that is under way; whoever ends the soak ends it too. */
let running = 0;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (running > 0) tell(running, signal);
    process.exit(1);
  });
}

/** Runs the tests of a file whose titles bear one of `ids`. */
const run = async ({ path, long = {}, minutes = MINUTES }: Check, ids: readonly string[]): Promise<Run> => {
  const directory = mkdtempSync(join(tmpdir(), "minutier-soak-"));
  const report = join(directory, "report.json");
  const filter = ["-t", `\\b(${ids.join("|")})\\b`, `--testTimeout=${minutes * 60_000}`];
  const reporting = ["--disableConsoleIntercept", "--reporter=json", `--outputFile=${report}`];
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", path, ...filter, ...reporting], {
    detached: true,
    env: { ...process.env, FIRST: first, ...long },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
  const group = child.pid ?? 0;
  running = group;
  let late = false;
  const ends = [
    setTimeout(() => {
      late = true;
      tell(group, "SIGTERM");
    }, minutes * 60_000),
    setTimeout(() => tell(group, "SIGKILL"), minutes * 60_000 + GRACE_MS),
  ];
  await once(child, "exit");
  for (const end of ends) clearTimeout(end);
  tell(group, "SIGKILL");
  let tests: Tested[] = [];
  try {
    const found = JSON.parse(readFileSync(report, "utf8")) as { testResults: { assertionResults: Tested[] }[] };
    tests = found.testResults.flatMap(({ assertionResults }) => assertionResults);
  } catch {
    // It ended before it wrote one: no test has passed.
  }
  rmSync(directory, { recursive: true });
  return { tests, printed: output.split("\n"), late, output };
};

/** The lines of the table for one id: a line for each figure its tests printed. */
const linesOf = (id: string, what: string, { tests, printed, late }: Run): { ok: boolean; lines: string[] } => {
  const bears = new RegExp(`\\b${id}\\b`);
  const own = tests.filter(({ fullName, status }) => bears.test(fullName) && status !== "pending");
  const passed = own.filter(({ status }) => status === "passed").length;
  const ok = !late && own.length > 0 && passed === own.length;
  const figures = printed.filter((line) => line.startsWith(`${id} `)).map((line) => line.slice(id.length + 1));
  const count = `${passed} of ${own.length} tests${late ? ", ended: too late" : ""}`;
  const told = figures.length > 0 ? figures : [count];
  if (!ok && figures.length > 0) told.push(count);
  return {
    ok,
    lines: told.map((figure) => `| ${id} | ${what} | ${figure.replaceAll("|", "/")} | ${ok ? "held" : "FAILED"} |`),
  };
};

const asked = (id: string): boolean => wanted.length === 0 || wanted.includes(id);

say(`seeds from ${first}; ${availableParallelism()} cores`);
say("| id | check | figure | |\n|---|---|---|---|");
let failed = 0;
for (const check of CHECKS) {
  const ids = Object.keys(check.rows).filter(asked);
  if (ids.length === 0) continue;
  const result = await run(check, ids);
  const rows = ids.map((id) => linesOf(id, check.rows[id] ?? "", result));
  for (const { lines } of rows) for (const line of lines) say(line);
  const wrong = rows.filter(({ ok }) => !ok).length;
  failed += wrong;
  if (wrong > 0) process.stderr.write(`\n${check.path}\n${result.output}\n`);
}
const known = new Set(CHECKS.flatMap(({ rows }) => Object.keys(rows)));
for (const id of wanted.filter((each) => !known.has(each))) {
  failed += 1;
  say(`No check is called ${id}.`);
}
process.exitCode = failed > 0 ? 1 : 0;
