/** The house itself: which way imports run, how long files are, what they are called (DESIGN numbers, README map). */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const FOLDERS = ["minutes", "document", "server", "client", "demo"];
const SERVER_PARTS = ["store", "log", "access", "stage", "rooms", "pages", "routes", "commands"];

/** From → what it may import, besides itself. A type import counts. */
const LAW: Record<string, readonly string[]> = {
  minutes: [],
  document: ["minutes"],
  client: ["minutes", "document"],
  demo: ["minutes", "document"],
  "server/store": ["minutes", "document"],
  "server/log": ["minutes", "document", "server/store"],
  "server/access": ["minutes", "document", "server/store"],
  "server/stage": ["minutes", "document", "server/store"],
  "server/rooms": ["minutes", "document", "server/log", "server/access", "server/stage"],
  "server/pages": ["minutes", "document"],
  "server/routes": [
    "minutes",
    "document",
    "server/log",
    "server/access",
    "server/stage",
    "server/rooms",
    "server/pages",
    "server",
  ],
  "server/commands": ["minutes", "document", "server/store", "server/log", "server/access"],
  server: [
    "minutes",
    "document",
    "server/store",
    "server/log",
    "server/access",
    "server/stage",
    "server/rooms",
    "server/pages",
    "server/routes",
    "server/commands",
  ],
};

/** Files in server/ itself that parts may read: the settings and the version, and nothing that composes. */
const OPEN_TO_PARTS = ["server/config.ts", "server/version.ts"];

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...FOLDERS], {
  encoding: "utf8",
});
const sources = listed
  .split("\n")
  .filter((file) => [".ts", ".tsx"].includes(extname(file)))
  .toSorted();
const textOf = new Map(sources.map((file) => [file, readFileSync(file, "utf8")]));

const partOf = (file: string): string => {
  const [folder, part] = file.split("/");
  return folder === "server" && SERVER_PARTS.includes(part ?? "") ? `server/${part}` : (folder ?? "");
};

const importsOf = (file: string): string[] =>
  [...(textOf.get(file) ?? "").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"?]+)(?:\?[^"]*)?"/g)].map((match) =>
    normalize(join(dirname(file), match[1] ?? "")),
  );

const isCode = (file: string): boolean => textOf.has(file);

describe("the house", () => {
  test("there is a house", () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  test("imports run one way: minutes ← document ← server, client, and inside server as the plan says", () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter(isCode)
        .filter((target) => {
          const [from, to] = [partOf(file), partOf(target)];
          if (from === to) return false;
          if (to === "server") return !OPEN_TO_PARTS.includes(target);
          return !(LAW[from] ?? []).includes(to);
        })
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("no import leads to a file that is not there", () => {
    const missing = sources.flatMap((file) =>
      importsOf(file)
        .filter((target) => [".ts", ".tsx"].includes(extname(target)) && !isCode(target))
        .map((target) => `${file} → ${target}`),
    );
    expect(missing).toEqual([]);
  });

  test("no cycle", () => {
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
        return;
      }
      if (done.has(file)) return;
      for (const target of importsOf(file).filter(isCode)) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test("files are small: median ≤ 110 lines, p90 ≤ 220, none above 300", () => {
    const lines = sources
      .map((file) => ({ file, count: (textOf.get(file) ?? "").trimEnd().split("\n").length }))
      .toSorted((a, b) => a.count - b.count);
    const at = (share: number): number => lines[Math.floor((lines.length - 1) * share)]?.count ?? 0;
    expect(lines.filter(({ count }) => count > 300)).toEqual([]);
    expect(at(0.5)).toBeLessThanOrEqual(110);
    expect(at(0.9)).toBeLessThanOrEqual(220);
  });

  test("folders are at most two deep and every name says something", () => {
    const vague = /(^|\/)(utils?|helpers?|types|common|misc|managers?|services?)(\.|\/)/i;
    expect(sources.filter((file) => vague.test(file))).toEqual([]);
    expect(sources.filter((file) => file.split("/").length > 3)).toEqual([]);
  });

  test("every file opens with a sentence that says what it is", () => {
    expect(sources.filter((file) => !/^\/\*\*[\s*]+\S+ \S+/.test(textOf.get(file) ?? ""))).toEqual([]);
  });

  test("Yjs internals are touched in one file only", () => {
    const internals =
      /\._start\b|\._searchMarker\b|\b_hasFormatting\b|\bContentFormat\b|\bnew Y\.Item\b|\bstructs\.Item\b/;
    const offenders = sources.filter((file) => internals.test(textOf.get(file) ?? ""));
    expect(offenders.filter((file) => file !== "document/text/internals.ts")).toEqual([]);
  });

  test("the lockfile names no registry, and what must not drift is pinned", () => {
    const lock = readFileSync("package-lock.json", "utf8");
    expect(lock).not.toMatch(/"resolved"/);
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies["yjs"]).toMatch(/^13\.6\.\d+$/);
    expect(dependencies["@tiptap/core"]).toBe("3.31.3");
    expect(dependencies["@tiptap/pm"]).toBe("3.31.3");
    expect(Object.keys(dependencies)).not.toContain("@tiptap/extension-collaboration");
  });

  test("the container runs the commands that npm start runs", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const dockerfile = readFileSync("Dockerfile", "utf8");
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]") as string[];
    // Under npm it takes the place of the shell, else a SIGTERM would end only npm; `||` is for shells without exec.
    expect(scripts["start"]).toBe(`exec ${command.join(" ")} || ${command.join(" ")}`);
    expect(dockerfile).toContain(`RUN ${scripts["prestart"]} `);
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});
