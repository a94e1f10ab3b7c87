/** C05, C11: a page is one of many of the same person, and may be older than its server: ids of its own, and no word where it may not. */
import { rmSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";
import { afterAll, expect, vi } from "vitest";
import * as Y from "yjs";
import { LAYOUT } from "../../document/edition.ts";
import { itemsOf } from "../../document/layout.ts";
import { FRAME, readFrame, SYNC } from "../../server/rooms/frames.ts";
import { LiveClient } from "../support/clients.ts";
import { capture, itemsKept, markSays, showsItems, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { versionOfLayout } from "../support/other-version.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

/** Whether the page is tried against an older server too. */
const BOTH = process.env["BOTH"] !== undefined;
vi.setConfig({ testTimeout: 180_000 });

const stage = setStage();
const { server } = stage;

/** Every Yjs client id that the server gives to pages of this browser. */
const noteIds = (context: BrowserContext, given: number[]): void => {
  context.on("response", (response) => {
    if (response.status() !== 201 || !response.url().endsWith("/sessions")) return;
    void response.json().then(({ clientId }: { clientId: number }) => given.push(clientId));
  });
};

/** Opens the workshop where this browser has been in it before. */
const open = async (context: BrowserContext, address: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator("[data-sheet]").waitFor();
  return page;
};

const readAs = async ({ id, links }: Started): Promise<Y.Doc> => {
  const reader = new LiveClient({ url: server.live }, id, links.read);
  await reader.when(() => reader.provider.isSynced);
  reader.destroy();
  return reader.doc;
};

test("C05 a duplicated tab, one that comes back, copied storage, another device: ids of their own, and no divergence", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { write } = workshop.addresses;
  const given: number[] = [];
  const own = await stage.desk();
  noteIds(own, given);
  const first = await sitDown(own, write, "Nadia");
  // A tab that was duplicated has what the first has, and keeps nothing but where one stands: its session least of all.
  const kept = await first.evaluate(() => Object.keys(sessionStorage));
  expect(kept.filter((key) => !key.startsWith("minutier:place:"))).toEqual([]);
  const twin = await open(own, write);
  await markSays(twin, "saved");
  // What is written without a line by a tab that goes then is in the storage of all its copies.
  await own.setOffline(true);
  await markSays(twin, "offline");
  await capture(twin, "hors ligne");
  const storage = await own.storageState({ indexedDB: true });
  await twin.close();
  await own.setOffline(false);

  const copied = await own.browser()!.newContext({ locale: "fr-FR", storageState: storage });
  const device = await stage.desk();
  for (const each of [copied, device]) noteIds(each, given);
  const pages = [
    first,
    ...(await Promise.all([open(own, write), open(copied, write), sitDown(device, write, "Nadia")])),
  ];
  await Promise.all(pages.map((page) => markSays(page, "saved")));
  await Promise.all(pages.map((page, n) => capture(page, `de ${n}`)));
  const all = ["hors ligne", ...pages.map((_, n) => `de ${n}`)];
  await Promise.all(pages.map((page) => showsItems(page, all)));
  await Promise.all(pages.map((page) => markSays(page, "saved")));
  expect(await itemsKept(server, workshop)).toEqual(all.toSorted());

  const authors = [...itemsOf(await readAs(workshop), "propositions").values()].map(
    (item) => (item as Y.Map<unknown>)._item?.id.client,
  );
  expect([authors.length, new Set(authors).size]).toEqual([all.length, all.length]);
  expect(new Set(given).size).toBe(given.length);
  process.stdout.write(`C05 pages ${pages.length + 1}, ids given ${given.length}, of these twice 0\n`);
  await copied.close();
});

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

/** How many updates a page sends from now on, whole documents among them. */
const updatesOf = (page: Page): { sent: number } => {
  const count = { sent: 0 };
  page.on("websocket", (line) =>
    line.on("framesent", ({ payload }) => {
      const frame = typeof payload === "string" ? undefined : readFrame(new Uint8Array(payload));
      if (frame?.kind === FRAME.sync && frame.rest[0] !== SYNC.step1) count.sent += 1;
    }),
  );
  return count;
};

const becomes = async (layout: number): Promise<void> => {
  await server.stop();
  server.root = layout === LAYOUT ? undefined : versionOfLayout(layout);
  if (server.root) roots.push(server.root);
  await server.start();
};

test("C11 a page that is older than its server, or newer, only reads, says what to do, and sends nothing", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await capture(page, "avant");
  await markSays(page, "saved");
  // The server numbers an item after it has said that it is kept.
  const numbered = async (): Promise<boolean[]> =>
    [...itemsOf(await readAs(workshop), "propositions").values()].map((item) => (item as Y.Map<unknown>).has("number"));
  await expect.poll(numbered).toEqual([true]);
  const state = async (): Promise<Uint8Array> => Y.encodeSnapshot(Y.snapshot(await readAs(workshop)));
  const before = await state();
  const count = updatesOf(page);
  const reload = page.getByRole("button", { name: "Recharger la page" });

  await server.stop();
  await markSays(page, "offline");
  await capture(page, "entre-temps");
  // A server that was put back is older than a page that is loaded then.
  for (const layout of BOTH ? [LAYOUT + 1, LAYOUT - 1] : [LAYOUT + 1]) {
    await becomes(layout);
    if (layout < LAYOUT) await reload.click();
    await markSays(page, "read-only");
    await reload.waitFor();
    expect([layout, count.sent, await state()]).toEqual([layout, 0, before]);
    process.stdout.write(`C11 a page of layout ${LAYOUT}, a server of ${layout}: updates sent 0, deletions 0\n`);
  }
  await becomes(LAYOUT);
  await reload.click();
  await markSays(page, "saved");
  expect(await itemsKept(server, workshop)).toEqual(["avant", "entre-temps"]);
});
