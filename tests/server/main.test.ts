/** How the server starts, refuses to start, and ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LiveClient } from "../support/clients.ts";
import { newDataDir } from "../support/data-dir.ts";
import { startRefused, startWorkshop, TestServer } from "../support/server.ts";

const lines = (output: string): string[] => output.trim().split("\n");

describe("O11 starting", () => {
  test("every wrong setting is told at once, without a stack", async () => {
    const { code, output } = await startRefused({ PORT: "x", LANGUAGE: "de", REDIS_URL: "redis://somewhere" });
    expect(code).toBe(1);
    expect(lines(output)).toHaveLength(4);
    for (const name of ["PORT", "LANGUAGE", "REDIS_URL"]) expect(output).toContain(name);
  });

  test("data that cannot be used is told in one line", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "minutier-")), "file");
    writeFileSync(file, "");
    chmodSync(file, 0o400);
    const { code, output } = await startRefused({ PORT: "0", DATA_DIR: file });
    expect(code).toBe(1);
    expect(lines(output)).toHaveLength(1);
  });

  test("one line says where it is, before anything else is printed", async () => {
    const server = await new TestServer().start();
    expect(lines(server.output)).toEqual([`Minutier is ready at ${server.url}`]);
    await server.remove();
  });
});

/** Takes what is written as a disk without room does. */
const FULL = "/dev/full";

describe("D06 where the log goes there is no room left", () => {
  test.skipIf(!existsSync(FULL))(
    "the server serves without saying so, and ends as ever",
    async () => {
      const { path, remove } = newDataDir();
      // Where it listens cannot be heard from it: at an address of this test alone, and a port that is free there.
      const host = "127.83.6.1";
      const free = createServer().listen(0, host);
      await once(free, "listening");
      const { port } = free.address() as AddressInfo;
      free.close();
      await once(free, "close");
      const full = openSync(FULL, "w");
      const child = spawn(process.execPath, ["server/main.ts"], {
        cwd: join(import.meta.dirname, "../.."),
        env: { PATH: process.env["PATH"] ?? "", DATA_DIR: path, HOST: host, PORT: String(port), LOG_LEVEL: "debug" },
        stdio: ["ignore", full, full],
      });
      closeSync(full);
      const ended = once(child, "exit");
      const status = (): Promise<number> =>
        fetch(`http://${host}:${port}/healthz`).then(
          (answer) => answer.status,
          () => 0,
        );
      try {
        await expect.poll(status, { timeout: 100_000 }).toBe(200);
        // Each of them is a line of the log.
        for (let n = 0; n < 5; n += 1) expect(await status()).toBe(200);
        child.kill("SIGTERM");
        expect(await ended).toEqual([0, null]);
      } finally {
        child.kill("SIGKILL");
        await ended;
        remove();
      }
    },
    120_000,
  );
});

describe("O13 what Node made of the program is kept for the next start", () => {
  test("beside its packages, and nothing of it among the data", async () => {
    const place = join(import.meta.dirname, "../../node_modules/.cache/minutier");
    const server = await new TestServer().start();
    expect(readdirSync(place)).not.toEqual([]);
    const kept = readdirSync(server.dataDir, { recursive: true, encoding: "utf8" });
    expect(kept.filter((name) => /cache|v\d+/.test(name))).toEqual([]);
    await server.remove();
  });

  test("where it was scribbled on the server starts as it does without", async () => {
    const { path, remove } = newDataDir();
    const server = await new TestServer({ NODE_COMPILE_CACHE: path }).start();
    await server.stop();
    const files = readdirSync(path, { recursive: true, encoding: "utf8" })
      .map((name) => join(path, name))
      .filter((file) => statSync(file).isFile());
    expect(files.length).toBeGreaterThan(100);
    for (const [n, file] of files.entries()) {
      const bytes = readFileSync(file);
      const half = Math.floor(bytes.length / 2);
      // Cut short, emptied, or other bytes from somewhere on.
      if (n % 3 === 0) writeFileSync(file, bytes.subarray(0, half));
      else if (n % 3 === 1) writeFileSync(file, "");
      else writeFileSync(file, bytes.fill(0xa5, half));
    }
    await server.start();
    await startWorkshop(server.url);
    await server.remove();
    remove();
  });
});

describe("R15 ending", () => {
  /** Run inside the server itself, because nothing from outside can make it fail like this. */
  const inside = (script: string): string =>
    `--import=data:text/javascript,${encodeURIComponent(
      `import("node:worker_threads").then(({ isMainThread }) => { if (isMainThread) { ${script} } });`,
    )}`;

  test.each([
    ["a rejection nobody handled", "process.once('SIGUSR2', () => Promise.reject(new Error('unforeseen')))"],
    ["an exception nobody caught", "process.once('SIGUSR2', () => { throw new Error('unforeseen') })"],
  ])("%s: what waits is written, the exit is not 0, nothing acknowledged is lost", async (_what, script) => {
    const server = await new TestServer({ NODE_OPTIONS: inside(script) }).start();
    const { id, links } = await startWorkshop(server.url);
    const client = new LiveClient({ url: server.live }, id, links.write);
    await client.saved();
    client.write("avant ", "notes");
    await client.saved();
    server.signal("SIGUSR2");
    expect(await server.ended()).toEqual({ code: 1, signal: null });
    expect(server.output).toContain("unforeseen");
    client.destroy();
    delete server.environment["NODE_OPTIONS"];
    await server.start();
    const answer = await fetch(`${server.url}/api/workshops/${id}`, {
      headers: { authorization: `Bearer ${links.read}` },
    });
    expect(await answer.text()).toContain("avant");
    await server.remove();
  });

  test("SIGINT ends it as SIGTERM does, and says goodbye to whoever is there", async () => {
    const server = await new TestServer().start();
    const { id, links } = await startWorkshop(server.url);
    const client = new LiveClient({ url: server.live }, id, links.write);
    await client.saved();
    server.signal("SIGINT");
    expect(await server.ended()).toEqual({ code: 0, signal: null });
    await client.when(() => client.closed.length > 0);
    expect(client.closed[0]).toBe(1001);
    client.destroy();
    await server.remove();
  });
});

describe("A17 the key", () => {
  test("is readable by the server alone, and stands in no log", async () => {
    const server = await new TestServer({ LOG_LEVEL: "debug" }).start();
    await startWorkshop(server.url);
    const key = readFileSync(join(server.dataDir, "key"));
    for (const form of ["hex", "base64", "base64url"] as const) expect(server.output).not.toContain(key.toString(form));
    await server.remove();
  });
});

describe("R15 npm start", () => {
  test("whoever ends npm ends the server with it, and the data is free at once", async () => {
    const { path, remove } = newDataDir();
    const npm = spawn("npm", ["start", "--ignore-scripts"], {
      env: { ...process.env, PORT: "0", HOST: "127.0.0.1", DATA_DIR: path },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    for await (const chunk of npm.stdout) {
      output += String(chunk);
      if (output.includes("ready at")) break;
    }
    npm.kill("SIGTERM");
    await once(npm, "exit");
    const again = await new TestServer({ DATA_DIR: path }).start();
    expect(await again.stop()).toEqual({ code: 0, signal: null });
    remove();
  });
});
