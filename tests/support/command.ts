/** The commands of the host, run as a host runs them: a process of their own beside the server. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";

const ROOT = new URL("../..", import.meta.url).pathname;

export interface Ended {
  code: number | null;
  /** Everything it printed. */
  output: string;
}

/** Starts a command; `ended` resolves when it has. */
export const startCommand = (
  environment: Record<string, string>,
  ...line: string[]
): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, ["server/main.ts", ...line], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return { child, ended };
};

/** Runs a command to its end. */
export const command = (environment: Record<string, string>, ...line: string[]): Promise<Ended> =>
  startCommand(environment, ...line).ended;
