/** A name erased at a person's demand: out of every byte that is kept, and not back by any way. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { LiveClient } from "../support/clients.ts";
import { command } from "../support/command.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Letters that stand nowhere else. */
const NAME = "Zéphyrine Quatrebarbes";

const server = new TestServer();
const place: DataDir = newDataDir();
const env = { DATA_DIR: server.dataDir };
let workshop: Started;
let neighbour: Started;
let token = "";

afterAll(async () => {
  await server.remove();
  place.remove();
});

/** The files under a directory in which the name stands, written in any way. */
const holding = (directory: string): string[] => {
  const wide = Buffer.from(NAME, "utf16le");
  const sought = [
    Buffer.from(NAME),
    Buffer.from("Quatrebarbes"),
    wide,
    Buffer.from(wide).swap16(),
    Buffer.from("Z\\u00e9phyrine"),
  ];
  return readdirSync(directory).filter((name) => {
    const bytes = readFileSync(join(directory, name));
    return sought.some((each) => bytes.includes(each));
  });
};

const minutes = async (url: string, { id, links }: Started): Promise<string> =>
  (await fetch(`${url}/api/workshops/${id}`, { headers: { authorization: `Bearer ${links.read}` } })).text();

/** Everywhere a name can get to: the register, a label, the title, the text, what was deleted from it, the people. */
const beNamed = async ({ id, links }: Started): Promise<string> => {
  const post = async (what: string, secret: string, body: unknown): Promise<{ token: string; clientId: number }> => {
    const answer = await fetch(`${server.url}/api/workshops/${id}/${what}`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { token: string; clientId: number };
  };
  await post("links", links.manage, { capability: "write", label: `pour ${NAME}` });
  const session = await post("sessions", links.write, { name: NAME, organisation: "Quatrebarbes et fils", layout: 1 });
  const client = new LiveClient({ url: server.live }, id, session.token, { clientId: session.clientId });
  await client.saved();
  client.doc.getText("title").insert(0, `Atelier de ${NAME} `);
  client.write(`Avant ${NAME}, après. `, "notes");
  client.write(`Encore ${NAME.normalize("NFD")}, ou ${NAME.replace(" ", "\u00A0")} ! `, "notes");
  await client.saved();
  const person = new Y.Map<unknown>();
  client.doc.getMap("people:participants").set("p1", person);
  person.set("name", NAME.toUpperCase());
  const text = client.doc.getText("prose:notes");
  text.insert(0, `${NAME} a été retirée. `);
  await client.saved();
  text.delete(0, `${NAME} a été retirée. `.length);
  await client.saved();
  client.destroy();
  return session.token;
};

test("P01 after erasing a name no byte of it is left, and everything else is", async () => {
  await server.start();
  [workshop, neighbour] = [await startWorkshop(server.url), await startWorkshop(server.url)];
  token = await beNamed(workshop);
  expect(await command(env, "backup", join(place.path, "before"))).toMatchObject({ code: 0 });
  // As it may be found: killed, with its write-ahead log beside it.
  await server.kill();
  expect(holding(server.dataDir)).not.toEqual([]);
  expect(await command(env, "purge", workshop.id, "--visitor", NAME)).toMatchObject({ code: 2 });
  // As some terminals write it.
  const decomposed = NAME.normalize("NFD");
  expect(await command(env, "purge", workshop.id, "--visitor", decomposed, "--yes")).toMatchObject({ code: 0 });
  expect(holding(server.dataDir)).toEqual([]);
  expect(await command(env, "verify")).toMatchObject({ code: 0 });
  expect(await command(env, "backup", join(place.path, "after"))).toMatchObject({ code: 0 });
  expect(holding(place.path)).toEqual(["before"]);

  await server.start();
  const text = await minutes(server.url, workshop);
  expect(text).toContain("Avant …, après.");
  expect(text).toContain("Encore …, ou … !");
  expect(text).toContain("Atelier de …");
  expect(server.output).not.toContain("Quatrebarbes");
});

test("P02 a session of before is not taken up, and an older backup does not bring the name back", async () => {
  const answer = await fetch(`${server.url}/api/workshops/${workshop.id}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(401);
  const restored = join(place.path, "restored");
  const line = ["restore", join(place.path, "before"), restored, "--newer", server.dataDir];
  expect(await command({}, ...line)).toMatchObject({ code: 0 });
  expect(holding(restored)).toEqual([]);
  expect(await command({}, "verify", restored)).toMatchObject({ code: 0 });
});

test("P01 a whole workshop is erased with its name, its neighbour is as it was", async () => {
  await beNamed(neighbour);
  const kept = await minutes(server.url, workshop);
  await server.stop();
  expect(await command(env, "purge", neighbour.id, "--yes")).toMatchObject({ code: 0 });
  expect(holding(server.dataDir)).toEqual([]);
  expect(await command(env, "verify")).toMatchObject({ code: 0 });
  await server.start();
  expect(await minutes(server.url, workshop)).toBe(kept);
  const gone = await fetch(`${server.url}/api/workshops/${neighbour.id}`, {
    headers: { authorization: `Bearer ${neighbour.links.read}` },
  });
  expect(gone.status).toBeGreaterThanOrEqual(400);
  // Asked again, after something may have stood in the way of the end, it is finished; asked for nothing, it is refused.
  expect(await command(env, "purge", neighbour.id, "--yes")).toMatchObject({ code: 0 });
  expect(await command(env, "purge", "nowhere", "--yes")).toMatchObject({ code: 1 });
});

test("P01 what an earlier version deleted without overwriting it is found, and the file rewritten", async () => {
  await server.stop();
  const file = new DatabaseSync(join(server.dataDir, "minutier.db"));
  file.exec("PRAGMA secure_delete = OFF; CREATE TABLE old (words TEXT)");
  const put = file.prepare("INSERT INTO old VALUES (?)");
  for (let n = 0; n < 100; n += 1) put.run(`${NAME} ${n}`.repeat(20));
  file.exec("DROP TABLE old");
  file.close();
  await server.start();
  await beNamed(workshop);
  await server.stop();
  expect(holding(server.dataDir)).toEqual(["minutier.db"]);
  expect(await command(env, "purge", workshop.id, "--visitor", NAME, "--yes")).toMatchObject({ code: 0 });
  expect(holding(server.dataDir)).toEqual([]);
});
