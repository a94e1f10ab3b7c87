/** The self-check: of a server that does well, of one that is set up wrongly, and for nobody but the host. */
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { broughtNode } from "../../server/commands/check.ts";
import { command } from "../support/command.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let server: TestServer;
afterEach(() => server?.remove());

const check = (more: Record<string, string> = {}): ReturnType<typeof command> => {
  const { port } = new URL(server.url);
  return command({ DATA_DIR: server.dataDir, HOST: "127.0.0.1", PORT: port, ...more }, "check");
};

const wrong = (output: string): string[] =>
  output
    .split("\n")
    .filter((line) => line.startsWith("WRONG"))
    .map((line) => /^WRONG (\w+)/.exec(line)![1]!);

test("K7 a server that does well: everything is good but that people come over http", async () => {
  server = await new TestServer().start();
  const { id, links } = await startWorkshop(server.url);
  const { code, output } = await check();
  expect(wrong(output)).toEqual(["https"]);
  expect(code).toBe(3);
  for (const good of ["durability: journal_mode=wal, synchronous=2", "policy", "origin", "sockets", "clock", "disk"]) {
    expect(output).toContain(`good  ${good}`);
  }
  const key = readFileSync(join(server.dataDir, "key"), "utf8").trim();
  for (const secret of [id, key, ...Object.values(links)]) expect(output).not.toContain(secret);

  const page = /http:\S+\/check\/\w+/.exec(output)![0];
  const answer = await fetch(page);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain("synchronous=2");
  for (const secret of [id, key, ...Object.values(links)]) expect(text).not.toContain(secret);
  // Through a proxy nobody was told of, all visitors would count as one.
  const proxied = await fetch(page, { headers: { "x-forwarded-for": "192.0.2.1", accept: "application/json" } });
  expect(await proxied.json()).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ name: "proxy", good: false })]) as unknown,
  });
});

test("K7 whoever is not the host finds nothing, and nothing is told about the server", async () => {
  server = await new TestServer().start();
  for (const word of ["x", "%00", "a".repeat(22), "0".repeat(5000)]) {
    const answer = await fetch(`${server.url}/check/${word}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toMatch(/synchronous|journal|MB free|Node|SQLite/);
  }
});

test("K7 what is wrong is named: data others may read, no server, another server", async () => {
  server = await new TestServer().start();
  chmodSync(join(server.dataDir, "key"), 0o644);
  expect(wrong((await check()).output)).toContain("rights");
  const other = await new TestServer().start();
  expect(wrong((await check({ PORT: new URL(other.url).port })).output)).toContain("server");
  await other.remove();
  await server.stop();
  const { code, output } = await check();
  expect({ code, wrong: wrong(output) }).toEqual({ code: 3, wrong: ["rights", "server"] });
});

test("O11 settings that are wrong are told in a line each, by a command as by a start", async () => {
  server = new TestServer();
  const { code, output } = await command({ DATA_DIR: server.dataDir, PORT: "many", PUBLIC_URL: "nowhere" }, "check");
  expect(code).toBe(1);
  expect(output.trimEnd().split("\n")).toHaveLength(3);
});

test("K7 the Node that the program brings along is the one it is held against", () => {
  const { optionalDependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    optionalDependencies: Record<string, string>;
  };
  const name = `node-${process.platform}-${process.arch}`.replace("win32", "win");
  // Where npm had none to bring, or was told to leave it, there is nothing to hold it against.
  const brought = existsSync(new URL(`../../node_modules/${name}`, import.meta.url));
  expect(broughtNode()).toBe(brought ? optionalDependencies[name] : undefined);
});
