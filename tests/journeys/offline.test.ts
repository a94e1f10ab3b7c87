/** Without network: everybody goes on writing, closed tabs and sleeping pages included, and nothing is lost or doubled. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { test } from "../support/in-browser.ts";
import { plainText } from "../../minutes/plain.ts";
import { capture, itemsKept, markSays, minutesOf, showsItems } from "../support/desk.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Two browsers and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

test("C8 two browsers offline edit the same list and come back: nothing lost, nothing doubled", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const [nadia, brice] = await Promise.all([
    stage.seat(workshop.addresses.write, "Nadia"),
    stage.seat(workshop.addresses.write, "Brice"),
  ]);
  await capture(nadia.page, "commune");
  await showsItems(brice.page, ["commune"]);
  await markSays(nadia.page, "saved");
  await Promise.all([nadia, brice].map(({ context }) => context.setOffline(true)));
  await Promise.all([nadia, brice].map(({ page }) => markSays(page, "offline")));
  for (const text of ["n1", "n2", "n3"]) await capture(nadia.page, text);
  for (const text of ["b1", "b2"]) await capture(brice.page, text);
  await showsItems(nadia.page, ["commune", "n1", "n2", "n3"]);
  await nadia.context.setOffline(false);
  await markSays(nadia.page, "saved");
  await brice.context.setOffline(false);
  const all = ["b1", "b2", "commune", "n1", "n2", "n3"];
  await Promise.all([nadia, brice].map(({ page }) => showsItems(page, all)));
  await Promise.all([nadia, brice].map(({ page }) => markSays(page, "saved")));
  expect(await itemsKept(server, workshop)).toEqual(all);
});

test("C8 two browsers offline write into the same paragraph and come back: every word once, in one piece", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const both = await Promise.all([
    stage.seat(workshop.addresses.write, "Nadia"),
    stage.seat(workshop.addresses.write, "Brice"),
  ]);
  const [nadia, brice] = both;
  const paragraph = ({ page }: { page: Page }): ReturnType<Page["locator"]> =>
    page.getByRole("textbox", { name: "Problématique" });
  const shows = ({ page }: { page: Page }, words: string): Promise<unknown> =>
    page.waitForFunction((wanted) => document.querySelector("[data-sheet]")?.textContent.includes(wanted), words);
  await paragraph(nadia).click();
  await nadia.page.keyboard.type("Ouvrir la mairie.");
  await shows(brice, "Ouvrir la mairie.");
  await markSays(nadia.page, "saved");

  await Promise.all(both.map(({ context }) => context.setOffline(true)));
  await Promise.all(both.map(({ page }) => markSays(page, "offline")));
  await nadia.page.keyboard.type(" Tous les samedis.");
  await paragraph(brice).click();
  await brice.page.keyboard.press("Control+Home");
  await brice.page.keyboard.type("Comment faire ? ");
  await brice.page.keyboard.press("Control+End");
  await brice.page.keyboard.type(" Avec les jeunes.");

  await Promise.all(both.map(({ context }) => context.setOffline(false)));
  await Promise.all(both.map(({ page }) => markSays(page, "saved")));
  await Promise.all(both.map((each) => shows(each, "Tous les samedis.")));
  await Promise.all(both.map((each) => shows(each, "Avec les jeunes.")));
  const [section] = (await minutesOf(server, workshop)).sections;
  const kept = section?.kind === "prose" ? plainText(section.body) : "";
  for (const words of ["Comment faire ?", "Ouvrir la mairie.", "Tous les samedis.", "Avec les jeunes."]) {
    expect(kept.split(words)).toHaveLength(2);
  }
  expect(kept).toHaveLength("Comment faire ? Ouvrir la mairie. Tous les samedis. Avec les jeunes.".length);
});

test("C8 a tab closed with unsent changes gives them back, first without anybody answering, then to everybody", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { context, page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  await context.setOffline(true);
  await markSays(page, "offline");
  await capture(page, "écrit dans le train");
  await showsItems(page, ["écrit dans le train"]);
  await page.close();

  await context.setOffline(false);
  // The page itself loads, nothing else answers: a captive portal, a server that is starting.
  let answering = false;
  await context.route("**/api/**", (route) => (answering ? route.continue() : route.abort()));
  await context.routeWebSocket(/\/live$/, (socket) => void (answering ? socket.connectToServer() : socket.close()));
  const again = await context.newPage();
  await again.goto(workshop.addresses.write);
  await showsItems(again, ["écrit dans le train"]);
  await markSays(again, "offline");
  expect(await again.locator("[data-saved]").getAttribute("title")).toMatch(/\d+ modification/);
  expect(await itemsKept(server, workshop)).toEqual([]);
  await capture(again, "et encore ceci");
  await showsItems(again, ["et encore ceci", "écrit dans le train"]);
  await again.close();

  answering = true;
  const home = await context.newPage();
  await home.goto(workshop.addresses.write);
  await markSays(home, "saved");
  const all = ["et encore ceci", "écrit dans le train"];
  await showsItems(home, all);
  expect(await itemsKept(server, workshop)).toEqual(all.toSorted());
});

test("C10 a page that slept while the server was restarted and others wrote comes back without overwriting anybody", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const [sleeper, brice] = await Promise.all([
    stage.seat(workshop.addresses.write, "Nadia"),
    stage.seat(workshop.addresses.write, "Brice"),
  ]);
  await capture(sleeper.page, "avant de dormir");
  await markSays(sleeper.page, "saved");
  const remote = await sleeper.context.newCDPSession(sleeper.page);
  await remote.send("Page.setWebLifecycleState", { state: "frozen" });
  await server.kill();
  await server.start();
  await markSays(brice.page, "saved");
  await capture(brice.page, "pendant le sommeil");
  await markSays(brice.page, "saved");
  await remote.send("Page.setWebLifecycleState", { state: "active" });
  const all = ["avant de dormir", "pendant le sommeil"];
  await showsItems(sleeper.page, all);
  await markSays(sleeper.page, "saved");
  await capture(sleeper.page, "réveillée");
  await showsItems(brice.page, [...all, "réveillée"]);
  expect(await itemsKept(server, workshop)).toEqual([...all, "réveillée"].toSorted());
});

test("C4 text of another epoch is set aside and offered, never merged", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { context, page } = await stage.seat(workshop.addresses.write, "Nadia");
  await capture(page, "d’avant la restauration");
  await markSays(page, "saved");
  // As if this device had been left behind: what it holds carries the name of an epoch that is gone.
  await page.evaluate(async (id) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("indexedDB")));
      });
    const key = `minutier:answer:${id}`;
    const answer = JSON.parse(localStorage.getItem(key) ?? "{}") as { epoch: string };
    const from = await done(indexedDB.open(`minutier:${id}:${answer.epoch}`));
    const updates = (await done(from.transaction("updates").objectStore("updates").getAll())) as unknown[];
    from.close();
    const opening = indexedDB.open(`minutier:${id}:gone`, 1);
    opening.addEventListener("upgradeneeded", () => {
      opening.result.createObjectStore("updates", { autoIncrement: true });
      opening.result.createObjectStore("custom");
    });
    const to = await done(opening);
    const store = to.transaction("updates", "readwrite").objectStore("updates");
    for (const update of updates) await done(store.add(update));
    to.close();
    localStorage.setItem(key, JSON.stringify({ ...answer, epoch: "gone" }));
  }, workshop.id);
  await page.close();

  const again = await context.newPage();
  await again.goto(workshop.addresses.write);
  await again.getByText("est gardé à part").waitFor();
  const waiting = again.waitForEvent("download");
  await again.getByRole("button", { name: "Télécharger mon texte" }).click();
  const stream = await (await waiting).createReadStream();
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  expect(text).toContain("d’avant la restauration");
  await showsItems(again, ["d’avant la restauration"]);
  await again.getByRole("button", { name: "Oublier ce texte" }).click();
  await again.getByText("est gardé à part").waitFor({ state: "detached" });
  await again.reload();
  await markSays(again, "saved");
  expect(await again.getByText("est gardé à part").count()).toBe(0);
});

test("C3 a page of another layout sends nothing it holds, says so, and offers to reload; then it sends", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { context, page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  await context.setOffline(true);
  await markSays(page, "offline");
  await capture(page, "écrit par une vieille page");
  await showsItems(page, ["écrit par une vieille page"]);
  await page.close();
  await context.setOffline(false);

  let layout = 1;
  await context.route("**/sessions", async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { layout: number };
    await route.fulfill({ response, json: { ...answer, layout: answer.layout + layout } });
  });
  const old = await context.newPage();
  const sent: string[] = [];
  old.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await old.goto(workshop.addresses.write);
  await markSays(old, "read-only");
  await old.getByText("cette page date d’avant une mise à jour").first().waitFor();
  expect(await old.locator(".capture__text").count()).toBe(0);
  expect(sent).toEqual([]);
  expect(await itemsKept(server, workshop)).toEqual([]);

  layout = 0;
  await old.getByRole("button", { name: "Recharger la page" }).click();
  await markSays(old, "saved");
  expect(await itemsKept(server, workshop)).toEqual(["écrit par une vieille page"]);
});
