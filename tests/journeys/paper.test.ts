/** For the room without screens: a table tent and a blank form, as they come out of the printer. */
import { expect, vi } from "vitest";
import { ask, bearer } from "../support/asking.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// A browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

test("C31 one sheet per workshop: title, question, code and QR code on a tent, the same sections and slots on a form", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { page } = await stage.seat(workshop.addresses.manage, "Nadia");
  await page.getByRole("textbox", { name: "Problématique soumise aux participants" }).click();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type("Comment partager l’eau ?");
  await page.locator('[data-saved="saved"]').waitFor();
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "À imprimer pour la salle" }).click();

  const tent = page.getByRole("region", { name: "Chevalet de table" });
  await expect.poll(() => tent.getByRole("img", { name: /QR code/ }).count()).toBe(1);
  // What has just been typed stands on it too, once the minutes around the text have been read.
  const wordsNow = async (): Promise<string> => (await tent.innerText()).replaceAll("\u00A0", " ");
  await expect.poll(wordsNow).toContain("Comment partager l’eau ?");
  const words = await wordsNow();
  expect(words.replaceAll(" ", "")).toContain(workshop.code);
  expect(words).toContain(`${new URL(server.url).host}/j`);
  const form = page.getByRole("region", { name: "Formulaire vierge" });
  await expect.poll(() => form.getByText("Société Civile, Administrations publiques, Secteur Privé").count()).toBe(1);
  // What matters most has as many slots as on the screen.
  const ranking = form.locator("section").filter({ hasText: "Choisissez les trois points" });
  await expect.poll(() => ranking.locator("li").allInnerTexts()).toEqual(["1.", "2.", "3.", "4.", "5.", "6."]);

  await page.emulateMedia({ media: "print" });
  await page.getByRole("button", { name: "Imprimer", includeHidden: true }).waitFor({ state: "hidden" });
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(pages).toBeLessThanOrEqual(5);
  await page.emulateMedia({ media: null });
  await page.getByRole("button", { name: "Revenir à l’atelier" }).click();
  await page.getByRole("textbox", { name: "Problématique soumise aux participants" }).waitFor();
});

test("C31 once there is no code any more, the tent has the whole address in words beside its QR code", async () => {
  const { id, links, addresses } = await startWorkshop(server.url, "forum-ouvert");
  const open = { method: "POST", headers: bearer(links.manage), body: { state: "open" } };
  expect(await ask(server.url, `/api/workshops/${id}/state`, open)).toMatchObject({ status: 200 });
  const { page } = await stage.seat(addresses.manage, "Nadia");
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "À imprimer pour la salle" }).click();
  const tent = page.getByRole("region", { name: "Chevalet de table" });
  await tent.getByRole("img", { name: /QR code/ }).waitFor();
  expect(await tent.innerText()).toMatch(/http:\/\/\S+\/[wr]\//u);
});
