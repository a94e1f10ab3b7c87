/** S23: what the documentation says of the data file is enough to read it, and to write to it, without this program. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import * as Y from "yjs";
import { LiveClient } from "../support/clients.ts";
import { command } from "../support/command.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

const DOCUMENTATION = "docs/data-file.md";

const server = new TestServer();
afterAll(() => server.remove());

/** What the documented program prints. */
const printed = (file: string, workshop: string): string => {
  const program = /```js\n(.*?)```/s.exec(readFileSync(DOCUMENTATION, "utf8"))![1]!;
  return execFileSync(process.execPath, ["--input-type=module", "-", file, workshop], {
    input: program,
    encoding: "utf8",
  });
};

/** Adds an entry by the words of the documentation. */
const addByHand = (file: string, workshop: string, update: Uint8Array): void => {
  const db = new DatabaseSync(file);
  const sum = crc32(update, crc32(`${workshop}\n\n`));
  db.prepare("UPDATE documents SET head = head + 1 WHERE id = ?").run(workshop);
  db.prepare(
    `INSERT INTO entries (document, seq, at, visitor, bytes, sum)
     SELECT id, head, ?, NULL, ?, ? FROM documents WHERE id = ?`,
  ).run(Date.now(), update, sum, workshop);
  db.close();
};

const read = async (workshop: string, link: string): Promise<string> => {
  const answer = await fetch(`${server.url}/api/workshops/${workshop}`, {
    headers: { authorization: `Bearer ${link}` },
  });
  expect(answer.status).toBe(200);
  return answer.text();
};

test("S23 S08 the documented program reads every word; an entry written by hand is there, and poison in it stops nobody", async () => {
  await server.start();
  const { id, links } = await startWorkshop(server.url, "atelier-facilite");
  const nadia = new LiveClient({ url: server.live }, id, links.write);
  await nadia.saved();
  nadia.write("Les digues tiendront-elles ?", "problematique");
  await nadia.saved();
  nadia.destroy();
  await server.stop();

  const file = join(server.dataDir, "minutier.db");
  const doc = new Y.Doc();
  doc.getText("title").insert(0, "Écrit à la main ");
  doc.getMap("sections").set("prose", 7);
  doc.getText("title").insert(0, "x", { href: { a: [1] } });
  doc.getXmlFragment("default").insert(0, [new Y.XmlElement("script")]);
  addByHand(file, id, Y.encodeStateAsUpdate(doc));

  await server.start();
  expect(await read(id, links.read)).toContain("Écrit à la main");
  const celine = new LiveClient({ url: server.live }, id, links.write);
  await celine.saved();
  celine.write(" Oui.", "problematique");
  await celine.saved();
  celine.destroy();

  const backup = join(server.dataDir, "today.minutier");
  expect((await command({ DATA_DIR: server.dataDir }, "backup", backup)).code).toBe(0);
  expect(printed(backup, id)).toContain("Écrit à la main");
  await server.stop();
  for (const words of ["Écrit à la main", "Les digues tiendront-elles ?", " Oui."]) {
    expect(printed(file, id)).toContain(words);
    expect(printed(backup, id)).toContain(words);
  }
});
