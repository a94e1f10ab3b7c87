/** C53: what a device keeps of long minutes is put together when nobody waits for it, and only what the server has as well. */
import type { Page, Route } from "@playwright/test";
import { expect, vi } from "vitest";
import { capture, itemsKept, markSays, minutesOf } from "../support/desk.ts";
import { holdLine } from "../support/held-line.ts";
import { test } from "../support/in-browser.ts";
import { fillLargest } from "../support/largest.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 180_000 });

const stage = setStage();
const { server } = stage;

/** Some 400 kB. */
const LONG = { edits: 12_000, items: 30, within: "items" } as const;

/** How many changes stand for themselves on this device, and which whole is kept beside them. */
const keptOn = (page: Page, id: string): Promise<{ rows: number; which: string | undefined }> =>
  page.evaluate(async (workshop) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve) => request.addEventListener("success", () => resolve(request.result)));
    const names = (await indexedDB.databases()).map(({ name = "" }) => name);
    const db = await done(indexedDB.open(names.find((name) => name.startsWith(`minutier:${workshop}:`))!));
    const read = db.transaction(["updates", "custom"]);
    const rows = await done(read.objectStore("updates").count());
    const which = (await done(read.objectStore("custom").get("which"))) as string | undefined;
    db.close();
    return { rows, which };
  }, id);

/** The page is put away, as when somebody looks at another one. */
const putAway = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    Reflect.deleteProperty(document, "visibilityState");
  });

const textsOn = async (page: Page): Promise<string[]> => {
  const texts = await page
    .locator("#section-pistes .item__text")
    .evaluateAll((all) =>
      all.map((each) => [...each.querySelectorAll("p")].map(({ textContent }) => textContent).join("\n")),
    );
  return texts.toSorted();
};

test("C53 T32 whoever was never here writes in long minutes before any line, from then on they are on the device, and nothing is called saved until it is", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  await fillLargest(server.live, workshop, LONG);
  const context = await stage.desk();
  const page = await context.newPage();
  const letThrough = await holdLine(page);
  await page.goto(`${server.url}/j/${workshop.code}`);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#section-sujet [role=textbox]").click();
  await page.locator("#section-sujet [contenteditable=true]:focus").waitFor();
  await page.keyboard.type("Comment ?");
  expect(await page.locator('[data-saved="saved"]').count()).toBe(0);
  await expect.poll(async () => (await keptOn(page, workshop.id)).which).toBeDefined();
  await expect.poll(async () => (await keptOn(page, workshop.id)).rows).toBeGreaterThan(0);
  letThrough();
  await markSays(page, "saved");
  expect(JSON.stringify(await minutesOf(server, workshop))).toContain("Comment ?");
  await expect.poll(() => textsOn(page)).toEqual(await itemsKept(server, workshop));
});

test("C53 T32 where all of it does not come, or comes to nothing, the line brings long minutes", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  await fillLargest(server.live, workshop, LONG);
  const answers = [
    (route: Route) => route.abort(),
    (route: Route) => route.fulfill({ status: 503, body: "<!doctype html><title>Plus tard</title>" }),
    (route: Route) => route.fulfill({ body: "<!doctype html><title>Connexion au réseau</title>" }),
  ];
  for (const answer of answers) {
    const page = await (await stage.desk()).newPage();
    await page.route(/\/document\?/, answer);
    await page.goto(workshop.addresses.write);
    await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
    await markSays(page, "saved");
    await expect.poll(() => textsOn(page)).toHaveLength(LONG.items);
    await page.close();
  }
});

test("C53 C8 long minutes are put together on the device, open from it without anybody answering, and go on", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  await fillLargest(server.live, workshop, LONG);
  const { context, page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const other = await context.newPage();
  await other.goto(workshop.addresses.write);
  await markSays(other, "saved");
  await expect.poll(() => textsOn(page)).toHaveLength(LONG.items);
  const online = await textsOn(page);

  await putAway(page);
  await expect.poll(async () => (await keptOn(page, workshop.id)).which, { timeout: 30_000 }).toBeDefined();
  const { which } = await keptOn(page, workshop.id);
  // Another page of this browser does not replace what it did not read.
  await putAway(other);

  await context.setOffline(true);
  await markSays(page, "offline");
  const { rows } = await keptOn(page, workshop.id);
  for (const text of ["écrit dans le train", "et dans le bus"]) await capture(page, text);
  // A page that is closed before its device has taken the words loses them like any other.
  await expect
    .poll(async () => (await keptOn(page, workshop.id)).rows, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(rows + 2);
  await putAway(page);
  await Promise.all([page.close(), other.close()]);
  await context.setOffline(false);

  let answering = false;
  await context.route("**/api/**", (route) => (answering ? route.continue() : route.abort()));
  await context.routeWebSocket(/\/live$/, (socket) => void (answering ? socket.connectToServer() : socket.close()));
  const again = await context.newPage();
  await again.goto(workshop.addresses.write);
  await markSays(again, "offline");
  await expect
    .poll(() => textsOn(again), { timeout: 30_000 })
    .toEqual([...online, "écrit dans le train", "et dans le bus"].toSorted());
  const kept = await keptOn(again, workshop.id);
  expect(kept.which).toBe(which);
  expect(kept.rows).toBeGreaterThanOrEqual(2);

  await again.close();
  answering = true;
  const home = await context.newPage();
  await home.addInitScript(() => {
    const store = IDBObjectStore.prototype;
    const getAll = Reflect.get(store, "getAll") as (this: IDBObjectStore, ...how: unknown[]) => IDBRequest;
    store.getAll = function noted(this: IDBObjectStore, ...how: unknown[]): IDBRequest {
      Object.assign(globalThis, { isRead: true });
      return getAll.apply(this, how);
    };
  });
  // A door that takes its time answers when the device is at its copy already.
  await home.route(/\/sessions$/, async (route) => {
    await home.waitForFunction(() => "isRead" in globalThis);
    await route.fallback();
  });
  await home.goto(workshop.addresses.write);
  await markSays(home, "saved");
  const all = await itemsKept(server, workshop);
  expect(all).toHaveLength(LONG.items + 2);
  expect(all).toEqual(expect.arrayContaining(["écrit dans le train", "et dans le bus"]));

  // The file in which a browser keeps something so large may be gone; what stands beside it is not.
  const before = (await keptOn(home, workshop.id)).rows;
  await context.setOffline(true);
  await markSays(home, "offline");
  await capture(home, "et à pied");
  await expect.poll(async () => (await keptOn(home, workshop.id)).rows, { timeout: 30_000 }).toBeGreaterThan(before);
  await home.close();
  await context.setOffline(false);
  const worn = await context.newPage();
  await worn.addInitScript(() => {
    const store = IDBObjectStore.prototype;
    const get = Reflect.get(store, "get") as (this: IDBObjectStore, key: IDBValidKey) => IDBRequest;
    store.get = function lost(this: IDBObjectStore, key: IDBValidKey): IDBRequest {
      const request = get.call(this, key);
      if (key !== "arranged") return request;
      request.addEventListener("success", (event) => {
        event.stopImmediatePropagation();
        request.dispatchEvent(new Event("error"));
      });
      return request;
    };
  });
  await worn.goto(workshop.addresses.write);
  await markSays(worn, "saved");
  await expect.poll(() => itemsKept(server, workshop), { timeout: 30_000 }).toContain("et à pied");
});
