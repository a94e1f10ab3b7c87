/** P06 in a real browser: whoever writes sees what is kept of them, takes it away and has their name erased; by keyboard alone. */
import { readFileSync } from "node:fs";
import { expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Checking a whole page for accessibility takes seconds where two cores are shared.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

test("P06 what is kept of me: seen, downloaded, and the name erased", async () => {
  const { addresses, id, links } = await startWorkshop(server.url, "vierge");
  const context = await stage.desk({ width: 1280, height: 800 });
  const page = await context.newPage();
  await page.goto(addresses.write);
  await page.getByLabel("Prénom").fill("Céline");
  await page.getByLabel("Prénom").press("Enter");
  await page.getByRole("button", { name: "Ce qui est gardé de moi" }).first().press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Première venue").waitFor();
  expect(await dialog.getByRole("definition").first().textContent()).toBe("Céline");
  const violations = await violationsOn(page);
  expect(violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ target }) => target)])).toEqual([]);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Tout télécharger" }).press("Enter"),
  ]);
  expect(JSON.parse(readFileSync(await file.path(), "utf8"))).toMatchObject({ visitor: { name: "Céline" } });
  await dialog.getByRole("button", { name: "Effacer mon nom" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  const told = await fetch(`${server.url}/api/workshops/${id}/links`, {
    headers: { authorization: `Bearer ${links.manage}` },
  });
  expect(await told.text()).not.toContain("Céline");
  await context.close();
});
