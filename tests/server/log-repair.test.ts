/** D13: a workshop of which something has rotted is unavailable and its neighbour is not; `repair` brings it back from a backup. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveClient } from "../support/clients.ts";
import { command } from "../support/command.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Each command and each start is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000 });

let server: TestServer;
let aside: DataDir;
let [first, second] = [undefined, undefined] as unknown as [Started, Started];

const write = async ({ id, links }: Started, ...words: string[]): Promise<void> => {
  const client = new LiveClient({ url: server.live }, id, links.write);
  await client.saved();
  for (const word of words) {
    client.write(word, "notes");
    await client.saved();
  }
  client.destroy();
};

/** The words a program reads, or the status it is answered with. */
const read = async ({ id, links }: Started): Promise<string[] | number> => {
  const answer = await fetch(`${server.url}/api/workshops/${id}/minutes.txt`, {
    headers: { authorization: `Bearer ${links.read}` },
  });
  return answer.ok ? ((await answer.text()).match(/<\w+>/g) ?? []).toSorted() : answer.status;
};

/** Names a moment of the first workshop, or tells the names there are. */
const versions = async (method: "GET" | "POST", body?: object): Promise<string[]> => {
  const answer = await fetch(`${server.url}/api/workshops/${first.id}/${body ? "versions" : "history"}`, {
    method,
    headers: { authorization: `Bearer ${first.links.manage}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const told = (await answer.json()) as { versions?: { name: string }[] };
  return (told.versions ?? []).map(({ name }) => name);
};

const run = (...line: string[]): ReturnType<typeof command> => command({ DATA_DIR: server.dataDir }, ...line);

/** Two workshops, a backup, one more word in each; then the server is stopped and `rot` changes bytes. */
const damaged = async (rot: (db: DatabaseSync) => void): Promise<void> => {
  await write(first, "<a1>", "<a2>");
  await write(second, "<b1>");
  await versions("POST", { name: "Avant la panne" });
  expect(await run("backup", join(aside.path, "backup"))).toMatchObject({ code: 0 });
  await write(first, "<a3>");
  await write(second, "<b2>");
  await server.stop();
  const db = new DatabaseSync(join(server.dataDir, "minutier.db"));
  db.exec("DELETE FROM snapshots");
  rot(db);
  db.close();
  expect(await run("verify")).toMatchObject({ code: 3, output: expect.stringContaining(first.id) as unknown });
  await server.start();
  expect([await read(first), await read(second)]).toEqual([503, ["<b1>", "<b2>"]]);
  expect(await run("repair", join(aside.path, "backup"))).toMatchObject({
    code: 1,
    output: expect.stringContaining("Another process") as unknown,
  });
  await server.stop();
};

beforeEach(async () => {
  aside = newDataDir();
  server = await new TestServer().start();
  first = await startWorkshop(server.url);
  second = await startWorkshop(server.url);
});
afterEach(async () => {
  await server.remove();
  aside.remove();
});

test("D13 S22 an entry that rotted is taken from the backup: nothing is lost, the damaged file is kept", async () => {
  await damaged((db) => db.prepare("UPDATE entries SET bytes = x'00' WHERE document = ? AND seq = 2").run(first.id));
  expect(await run("repair", join(aside.path, "backup"))).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      /^2 workshops are whole and as they were\. The damaged file is .*damaged-/,
    ) as unknown,
  });
  expect(readdirSync(server.dataDir).filter((name) => name.includes("damaged"))).toHaveLength(1);
  expect(await run("verify")).toMatchObject({ code: 0 });
  await server.start();
  expect([await read(first), await read(second)]).toEqual([
    ["<a1>", "<a2>", "<a3>"],
    ["<b1>", "<b2>"],
  ]);
  expect(server.output).not.toContain("are missing");
  expect(await versions("GET")).toEqual(["Avant la panne"]);
  await write(first, "<a4>");
});

test("D13 S22 what rotted after the backup makes the workshop what the backup has; a link withdrawn since stays so", async () => {
  const withdraw = (db: DatabaseSync): void => {
    db.prepare(
      "UPDATE entries SET bytes = x'00' WHERE document = ? AND seq = (SELECT head FROM documents WHERE id = ?)",
    ).run(first.id, first.id);
    db.prepare("UPDATE links SET withdrawn = 1 WHERE workshop = ? AND capability = 'vote'").run(first.id);
  };
  await damaged(withdraw);
  expect(await run("repair", join(aside.path, "backup"))).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      new RegExp(`^workshop ${first.id}: as it was at .*Z\\.\\n1 workshops are`),
    ) as unknown,
  });
  await server.start();
  expect([await read(first), await read(second)]).toEqual([
    ["<a1>", "<a2>"],
    ["<b1>", "<b2>"],
  ]);
  expect(await read({ ...first, links: { ...first.links, read: first.links.vote } })).toBe(401);
  expect(await versions("GET")).toEqual(["Avant la panne"]);
});

test("S22 a backup of another server is refused, and nothing is changed", async () => {
  const other = await new TestServer().start();
  await startWorkshop(other.url);
  const file = join(aside.path, "other");
  expect(await command({ DATA_DIR: other.dataDir }, "backup", file)).toMatchObject({ code: 0 });
  await other.remove();
  await server.stop();
  const answer = await run("repair", file);
  expect(answer).toMatchObject({ code: 1, output: expect.stringContaining("its key is another one") as unknown });
  expect(existsSync(join(server.dataDir, "minutier.db.new"))).toBe(false);
});
