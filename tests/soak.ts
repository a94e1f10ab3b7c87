/** The long variants of the random and fault tests: `npm run soak` runs all, `npm run soak -- S01 D01` some; one table. */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { addHarm, bystand, NO_HARM } from "./fuzz/bystander.ts";
import { endure } from "./fuzz/hostile.ts";
import { MIXES, WORKSHOP, type Mix } from "./fuzz/moves.ts";
import { add, NOTHING, preserve } from "./fuzz/preservation.ts";

interface Result {
  ok: boolean;
  figure: string;
}

interface Check {
  id: string;
  what: string;
  run: (first: number) => Result;
}

const SEEDS = Number(process.env["SEEDS"] ?? 200);

const preservation = (mix: Mix, rhythm: number): Check => ({
  id: "S01",
  what: `preservation, ${mix.name}, one exchange per ${rhythm} edits`,
  run(first) {
    let all = NOTHING;
    for (let seed = first; seed < first + SEEDS; seed += 1) {
      all = add(all, preserve({ seed, mix, rhythm, wide: seed % 4 === 0, composing: seed % 3 === 0 }));
    }
    const { typed, lost, doubled, observer, diverged } = all;
    const allowed = mix.undoes ? typed / 1000 : 0;
    return {
      ok: lost === 0 && observer === 0 && diverged === 0 && doubled <= allowed,
      figure: `typed ${typed}, lost ${lost}, doubled ${doubled}, observer ${observer}, diverged ${diverged}`,
    };
  },
});

const bystanders = (rhythm: number): Check => ({
  id: "S05",
  what: `bystanders, one exchange per ${rhythm} edits`,
  run(first) {
    let all = NO_HARM;
    const mix = MIXES.findLast(({ undoes }) => !undoes) ?? WORKSHOP;
    for (let seed = first; seed < first + SEEDS; seed += 1) all = addHarm(all, bystand(seed, mix, rhythm));
    return {
      ok: all.kind + all.marks + all.text === 0,
      figure: `watched ${all.watched}, kind ${all.kind}, marks ${all.marks}, text ${all.text}`,
    };
  },
});

const hostile: Check = {
  id: "S08",
  what: "hostile texts",
  run(first) {
    const verdicts = Array.from({ length: SEEDS * 20 }, (_, i) => endure(first + i));
    const sums = new Map<string, number>();
    for (const verdict of verdicts) {
      for (const [name, value] of Object.entries(verdict)) sums.set(name, (sums.get(name) ?? 0) + Number(value));
    }
    const figure = [...sums].map(([name, sum]) => `${name} ${sum}`).join(", ");
    // Reading a whole text again is the fallback next to half characters; everything else must not happen at all.
    const ok = [...sums].every(([name, sum]) => name === "rereads" || sum === 0);
    return { ok, figure: `${verdicts.length} texts: ${figure}` };
  },
};

/** A test file that takes its length from the environment. */
const file = (id: string, what: string, path: string, environment: Record<string, string>): Check => ({
  id,
  what,
  run() {
    const { status, stdout } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", path], {
      env: { ...process.env, ...environment },
      encoding: "utf8",
    });
    const closing = stdout.trimEnd().split("\n").at(-1) ?? "";
    return { ok: status === 0, figure: `${closing} (${Object.entries(environment).join(" ").replaceAll(",", "=")})` };
  },
});

const CHECKS: readonly Check[] = [
  ...[1, 7].flatMap((rhythm) => [...MIXES, WORKSHOP].map((mix) => preservation(mix, rhythm))),
  bystanders(1),
  bystanders(7),
  hostile,
  file("M01", "damaged frames (M01), and a hostile session beside honest ones (S09)", "tests/fuzz/gate.test.ts", {
    FRAMES: "1000000",
    SIEGE: "20000",
  }),
  file("D16", "honest traffic through the gate", "tests/fuzz/honest.test.ts", { SEEDS: "300" }),
  file("L04", "connections (L04), floods (L06, L07), deaf clients (L08)", "tests/access/flood.test.ts", {
    SECONDS: "60",
    ATTEMPTS: "10000",
  }),
  file("X01", "every payload in every field of every view", "tests/injection/views.test.ts", { VIEWS: "all" }),
  file("D01", "kill -9 under writers", "tests/journeys/kill.test.ts", { ROUNDS: "200" }),
  file("D02", "six writers on every template, killed in between", "tests/journeys/together.test.ts", {
    SECONDS: "120",
  }),
  file("C06", "a browser stopped for five minutes", "tests/journeys/asleep.test.ts", { SECONDS: "300" }),
  file("D03", "no acknowledgement and no word before its sync", "tests/fuzz/acknowledged.test.ts", { ACKS: "10000" }),
  file("D04", "SIGTERM under load", "tests/journeys/kill.test.ts", { TERMS: "50", ROUNDS: "1" }),
  file("D09", "every call on the disk fails once (D08: every sync)", "tests/fuzz/disk-faults.test.ts", { RUNS: "0" }),
  file("D11", "loss of power (D17: kills during compaction)", "tests/fuzz/power-loss.test.ts", {
    IMAGES: "1000",
    COMMITS: "3000",
  }),
  file("D13", "bytes that rot", "tests/server/log-damage.test.ts", { VARIANTS: "200" }),
  file("D19", "a cold start after very many updates", "tests/fuzz/cold-start.test.ts", { UPDATES: "200000" }),
  file("D20", "syncs of two seconds (D05 D06 D07 D10 D16: outages)", "tests/server/disk-outages.test.ts", {
    SLOW_ROUNDS: "15",
    SLOWEST_MS: "2000",
  }),
];

const wanted = process.argv.slice(2);
const chosen = CHECKS.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
const first = Number(process.env["FIRST"] ?? Date.now() % 1_000_000);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`seeds from ${first}, ${SEEDS} each; ${availableParallelism()} cores`);
say("| id | check | figure | |\n|---|---|---|---|");
let failed = chosen.length === 0 ? 1 : 0;
for (const { id, what, run } of chosen) {
  const { ok, figure } = run(first);
  if (!ok) failed += 1;
  say(`| ${id} | ${what} | ${figure} | ${ok ? "held" : "FAILED"} |`);
}
if (chosen.length === 0) say(`No check is called ${wanted.join(", ")}.`);
process.exitCode = failed > 0 ? 1 : 0;
