/** kill -9 in the middle of appending: what was acknowledged is there, once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { openLog } from "../../server/log/log.ts";
import { rebuild } from "../../server/log/rebuild.ts";
import { openStore } from "../../server/store/store.ts";
import { newSeed } from "../fuzz/random.ts";
import { newDataDir } from "../support/data-dir.ts";

const ROUNDS = 8;
const APPENDER = new URL("../support/appender.ts", import.meta.url).pathname;

/** Runs the appender until it has had `acks` acknowledgements, kills it at once, and tells what it had printed by then. */
const runAndKill = async (dataDir: string, document: string, round: number, acks: number) => {
  const child = spawn(process.execPath, [APPENDER, dataDir, document, String(round)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const acked: string[] = [];
  let id = document;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, what = ""] = line.split(" ");
    if (word === "ready") id = what;
    else if (word === "acked") acked.push(what);
    // Whatever it prints between this and its end counts too: the loop goes on to the end of the pipe.
    if (acked.length >= acks) child.kill("SIGKILL");
  }
  await closed;
  return { id, acked };
};

const seed = newSeed("L2");

test(`L2 every entry acknowledged before kill -9 is in the log, once, and the next process takes over (seed ${seed})`, async () => {
  const { path, remove } = newDataDir();
  let document = "";
  const acked: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const acks = 1 + ((seed >> round) % 200);
    const run = await runAndKill(path, document, round, acks);
    document = run.id;
    acked.push(...run.acked);
    const store = await openStore({ dataDir: path });
    const loaded = await openLog(store, () => undefined).load(document);
    const words =
      rebuild(loaded)
        .getText("words")
        .toJSON()
        .match(/<[^>]+>/g) ?? [];
    expect(new Set(words).size).toBe(words.length);
    const there = new Set(words);
    expect(acked.filter((word) => !there.has(word))).toEqual([]);
    // Everybody waits for an acknowledgement before typing on, so at most one word each can be there unacknowledged.
    expect(words.length - acked.length).toBeLessThanOrEqual(4 * (round + 1));
    await store.close();
  }
  expect(acked.length).toBeGreaterThanOrEqual(ROUNDS);
  remove();
}, 120_000);
