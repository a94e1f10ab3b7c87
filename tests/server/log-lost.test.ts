/** D12: a server whose log was cut while it was down says what is missing: in its log, in its figures, to its host. */
import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LiveClient } from "../support/clients.ts";
import { command } from "../support/command.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { tokensIn } from "../support/tokens.ts";
import { commitsInLog } from "../support/wal.ts";

const server = new TestServer();
afterAll(() => server.remove());

const lostCommits = async (): Promise<number> =>
  Number(/^minutier_lost_commits (\d+)/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1]);

test("D12 S20 the start says what is missing; whoever still holds it sends it again", async () => {
  await server.start();
  const { id, links } = await startWorkshop(server.url);
  const nadia = new LiveClient({ url: server.live }, id, links.write);
  await nadia.saved();
  for (const word of ["<un>", "<deux>", "<trois>"]) {
    nadia.write(word, "notes");
    await nadia.saved();
  }
  await server.kill();
  await server.start();
  // Killed, and nothing touched: nothing is missing.
  expect(await lostCommits()).toBe(0);
  await nadia.saved();
  nadia.write("<quatre>", "notes");
  await nadia.saved();

  await server.kill();
  const log = join(server.dataDir, "minutier.db-wal");
  // After its end stands what is left of earlier rounds through the same file.
  truncateSync(log, commitsInLog(readFileSync(log)).end - 1);
  await server.start();
  expect(server.output).toMatch(/but \d+ were acknowledged: the last 1 are missing/);
  expect(await lostCommits()).toBe(1);
  const check = await command({ DATA_DIR: server.dataDir, PUBLIC_URL: server.url }, "check");
  expect(check).toMatchObject({ code: 3, output: expect.stringMatching(/^WRONG kept: .*are missing/m) as unknown });
  // Her page is open still, and holds it.
  await nadia.saved();
  const brice = new LiveClient({ url: server.live }, id, links.read);
  await brice.when(() => tokensIn(brice.doc).length === 4);
  for (const client of [nadia, brice]) client.destroy();
}, 180_000);
