/** C58 S12: an organiser looks at what the minutes said, sees what has gone since, goes back to it and forth again, by keyboard and on the smallest phone. */
import { expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { capture, markSays, showsItems } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// A browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

test("C58 S12 half of the minutes is gone: what they said is found by its name, compared, and put back while somebody types", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { page, context } = await stage.seat(workshop.addresses.manage, "Nadia");
  await capture(page, "Un marché couvert");
  await capture(page, "Un banc");
  await markSays(page, "saved");
  const menu = async (): Promise<void> => {
    await page.getByRole("button", { name: "Autres actions" }).click();
    await page.getByRole("menuitem", { name: "Historique" }).click();
  };
  const history = page.getByRole("dialog", { name: "Historique" });
  await menu();
  await history.getByLabel("Donner un nom au compte-rendu").fill("Fin de l’atelier");
  await page.keyboard.press("Enter");
  await history.getByRole("button", { name: "Fin de l’atelier" }).waitFor();
  await page.keyboard.press("Escape");

  // Somebody else takes one away, adds another, and goes on typing while the organiser goes back.
  const other = (await stage.seat(workshop.addresses.write, "Brice")).page;
  await showsItems(other, ["Un marché couvert", "Un banc"]);
  const row = other.locator(".item", { hasText: "Un banc" }).first();
  await row.locator(".menu__button").click();
  await other.getByRole("menuitem", { name: /Retirer|Supprimer/ }).click();
  await capture(other, "Pourriel");
  await showsItems(page, ["Un marché couvert", "Pourriel"]);
  await markSays(other, "saved");

  await page.getByRole("banner").getByRole("button", { name: "Historique" }).click();
  await history.getByRole("button", { name: "Fin de l’atelier" }).press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches(".history__title"));
  // What stood then is deleted since, what did not is inserted since; told by a word as well as by a line, in any colours.
  await history.locator("del", { hasText: "Un banc" }).getByText("[disparu depuis]").waitFor({ state: "attached" });
  await history.locator("ins", { hasText: "Pourriel" }).getByText("[nouveau depuis]").waitFor({ state: "attached" });
  for (const forcedColors of ["active", "none"] as const) {
    await page.emulateMedia({ forcedColors });
    const lineOf = (element: "del" | "ins"): Promise<string> =>
      history
        .locator(`.moment__sheet ${element}`)
        .first()
        .evaluate((words) => getComputedStyle(words).textDecorationLine);
    await expect.poll(async () => [await lineOf("del"), await lineOf("ins")]).toEqual(["line-through", "underline"]);
  }
  const axe = async (): Promise<void> => {
    const violations = await violationsOn(page, "dialog");
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  };
  await axe();
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.querySelector("dialog")!.scrollWidth - document.querySelector("dialog")!.clientWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
  await history.getByRole("button", { name: "Retour à l’historique" }).press("Enter");
  // One is where one came from.
  await page.waitForFunction(() => document.activeElement?.textContent?.includes("Fin de l’atelier"));
  await expect.poll(overflow).toBeLessThanOrEqual(0);
  await axe();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press("Enter");

  await history.getByRole("button", { name: "Revenir à cette version" }).press("Enter");
  await page.waitForFunction(() => document.activeElement?.textContent?.includes("Le compte-rendu redira"));
  await axe();
  const line = other.locator(".capture__text").first();
  await line.click();
  await other.keyboard.type("Encore une ");
  await history.getByRole("button", { name: "Revenir à cette version" }).press("Enter");
  // Whoever has the focus in a message keeps it.
  const takeBack = page.getByRole("region", { name: "Messages" }).getByRole("button", { name: "Annuler" });
  await takeBack.focus();
  await showsItems(other, ["Un marché couvert", "Un banc"]);
  await other.getByText("Nadia a rétabli la version «\u00A0Fin de l’atelier\u00A0»").first().waitFor();
  await other.keyboard.type("idée");
  await other.keyboard.press("Enter");
  await showsItems(page, ["Un marché couvert", "Un banc", "Encore une idée"]);

  // And back from it: what was written since stays.
  await takeBack.press("Enter");
  await showsItems(page, ["Un marché couvert", "Pourriel", "Encore une idée"]);
  await menu();
  await history.getByRole("button", { name: "Avant le retour à « Fin de l’atelier »" }).first().waitFor();
  await context.close();
});
