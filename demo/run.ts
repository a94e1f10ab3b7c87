/** `npm run demo`: a server on a temporary directory, and a workshop that is held while one watches. SPEED=4 holds it four times as fast. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Minutes } from "../minutes/value.ts";
import type { Started } from "./participant.ts";
import { play } from "./play.ts";

const TEMPLATE = "atelier-facilite";
const SPEED = Math.max(0.1, Number(process.env["SPEED"] ?? 1) || 1);
/** So long somebody has to open an address before it begins. */
const CURTAIN_MS = 10_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED));

const directory = mkdtempSync(join(tmpdir(), "minutier-demo-"));
const server = spawn(process.execPath, ["server/main.ts"], {
  env: { ...process.env, DATA_DIR: directory, PORT: process.env["PORT"] ?? "3000", LOG_LEVEL: "warn" },
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = once(server, "exit");
const end = (): void => void server.kill("SIGTERM");
process.on("SIGINT", end);
process.on("SIGTERM", end);

const ready = async (): Promise<string> => {
  let said = "";
  for await (const chunk of server.stdout) {
    said += String(chunk);
    const found = /ready at (http:\/\/\S+:\d+)/.exec(said);
    if (found) return found[1]!;
  }
  throw new Error("The server ended before it was ready.");
};

const get = async <Answer>(address: string, body?: object): Promise<Answer> => {
  const answer = await fetch(address, {
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    headers: { "content-type": "application/json" },
  });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as Answer;
};

/** Begins when the server is there; resolves when the workshop was held, or could not be. */
const held = async (): Promise<void> => {
  try {
    const base = await ready();
    const workshop = await get<Started>(`${base}/api/workshops`, { template: TEMPLATE, language: "fr" });
    const { example } = await get<{ example: Minutes }>(`${base}/api/templates/${TEMPLATE}?language=fr`);
    say(`L’atelier      ${workshop.addresses.manage}`);
    say(`L’écran        ${base}/w/${workshop.id}/projector#${workshop.links.write}`);
    say(`À lire         ${workshop.addresses.read}`);
    say(`Entrer         ${base}/j/${workshop.code}`);
    say("\nLe rideau se lève dans dix secondes. Ctrl+C arrête tout et efface les données.\n");
    await pause(CURTAIN_MS);
    await play({ base, workshop, example, pause, tell: (what) => say(`· ${what}`) });
    say("\nL’atelier reste ouvert jusqu’à Ctrl+C.");
  } catch (error) {
    // Whoever ended it knows.
    if (server.exitCode !== null || server.killed) return;
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    end();
  }
};

// Whoever ends it in the middle does not wait for parts that wait for a server that is gone.
void held();
await ended;
rmSync(directory, { recursive: true, force: true });
process.exit();
