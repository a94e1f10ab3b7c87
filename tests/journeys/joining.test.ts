/** Coming in: what is told at the door, the list that fills itself, a name that changes everywhere, a code that is renewed. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { capture, markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Three browsers and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const shows = (page: Page, words: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector("#section-participants .people")?.textContent.includes(wanted),
    words,
  );

test("C30 the mandate stands at the door; who joins by the code is listed, organisations under one spelling", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page } = await stage.seat(workshop.addresses.manage, "Céline");
  await page.getByRole("button", { name: "Inviter" }).click();
  await page.getByLabel("À quoi cela servira").fill("Lu par le conseil municipal du 3 mars.");
  await page.getByLabel("À quoi cela servira").press("Tab");
  await markSays(page, "saved");
  await page.getByRole("button", { name: "Fermer" }).click();

  const phone = await stage.desk({ width: 390, height: 844, phone: true });
  const nadia = await phone.newPage();
  await nadia.goto(`${server.url}/j/${workshop.code}`);
  await nadia.getByText("Lu par le conseil municipal du 3 mars.").waitFor();
  await nadia.getByLabel("Prénom", { exact: true }).fill("Nadia");
  await nadia.getByLabel(/Organisation/).fill("Conseil de quartier");
  await nadia.getByRole("button", { name: "Entrer et écrire" }).click();
  await shows(page, "Nadia");

  const brice = await (await stage.desk()).newPage();
  await brice.goto(workshop.addresses.write);
  await brice.getByLabel("Prénom", { exact: true }).fill("Brice");
  // Typed ahead from those already here, and otherwise brought together.
  await brice.waitForFunction(() => document.querySelector('option[value="Conseil de quartier"]'));
  await brice.getByLabel(/Organisation/).fill("conseil de Quartier");
  await brice.getByRole("button", { name: "Entrer et écrire" }).click();
  await shows(page, "Brice");
  await shows(page, "Nombre\u00A0: 2");

  expect(await brice.locator(".stage-card h2").textContent()).toBe("Temps et parole");
  const line = brice.locator(".capture__text").first();
  await line.fill("Un banc sous le tilleul");
  await line.press("Enter");
  const news = page.locator(".news li", { hasText: "a ajouté" });
  await news.getByText("Brice", { exact: true }).waitFor();
  await brice.getByRole("button", { name: "Autres actions" }).click();
  await brice.getByRole("menuitem", { name: "Changer mon nom" }).click();
  await brice.getByRole("dialog").getByLabel("Prénom", { exact: true }).fill("Brice le Bref");
  await brice.getByRole("dialog").getByRole("button", { name: "Garder ce nom" }).click();
  await shows(page, "Brice le Bref");
  // Also where it was told a moment ago.
  await news.getByText("Brice le Bref", { exact: true }).waitFor();
  const people = (await minutesOf(server, workshop)).sections.find(({ id }) => id === "participants");
  expect(
    people?.kind === "people" && people.people.map(({ name, organisation }) => `${name}, ${organisation}`),
  ).toEqual(["Nadia, Conseil de quartier", "Brice le Bref, Conseil de quartier"]);

  await page.getByRole("button", { name: "Inviter" }).click();
  await page.getByRole("button", { name: "Changer le code" }).click();
  await page.getByText("Le code a changé").first().waitFor();
  const late = await (await stage.desk()).newPage();
  await late.goto(`${server.url}/j/${workshop.code}`);
  await late.locator("#code-mistake:not(:empty)").waitFor();
  // Whoever came by the old one is still there.
  await nadia.locator('[data-saved="saved"]').waitFor();
});

test("C30 somebody writes for others: who said it stands beside who wrote it down", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await capture(page, "Un banc sous le tilleul");
  await page.getByRole("button", { name: /Un banc sous le tilleul/ }).click();
  await page.getByRole("menuitem", { name: "Dicté par…" }).click();
  const dialog = page.getByRole("dialog", { name: "Dicté par…" });
  await dialog.getByLabel(/Qui l’a dit/).fill("Brice");
  await dialog.getByRole("button", { name: "Garder" }).click();
  await page.locator(".item__meta", { hasText: "dicté par Brice" }).waitFor();
  await markSays(page, "saved");
  const items = (await minutesOf(server, workshop)).sections.find(({ kind }) => kind === "items");
  expect(items?.kind === "items" && items.items.map(({ author, dictatedBy }) => [author, dictatedBy])).toEqual([
    ["Nadia", "Brice"],
  ]);
});

test("K3 a name that is kept late closes nothing that was opened meanwhile", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page, context } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await context.route("**/api/workshops/**", async (route) => {
    if (route.request().method() !== "GET") await answered;
    await route.continue();
  });
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Changer mon nom" }).click();
  await page.getByRole("dialog").getByLabel("Prénom", { exact: true }).fill("Nadia la Brève");
  await page.getByRole("dialog").getByRole("button", { name: "Garder ce nom" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Exporter" }).click();
  await page.getByRole("dialog").waitFor();
  const kept = page.waitForResponse((each) => each.request().method() === "PATCH");
  answer();
  await kept;
  await shows(page, "Nadia la Brève");
  expect(await page.getByRole("dialog").count()).toBe(1);
});
