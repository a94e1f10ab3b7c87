/** A server started where it sees other processes, other mounts and another network than we do, as in a container. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";

/** From the most separate to none: what the machine allows decides. */
const WAYS = [
  ["unshare", "--fork", "--pid", "--mount-proc", "--net", "--ipc", "--uts"],
  ["unshare", "--user", "--map-root-user", "--fork", "--pid", "--mount-proc", "--net", "--ipc", "--uts"],
  ["env"],
];

const allowed = ([program = "", ...words]: readonly string[]): boolean => {
  try {
    execFileSync(program, [...words, process.execPath, "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

export interface Elsewhere {
  code: number | null;
  output: string;
  /** How it was kept apart. */
  how: string;
}

/** Starts a server on `dataDir` there, and resolves when it has ended. */
export const startElsewhere = async (dataDir: string): Promise<Elsewhere> => {
  const [program = "", ...words] = WAYS.find(allowed) ?? [];
  const child = spawn(program, [...words, process.execPath, "server/main.ts"], {
    cwd: new URL("../..", import.meta.url).pathname,
    env: { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output, how: words.length > 0 ? "in namespaces of its own" : "as another process" };
};
