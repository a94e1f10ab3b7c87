/** The demonstration ends when it is told to, whatever is being played, and leaves nothing behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";

test("npm run demo: ended in the middle of the play it is over, and its data is gone", async () => {
  const place = mkdtempSync(join(tmpdir(), "minutier-stage-"));
  const demo = spawn(process.execPath, ["demo/run.ts"], {
    env: { ...process.env, TMPDIR: place, PORT: "0", HOST: "127.0.0.1", SPEED: "100" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(demo, "exit");
  try {
    // Twelve are in the room, and type.
    for await (const line of createInterface({ input: demo.stdout })) if (line.startsWith("· L’animatrice")) break;
    expect(readdirSync(place)).toHaveLength(1);
    demo.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
    expect(readdirSync(place)).toEqual([]);
  } finally {
    demo.kill("SIGKILL");
    rmSync(place, { recursive: true, force: true });
  }
}, 60_000);
