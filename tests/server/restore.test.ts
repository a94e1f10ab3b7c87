/** An older backup put in the place of newer data: nobody's newer words are merged or doubled, no old door opens again. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test, vi } from "vitest";
import type { SessionAnswer } from "../../document/session.ts";
import { LiveClient } from "../support/clients.ts";
import { command } from "../support/command.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { putKept } from "../support/kept-data.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const place: DataDir = newDataDir();
const server = new TestServer();

afterAll(async () => {
  await server.remove();
  place.remove();
});

const call = (url: string, path: string, method: string, bearer: string, body?: unknown): Promise<Response> =>
  fetch(`${url}/api/workshops/${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test("O03 clients of before are told apart, links withdrawn since stay withdrawn, links given since lead in", async () => {
  await server.start();
  const { id, links } = await startWorkshop(server.url);
  const give = async (): Promise<{ id: string; secret: string }> => {
    const answer = await call(server.url, `${id}/links`, "POST", links.manage, { capability: "write" });
    return (await answer.json()) as { id: string; secret: string };
  };
  const enter = async (url: string, secret: string): Promise<SessionAnswer> => {
    const answer = await call(url, `${id}/sessions`, "POST", secret, { name: "Nadia", layout: 1 });
    return (await answer.json()) as SessionAnswer;
  };
  const withdrawn = await give();
  const session = await enter(server.url, links.write);
  const client = new LiveClient({ url: server.live }, id, session.token, { clientId: session.clientId });
  await client.saved();
  client.write("<avant>", "notes");
  await client.saved();

  const file = join(place.path, "older");
  const env = { DATA_DIR: server.dataDir };
  expect(await command(env, "backup", file)).toMatchObject({ code: 0 });

  client.write("<après>", "notes");
  await client.saved();
  const given = await give();
  expect((await call(server.url, `${id}/links/${withdrawn.id}`, "DELETE", links.manage)).ok).toBe(true);
  await server.stop();

  const restored = join(place.path, "restored");
  const line = ["restore", file, restored, "--newer", server.dataDir];
  expect(await command({}, ...line)).toMatchObject({ code: 0 });

  // At the same address, as a host would: the client of before comes back by itself.
  const other = new TestServer({ DATA_DIR: restored, PORT: new URL(server.url).port });
  await other.start();
  await client.when(() => client.denied.length > 0);
  const minutes = async (secret: string): Promise<string> => (await call(other.url, id, "GET", secret)).text();
  expect(await minutes(links.read)).toContain("<avant>");
  expect(await minutes(links.read)).not.toContain("<après>");
  // What was written since is still where it was written, to be offered.
  expect(client.doc.getText("prose:notes").toJSON()).toContain("<après>");
  client.destroy();

  const anew = await enter(other.url, links.write);
  expect(anew.epoch).not.toBe(session.epoch);
  expect((await call(other.url, id, "GET", session.token)).status).toBe(401);
  expect((await call(other.url, id, "GET", withdrawn.secret)).status).toBeGreaterThanOrEqual(400);
  expect((await call(other.url, id, "GET", given.secret)).status).toBe(200);
  await other.remove();
});

test("O03 what is newer must be of the same server", async () => {
  const foreign = join(place.path, "foreign");
  mkdirSync(foreign);
  const stranger = new TestServer({ DATA_DIR: foreign });
  await stranger.start();
  await stranger.stop();
  const line = ["restore", join(place.path, "older"), join(place.path, "none"), "--newer", foreign];
  expect(await command({}, ...line)).toMatchObject({
    code: 1,
    output: expect.stringContaining("not of the same server") as string,
  });
});

test("O05 a backup of a newer version is refused by an older program, and left as it is", async () => {
  const db = new DatabaseSync(join(place.path, "older"));
  db.exec("PRAGMA user_version = 99");
  db.close();
  for (const line of [["verify"], ["restore"]]) {
    expect(
      await command({}, ...line, join(place.path, "older"), ...(line[0] === "restore" ? [join(place.path, "no")] : [])),
    ).toMatchObject({
      code: 1,
      output: expect.stringContaining("newer version") as string,
    });
  }
});

test("K1 what is asked wrongly ends with 2 and says how to ask", async () => {
  for (const line of [
    ["restor"],
    ["backup"],
    ["restore"],
    ["backup", "a", "b"],
    ["verify", "--deep"],
    ["restore", "a", "--newer"],
  ]) {
    const { code, output } = await command({ DATA_DIR: place.path }, ...line);
    expect({ line, code }).toEqual({ line, code: 2 });
    expect(output).toMatch(/Usage: |Without a command/);
  }
});

test.skipIf(noFaults)(
  `K1 a backup or a restore for which there is no room leaves nothing behind that the next one minds${orSkipped}`,
  async () => {
    const [here, there, data] = [newDataDir(), newDataDir(), newDataDir()];
    putKept("data-4", data.path);
    const file = join(here.path, "backup");
    const [small, narrow] = [new FaultyDisk(here.path), new FaultyDisk(there.path)];
    for (const disk of [small, narrow]) disk.room(100_000);
    const from = { DATA_DIR: data.path };
    expect(await command({ ...from, ...small.environment }, "backup", file)).toMatchObject({ code: 1 });
    expect(readdirSync(here.path)).toEqual([]);
    expect(await command(from, "backup", file)).toMatchObject({ code: 0 });
    expect(await command(narrow.environment, "restore", file, there.path)).toMatchObject({ code: 1 });
    expect(readdirSync(there.path)).toEqual(["lock"]);
    // Of another server.
    putKept("data-2", data.path);
    const other = join(here.path, "other");
    expect(await command(from, "backup", other)).toMatchObject({ code: 0 });
    expect(await command({}, "restore", other, there.path)).toMatchObject({ code: 0 });
    for (const disk of [small, narrow]) disk.remove();
    for (const dir of [here, there, data]) dir.remove();
  },
);
