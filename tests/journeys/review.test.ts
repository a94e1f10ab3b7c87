/** Before closing: the list of what is still open, walked through by hand and by keyboard, never in the way. */
import { expect, vi } from "vitest";
import { markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// A browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

test("C29 the walk leads to each point, follows what is put right, and closing is possible all the while", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { page } = await stage.seat(workshop.addresses.manage, "Nadia", { width: 320, height: 568, phone: true });
  // Whoever has come in is listed by then: that is one point less.
  await markSays(page, "saved");
  // It is read at the end, when everybody is offered the synthesis.
  const begun = await fetch(`${server.url}/api/workshops/${workshop.id}/stage`, {
    method: "POST",
    headers: { authorization: `Bearer ${workshop.links.manage}`, "content-type": "application/json" },
    body: JSON.stringify({ do: "begin", phase: "p4" }),
  });
  expect(begun.status).toBe(200);
  const offer = page.getByRole("region", { name: "Passer à la synthèse" });
  await offer.waitFor();
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Relire avant de fermer" }).click();
  const dialog = page.getByRole("dialog", { name: "Relire avant de fermer" });
  const points = dialog.locator(".review__point");
  await points.first().waitFor();
  const before = await points.count();
  await points.filter({ hasText: "« Lieu »" }).click();

  const walk = page.getByRole("region", { name: "Relire avant de fermer" });
  await walk.getByText("« Lieu » n’est pas rempli.").waitFor();
  const place = page.getByLabel("Lieu", { exact: true });
  await expect.poll(() => place.evaluate((input) => input === document.activeElement)).toBe(true);
  // On the smallest phone nothing lies over the place it leads to.
  const isFree = (): Promise<boolean> =>
    place.evaluate((input) => {
      const { left, top, bottom } = input.getBoundingClientRect();
      return [top + 2, bottom - 2].every((at) => input.contains(document.elementFromPoint(left + 8, at)));
    });
  await expect.poll(isFree).toBe(true);
  await place.fill("Salle des fêtes");
  await place.press("Tab");
  await markSays(page, "saved");
  // What was put right is gone, and what came after it has moved up.
  await walk.getByText("« Lieu »").waitFor({ state: "detached" });
  await walk.getByText(`sur ${before - 1}`).waitFor();
  await walk.getByRole("button", { name: "Suivant" }).click();
  await walk.getByRole("button", { name: "Précédent" }).click();
  await walk.getByRole("button", { name: "Terminer" }).click();
  await walk.waitFor({ state: "detached" });
  await offer.waitFor();

  await page.locator(".state--button").click();
  const state = page.getByRole("dialog", { name: /Où en est l’atelier/ });
  await state.getByRole("button", { name: new RegExp(`${before - 1} points restent ouverts`) }).waitFor();
  await state.getByRole("button", { name: /Fermé/ }).click();
  await page.locator(".state--closed").waitFor();
});
