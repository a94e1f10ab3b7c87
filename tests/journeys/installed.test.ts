/** Kept on this device: the program opens without network, to the workshops this browser knows, and writing goes on. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { capture, itemsKept, markSays, showsItems } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// A browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

const kept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

test("C28 nothing anybody wrote and no secret is among what is kept of the program", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await capture(page, "un mot à part");
  await markSays(page, "saved");
  await kept(page);
  const held = await page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? "");
      }
    }
    return texts;
  });
  expect(held.length).toBeGreaterThan(20);
  const telling = [workshop.id, workshop.code ?? "", "un mot à part", ...Object.values(workshop.links)];
  expect(telling.filter((word) => word !== "" && held.some((text) => text.includes(word)))).toEqual([]);
});

test("C28 it can be installed: the browser finds nothing wrong with the manifest", async () => {
  const context = await stage.desk();
  const page = await context.newPage();
  await page.goto(server.url);
  await kept(page);
  const inspector = await context.newCDPSession(page);
  const { errors, data } = await inspector.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? "{}")).toMatchObject({ name: "Minutier", start_url: "/", display: "standalone" });
  const { installabilityErrors } = await inspector.send("Page.getInstallabilityErrors");
  // A private window installs nothing; that is the browser's affair.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});

test("C28 with no server at all, the home page and a known workshop open, and what is written there arrives later", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { context, page } = await stage.seat(workshop.addresses.write, "Nadia");
  await capture(page, "écrit dans la salle");
  await markSays(page, "saved");
  await kept(page);
  await page.close();
  await server.kill();

  const home = await context.newPage();
  await home.goto(server.url);
  await home.locator(`a[href*="/w/${workshop.id}"]`).first().click();
  await showsItems(home, ["écrit dans la salle"]);
  await markSays(home, "offline");
  await capture(home, "écrit dans le train");
  await showsItems(home, ["écrit dans la salle", "écrit dans le train"]);
  await home.close();
  // A tab closed and opened again in the train.
  const again = await context.newPage();
  await again.goto(workshop.addresses.write);
  await showsItems(again, ["écrit dans la salle", "écrit dans le train"]);

  await server.start();
  await markSays(again, "saved");
  expect(await itemsKept(server, workshop)).toEqual(["écrit dans la salle", "écrit dans le train"].toSorted());
});
