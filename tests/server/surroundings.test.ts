/** O13 O14: the same results whatever machine it runs on: languages, clocks, accounts, a disk that is closed, no network. */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { newDataDir } from "../support/data-dir.ts";
import { allKept, putKept } from "../support/kept-data.ts";

// Each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const ROOT = new URL("../..", import.meta.url).pathname;
const NOBODY = 65_534;

/** Whether this account may do it here. */
const may = (program: string, ...words: string[]): boolean => {
  try {
    execFileSync(program, words, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

interface Surrounding {
  environment?: Record<string, string>;
  /** What the program is started by. */
  by?: readonly string[];
  /** Whose the data is. */
  owner?: number;
}

/** A fingerprint of every export of every workshop that is kept, as a server in these surroundings gives them. */
const exportsIn = async ({ environment = {}, by = [], owner }: Surrounding): Promise<string> => {
  const dir = newDataDir();
  const kept = putKept(allKept().at(-1)!, dir.path);
  if (owner !== undefined) {
    for (const path of [dir.path, ...readdirSync(dir.path).map((name) => join(dir.path, name))]) {
      chownSync(path, owner, owner);
    }
  }
  const [program, ...words] = [...by, process.execPath, "server/main.ts"];
  const child = spawn(program, words, {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", HOST: "127.0.0.1", DATA_DIR: dir.path, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const closed = once(child, "close");
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const found = /ready at http:\/\/[^ ]+:(\d+)/.exec(output);
        if (found) resolve(`http://127.0.0.1:${found[1]}`);
      });
      void closed.then(() => reject(new Error(`It ended before it was ready: ${output}`)));
    });
    const hash = createHash("sha256");
    for (const { links } of kept.workshops) {
      for (const format of ["txt", "md", "html", "csv", "json"]) {
        const answer = await fetch(`${url}/r/${links.read}/minutes.${format}`);
        if (!answer.ok) throw new Error(`An export was answered with ${answer.status}.`);
        // Its own address, the port in it, is all that may differ.
        hash.update((await answer.text()).replaceAll(url, "http://here"));
      }
    }
    return hash.digest("hex");
  } finally {
    child.kill("SIGTERM");
    await closed;
    dir.remove();
  }
};

describe("O13 the same results", () => {
  let asUsual: Promise<string> | undefined;
  const usual = (): Promise<string> =>
    (asUsual ??= exportsIn({ environment: { LANG: "fr_FR.UTF-8", TZ: "Europe/Paris", HOME: tmpdir() } }));

  test.each<[string, Record<string, string>]>([
    ["with no language, no home and Greenwich's clock", { LANG: "C", LC_ALL: "C", TZ: "UTC" }],
    ["in Turkish, where I is no i", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" }],
  ])("%s", async (_what, environment) => {
    expect(await exportsIn({ environment })).toBe(await usual());
  });

  /** Nothing may be written to where the program lies. */
  const closed = [
    "unshare",
    "-m",
    "sh",
    "-c",
    `mount --bind ${ROOT} ${ROOT} && mount -o remount,bind,ro ${ROOT} && exec "$@"`,
    "sh",
  ];
  const isRoot = process.getuid?.() === 0;
  const mayClose = isRoot && may(closed[0]!, ...closed.slice(1), "true");
  const nobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const mayBeNobody = isRoot && may(nobody[0]!, ...nobody.slice(1), "test", "-r", join(ROOT, "server/main.ts"));

  test.skipIf(!mayClose)(
    `with a program that lies on a disk that is closed${mayClose ? "" : " (skipped: this account may not mount one)"}`,
    async () => {
      expect(await exportsIn({ by: closed, environment: { LANG: "C" } })).toBe(await usual());
    },
  );

  test.skipIf(!mayBeNobody)(
    `for an account that owns nothing but the data${mayBeNobody ? "" : " (skipped: this account cannot become another one that can read the program)"}`,
    async () => {
      expect(await exportsIn({ by: nobody, owner: NOBODY, environment: { LANG: "C" } })).toBe(await usual());
    },
  );
});

describe("O14 no network", () => {
  const RIGHT = { statuses: Array.from({ length: 10 }, () => 200), codes: [0, 0, 0], found: true };

  /** Uses a server in every way and gives what came of it. */
  const use = async (by: readonly string[], environment: Record<string, string>): Promise<unknown> => {
    const [program, ...words] = [...by, process.execPath, join(ROOT, "tests/support/whole-use.ts")];
    const child = spawn(program, words, {
      env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await once(child, "close");
    return JSON.parse(output || "null");
  };

  test("nothing is asked of any other machine, at the start, in use, by the commands", async () => {
    const place = mkdtempSync(join(tmpdir(), "minutier-outgoing-"));
    chmodSync(place, 0o700);
    const record = join(place, "outgoing");
    const recorder = new URL("../support/recorder.ts", import.meta.url).href;
    expect(await use([], { NODE_OPTIONS: `--import=${recorder}`, OUTGOING: record })).toEqual(RIGHT);
    const attempts = existsSync(record) ? readFileSync(record, "utf8").trim().split("\n") : [];
    process.stdout.write(`O14 outgoing attempts ${attempts.length}\n`);
    expect(attempts).toEqual([]);
    // A recorder that notes nothing would prove nothing.
    const asked = "fetch('http://192.0.2.1:8009/', { signal: AbortSignal.timeout(200) }).catch(() => undefined)";
    execFileSync(process.execPath, [`--import=${recorder}`, "-e", asked], { env: { OUTGOING: record } });
    expect(readFileSync(record, "utf8")).toContain("192.0.2.1");
    rmSync(place, { recursive: true });
  });

  const alone = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
  const mayBeAlone = may(alone[0]!, ...alone.slice(1), "true");

  test.skipIf(!mayBeAlone)(
    `where there is none at all everything works${mayBeAlone ? "" : " (skipped: this account may not make a network of its own)"}`,
    async () => {
      expect(await use(alone, {})).toEqual(RIGHT);
    },
  );
});
