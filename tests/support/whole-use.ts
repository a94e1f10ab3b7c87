/** A process of its own that runs a server through everything a host and a room do with it, and prints what came of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LiveClient } from "./clients.ts";
import { command } from "./command.ts";
import { startWorkshop, TestServer } from "./server.ts";

const place = mkdtempSync(join(tmpdir(), "minutier-whole-"));
const recorder = process.env["NODE_OPTIONS"] ?? "";
const more: Record<string, string> =
  recorder === "" ? {} : { NODE_OPTIONS: recorder, OUTGOING: process.env["OUTGOING"]! };
const server = await new TestServer(more).start();
try {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { id, links } = workshop;
  const client = new LiveClient({ url: server.live }, id, links.write);
  await client.saved();
  client.write("sans réseau", "discussion");
  await client.saved();
  client.destroy();
  const statuses: number[] = [];
  for (const path of ["/", "/privacy", `/r/${links.read}`, "/metrics", "/readyz"]) {
    statuses.push((await fetch(server.url + path)).status);
  }
  for (const format of ["html", "md", "txt", "csv", "json"]) {
    statuses.push((await fetch(`${server.url}/r/${links.read}/minutes.${format}`)).status);
  }
  const text = await (await fetch(`${server.url}/r/${links.read}/minutes.txt`)).text();
  const here = { DATA_DIR: server.dataDir, PORT: new URL(server.url).port, HOST: "127.0.0.1", ...more };
  const codes: (number | null)[] = [];
  for (const line of [["backup", join(place, "b")], ["verify"], ["purge", id, "--yes"]]) {
    codes.push((await command(here, ...line)).code);
  }
  process.stdout.write(`${JSON.stringify({ statuses, codes, found: text.includes("sans réseau") })}\n`);
} finally {
  await server.stop();
  await server.remove();
  rmSync(place, { recursive: true });
}
process.exit(0);
