/** X03 X09: addresses of this machine and its network in the minutes: nobody goes there, the server least of all. */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { addItem } from "../../document/edit/items.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { ask, bearer } from "../support/asking.ts";
import { launchChromium } from "../support/chromium.ts";
import { LiveClient } from "../support/clients.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { openFrom, watch } from "./watch.ts";

vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let workshop: Started;
let browser: Browser;
let collector: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  [server, browser] = await Promise.all([new TestServer().start(), launchChromium()]);
  // Whoever only connects is counted already.
  collector = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  ({ port } = collector.address() as AddressInfo);
});
afterAll(async () => {
  await browser?.close();
  collector?.close();
  await server?.remove();
});

const addresses = (): string[] => [
  ...["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]"].map(
    (host) => `http://${host}:${port}/image.png`,
  ),
  "http://169.254.169.254/latest/meta-data/",
  "http://100.64.0.1/",
  "http://10.0.0.1/x.svg",
  "https://localhost.canary.invalid/",
  `http://127.0.0.1:${port}/redirect?to=file:///etc/passwd`,
  "file:///etc/passwd",
  `ftp://127.0.0.1:${port}/`,
  `gopher://127.0.0.1:${port}/_x`,
];

const FORMS: ((address: string) => string)[] = [
  (address) => address,
  (address) => `![x](${address})`,
  (address) => `<img src="${address}">`,
  (address) => `<link rel="stylesheet" href="${address}">`,
];

test("X03 X09 exports full of addresses: connections 0, from the server and from the browser that opens them", async () => {
  workshop = await startWorkshop(server.url, "propositions-en-direct");
  const writer = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await writer.saved();
  writer.doc.transact(() => {
    for (const address of addresses()) {
      writer.doc.getText("prose:contexte").insert(0, "lien", { link: address });
      for (const form of FORMS) {
        writer.doc.getText("prose:contexte").insert(0, `${form(address)}\n`, { link: null });
        addItem(writer.doc, "propositions", { text: form(address), at: new Date().toISOString() });
      }
    }
    writer.doc.getText("title").insert(0, addresses()[0]!);
    for (const [id] of Object.entries({ signature: 1, publie: 1 }))
      writer.doc.getMap("fields:publication").set(id, addresses()[0]);
  });
  await writer.saved();
  writer.destroy();

  const context = await browser.newContext({ locale: "fr-FR" });
  const watched = await watch(context, server.url);
  const page = await context.newPage();
  for (const format of FORMATS.keys()) {
    for (const path of [`/api/workshops/${workshop.id}`, `/r/${workshop.links.read}`]) {
      const told = await ask(server.url, `${path}/minutes.${format}`, { headers: bearer(workshop.links.write) });
      expect(told.status).toBe(200);
      expect(told.body).toContain("127.0.0.1");
      const file = join(server.dataDir, `export.${format}`);
      writeFileSync(file, told.body);
      await openFrom(page, file);
    }
  }
  // The reading page, on screen and as it is printed.
  await page.goto(`${server.url}/r/${workshop.links.read}`);
  await page.emulateMedia({ media: "print" });
  const pdf = (await page.pdf()).toString("latin1");
  expect(pdf).not.toMatch(/\/(?:JavaScript|JS|Launch|OpenAction|SubmitForm|GoToR|EmbeddedFile)\b/);
  expect(watched).toEqual({ hits: [], away: [], violations: [] });
  expect(connections).toBe(0);
  // The collector does hear: so none was none.
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  expect(connections).toBe(1);
  await context.close();
  process.stdout.write(
    `X09 ${addresses().length} addresses in ${FORMS.length} forms, ${FORMATS.size} exports: connections 0\n`,
  );
});

/** What asks the running server over the network, for the host who types a command. */
const ASKING = ["server/commands/check.ts", "server/store/channel.ts"];

test("X09 no other part of the server can ask anybody anything", () => {
  // Types and servers are no way out; whatever begins a conversation is.
  const sources = globSync(["server/**/*.ts", "minutes/**/*.ts", "document/**/*.ts"]);
  const names = /\bimport (?:type )?\{([^}]*)\} from "(?:node:)?(?:https?2?|net|tls|dgram|dns)(?:\/promises)?"/g;
  const outward = /\b(?:request|get|connect|createConnection|lookup|resolve\w*|Socket|Agent)\b(?! as)/;
  const found = sources.filter((path) => {
    const text = readFileSync(path, "utf8");
    if (/\bfetch\(|\bfrom "undici|\bnew (?:WebSocket|EventSource)\(/.test(text)) return true;
    return [...text.matchAll(names)].some(([, list]) => outward.test(list ?? ""));
  });
  expect(found.filter((path) => !ASKING.includes(path))).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
});
