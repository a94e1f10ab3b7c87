/** The real server as a child process: started as `npm start` starts it, killed, started again on the same data. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;

/**
 * The very command of `npm start`, so that no test can pass on another one. `exec` gives the server the place of the
 * shell, as it does under npm: a signal for the one is for the other. What follows `||` is for shells without it.
 */
const startCommand = (root: string): string => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
  return scripts.start;
};

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Everything a finished start gives: for servers that are expected to refuse. */
export interface Refused extends Exit {
  output: string;
}

const launch = (environment: Record<string, string>, root = ROOT): { child: ChildProcess; output: () => string } => {
  // Nothing of the tester's own environment may configure the server under test but its Node, which is the pinned one.
  const path = [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
  const child = spawn(startCommand(root), {
    cwd: root,
    shell: true,
    env: { PATH: path, HOME: tmpdir(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
};

/** Starts a server that is expected to refuse; resolves when it has ended. */
export const startRefused = async (environment: Record<string, string>): Promise<Refused> => {
  const { child, output } = launch(environment);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, output: output() };
};

/** A running server and its data directory; `start` again after `kill` or `stop` uses the same port and data. */
export class TestServer {
  readonly dataDir: string;
  readonly environment: Record<string, string>;
  /** Where the program stands that the next start runs; absent: this one. */
  root: string | undefined;
  #port = 0;
  #child: ChildProcess | undefined;
  #output: () => string = () => "";
  #printed = "";

  constructor(environment: Record<string, string> = {}) {
    this.dataDir = environment["DATA_DIR"] ?? mkdtempSync(join(tmpdir(), "minutier-"));
    this.environment = environment;
  }

  /** Where it listens, e.g. `http://127.0.0.1:40123`. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Where Hocuspocus clients connect. */
  get live(): string {
    return `ws://127.0.0.1:${this.#port}/live`;
  }

  /** Where y-websocket clients connect. */
  get yjs(): string {
    return `ws://127.0.0.1:${this.#port}/yjs`;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Everything printed by all runs so far, logs included. */
  get output(): string {
    return this.#printed + this.#output();
  }

  /** Starts it and resolves when it has said that it is ready. Throws with what it printed if it ends instead. */
  async start(): Promise<this> {
    this.#printed += this.#output();
    const settings = { PORT: String(this.#port), HOST: "127.0.0.1", DATA_DIR: this.dataDir, LOG_LEVEL: "info" };
    const { child, output } = launch({ ...settings, ...this.environment }, this.root);
    this.#child = child;
    this.#output = output;
    this.#port = await new Promise<number>((resolve, reject) => {
      child.stdout!.on("data", () => {
        const found = /ready at http:\/\/[^ ]+:(\d+)/.exec(output());
        if (found) resolve(Number(found[1]));
      });
      child.once("close", () => reject(new Error(`The server ended before it was ready:\n${output()}`)));
    });
    return this;
  }

  /** `kill -9`: no goodbye of any kind. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** SIGTERM, and how it ended. */
  stop(): Promise<Exit> {
    return this.#end("SIGTERM");
  }

  /** Sends a signal without waiting. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** How it ends, whenever it does. */
  async ended(): Promise<Exit> {
    const child = this.#child;
    if (!child) throw new Error("The server was never started.");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return { code: child.exitCode, signal: child.signalCode };
  }

  /** Kills it and forgets its data. */
  async remove(): Promise<void> {
    if (this.#child) await this.kill();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<Exit> {
    this.#child?.kill(signal);
    return this.ended();
  }
}

/** What `POST /api/workshops` answers. */
export interface Started {
  id: string;
  code: string;
  links: Record<"manage" | "write" | "vote" | "read", string>;
  addresses: Record<"manage" | "write" | "vote" | "read", string>;
}

/** Starts a workshop over the API, as any program would. */
export const startWorkshop = async (url: string, template = "vierge"): Promise<Started> => {
  const answer = await fetch(`${url}/api/workshops`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ template }),
  });
  if (answer.status !== 201) throw new Error(`POST /api/workshops answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Started;
};
