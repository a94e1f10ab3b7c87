/** Two pages, one server that is killed under them: what was called saved is there, the rest comes back by itself. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { test } from "../support/in-browser.ts";
import { capture, itemsKept, markSays, minutesOf, showsItems, sitDown } from "../support/desk.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Two browsers and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

const desk = async (address: string, name: string): Promise<Page> => (await stage.seat(address, name)).page;

test("C1 killed in the middle of a word, the pages say so, go on, and come back with everything once", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const [nadia, brice] = await Promise.all([
    desk(workshop.addresses.write, "Nadia"),
    desk(workshop.addresses.write, "Brice"),
  ]);
  await Promise.all([markSays(nadia, "saved"), markSays(brice, "saved")]);
  await capture(nadia, "avant la panne");
  await showsItems(brice, ["avant la panne"]);
  await markSays(nadia, "saved");

  await capture(brice, "au milieu d’un m");
  await server.kill();
  await Promise.all([markSays(nadia, "offline"), markSays(brice, "offline")]);
  await capture(nadia, "pendant la panne");
  await capture(brice, "pendant la panne aussi");
  await expect.poll(() => nadia.locator("[data-saved]").innerText()).toContain("sur cet appareil");

  await server.start();
  await Promise.all([markSays(nadia, "saved"), markSays(brice, "saved")]);
  const all = ["au milieu d’un m", "avant la panne", "pendant la panne", "pendant la panne aussi"];
  await Promise.all([showsItems(nadia, all), showsItems(brice, all)]);
  expect(await itemsKept(server, workshop)).toEqual(all);
});

test("C1 whoever writes on while being let in again is saved on that very line, and waits for nothing", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const [{ page: nadia }, { page: phone, context }] = await Promise.all([
    stage.seat(workshop.addresses.write, "Nadia"),
    stage.seat(workshop.addresses.write, "Brice", { width: 390, height: 844, phone: true }),
  ]);
  await Promise.all([nadia, phone].map((page) => markSays(page, "saved")));
  // Lines that carried anything at all since the server was killed.
  const lines = new Set<unknown>();
  phone.on("websocket", (line) => line.on("framereceived", () => lines.add(line)));
  await phone.getByRole("textbox", { name: "Titre" }).first().click();
  await phone.locator(".ProseMirror-focused").waitFor();
  await phone.keyboard.type("Avant ");
  await server.kill();
  await markSays(phone, "offline");
  // What is typed while the credential is on its way leaves before it, on the same line.
  let letIn = (): void => undefined;
  const held = new Promise<void>((resolve) => (letIn = resolve));
  const asked = new Promise<void>((resolve) => {
    void context.route("**/sessions", async (route) => {
      resolve();
      await held;
      await route.continue();
    });
  });
  await server.start();
  await asked;
  for (const word of ["pendant ", "et ", "après"]) {
    await phone.keyboard.type(word);
    // Each leaves as a frame of its own.
    await phone.waitForTimeout(60);
  }
  letIn();
  await markSays(phone, "saved");
  expect((await minutesOf(server, workshop)).title).toBe("Avant pendant et après");
  await nadia.getByText("Avant pendant et après").first().waitFor();
  // A server that answers late would have been given up for another line.
  expect(lines.size).toBe(1);
});

test("C2 each change of the mark is spoken once, none per keystroke", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const page = await desk(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.querySelector("[data-spoken]");
    if (region)
      new MutationObserver(() => said.push(region.textContent)).observe(region, {
        subtree: true,
        characterData: true,
        childList: true,
      });
  });
  const line = page.locator(".capture__text").first();
  await line.pressSequentially("une piste, lettre par lettre");
  await line.press("Enter");
  await markSays(page, "saved");
  await server.kill();
  await markSays(page, "offline");
  await page.waitForFunction(() => document.querySelector("[data-spoken]")?.textContent.includes("Hors ligne"));
  await server.start();
  await markSays(page, "saved");
  await page.waitForFunction(() => document.querySelector("[data-spoken]")?.textContent.includes("Enregistré"));
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.filter((words) => words.includes("Hors ligne"))).toHaveLength(1);
  expect(said.filter((words) => words.includes("Enregistré"))).toHaveLength(1);
  expect(said.length).toBeLessThanOrEqual(4);
});

test("D18 closing the page at once after the last key loses nothing that was called saved, and offers the rest", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk();
  let page = await sitDown(context, workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const all: string[] = [];
  // Ways to leave, and a slow disk: `saved-truth.test.ts`.
  for (let round = 0; round < 2; round += 1) {
    const text = `tour ${round}`;
    all.push(text);
    await capture(page, text);
    await page.close({ runBeforeUnload: false });
    page = await context.newPage();
    await page.goto(workshop.addresses.write);
    await page.locator("[data-sheet]").waitFor();
    await markSays(page, "saved");
    await showsItems(page, all);
  }
  expect(await itemsKept(server, workshop)).toEqual(all);
});

test("C1 leaving with changes that nobody confirmed asks first", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const page = await desk(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const asked = async (): Promise<boolean> =>
    page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
  expect(await asked()).toBe(false);
  await server.kill();
  await capture(page, "pas encore là-bas");
  await markSays(page, "offline");
  expect(await asked()).toBe(true);
  await server.start();
  await markSays(page, "saved");
  expect(await asked()).toBe(false);
});
