/** One server under measurement: a process of its own, on a core of its own, with what the system says it has used. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

/** How one speaks to it: Hocuspocus's protocol, that protocol with our packed ticks, or y-websocket's. */
export type Protocol = "live" | "packed" | "bare";

export interface Contender {
  name: string;
  protocol: Protocol;
  /** What Node runs, and with which settings besides PORT and DATA_DIR. */
  file: string;
  environment: Record<string, string>;
  /** Says this once it listens. */
  ready: RegExp;
}

const HERE = new URL(".", import.meta.url).pathname;
const PEERS = join(HERE, "peers");
const { scripts } = JSON.parse(readFileSync(join(HERE, "../package.json"), "utf8")) as { scripts: { start: string } };
/** What `npm start` gives Node besides the program. */
const flags = scripts.start
  .split("||")[0]!
  .split(" ")
  .filter((word) => word.startsWith("--"));
const own = {
  file: join(HERE, "../server/main.ts"),
  environment: { HOST: "127.0.0.1", LOG_LEVEL: "error", OPEN_DOORS: "anybody-on-this-machine-may-write" },
  ready: /ready at/,
};
const hocuspocus = { protocol: "live", file: join(PEERS, "hocuspocus.js"), ready: /ready/ } as const;

const ALL: readonly Contender[] = [
  { name: "Minutier, packed", protocol: "packed", ...own },
  { name: "Minutier, stock clients", protocol: "live", ...own },
  { name: "Hocuspocus 4.7, flush 30", ...hocuspocus, environment: { FLUSH: "30" } },
  { name: "Hocuspocus 4.7", ...hocuspocus, environment: {} },
  {
    name: "y-websocket server",
    protocol: "bare",
    file: join(PEERS, "node_modules/@y/websocket-server/src/server.js"),
    environment: { HOST: "127.0.0.1" },
    ready: /running at/,
  },
  { name: "relay, nothing kept", protocol: "bare", file: join(PEERS, "relay.js"), environment: {}, ready: /ready/ },
];

/** Those that can be started here, by a part of their names where one is asked for; and the names of the missing. */
export const contenders = (wanted = ""): { present: Contender[]; missing: string[] } => {
  const names = wanted.split(",").filter(Boolean);
  const asked = ALL.filter(({ name }) => names.length === 0 || names.some((each) => name.includes(each)));
  const installed = existsSync(join(PEERS, "node_modules/@y/websocket-server"));
  const here = ({ file }: Contender): boolean => installed || file === own.file;
  return { present: asked.filter(here), missing: asked.filter((each) => !here(each)).map(({ name }) => name) };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
};

/** Theirs have parts that were compiled for one Node: where that is not ours, this says which. */
const PEER_NODE = process.env["BENCH_PEER_NODE"] ?? process.execPath;

/** Where ours leaves a profile of each of its threads when it ends. */
const PROFILE = process.env["BENCH_PROFILE"];
const profiled = PROFILE === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`];

/** Servers get the first core, whoever drives them the second. */
const PIN = "taskset";
const pins = availableParallelism() > 1 && spawnSync(PIN, ["--version"]).status === 0;
export const pinDriver = (): void => {
  if (pins) spawnSync(PIN, ["-a", "-p", "-c", "1", String(process.pid)]);
};

export interface Usage {
  /** Seconds of processor time, all its threads. */
  cpu: number;
  /** Megabytes in memory. */
  rss: number;
  /** Bytes it made the system write to disks. */
  written: number;
  /** Bytes it handed to the system, for disks and networks. */
  handed: number;
}

export class Running {
  readonly contender: Contender;
  readonly #dir = mkdtempSync(join(tmpdir(), "minutier-bench-"));
  #child: ChildProcess | undefined;
  #port = 0;

  constructor(contender: Contender) {
    this.contender = contender;
  }

  /** Where a room is entered. */
  address(room: string): string {
    const { protocol, file } = this.contender;
    return `ws://127.0.0.1:${this.#port}/${protocol === "bare" ? room : file === own.file ? "live" : ""}`;
  }

  /** Starts it, again on the same data where it ran before; gives how long that took, in milliseconds. */
  async start(): Promise<number> {
    this.#port = await freePort();
    const { file, environment, ready } = this.contender;
    const began = performance.now();
    const node = file === own.file ? [process.execPath, ...flags, ...profiled] : [PEER_NODE];
    const command = [...(pins ? [PIN, "-c", "0"] : []), ...node, file];
    const data = join(this.#dir, "data");
    mkdirSync(data, { recursive: true });
    const child = spawn(command[0]!, command.slice(1), {
      cwd: this.#dir,
      env: { PATH: process.env["PATH"], PORT: String(this.#port), DATA_DIR: data, YPERSISTENCE: data, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const listening = Promise.withResolvers<void>();
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (ready.test(said)) listening.resolve();
    });
    child.once("exit", () => listening.reject(new Error(`${this.contender.name} did not start`)));
    await listening.promise;
    return performance.now() - began;
  }

  usage(): Usage {
    const pid = String(this.#child?.pid);
    const ticks = (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
    const line = (file: string, name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"))?.[1]);
    return {
      cpu: (Number(ticks[11]) + Number(ticks[12])) / 100,
      rss: line("status", "VmRSS") / 1024,
      written: line("io", "write_bytes"),
      handed: line("io", "wchar"),
    };
  }

  /** SIGTERM, or `SIGKILL`; resolves when it has ended. */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
  }

  async remove(): Promise<void> {
    await this.end(profiled.length > 0 ? "SIGTERM" : "SIGKILL");
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
