/** The glossary, by hand: an acronym that was met is explained, by keyboard, and told on the sheet, on the reading page and by the closing walk. */
import { expect, vi } from "vitest";
import { capture, markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// A browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

const MEANING = "direction régionale de l’environnement";

test("C39 M34 M35 an acronym that was met is offered, explained, shown below its section and told to readers", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { page, context } = await stage.seat(workshop.addresses.manage, "Nadia");
  await capture(page, "Associer la DREAL et la CLE");
  await markSays(page, "saved");
  const menu = async (name: string): Promise<void> => {
    await page.getByRole("button", { name: "Autres actions" }).click();
    await page.getByRole("menuitem", { name }).click();
  };

  await menu("Relire avant de fermer");
  await page.getByRole("button", { name: "Le sigle « DREAL » n’est pas expliqué." }).click();
  const glossary = page.getByRole("dialog", { name: "Glossaire" });
  // The word stands there already, and one goes on with what it means.
  await page.waitForFunction(() => document.activeElement?.matches(".glossary__add label:nth-of-type(2) input"));
  await page.keyboard.type(MEANING);
  await page.keyboard.press("Enter");
  await glossary.getByLabel("DREAL", { exact: true }).waitFor();
  await glossary.getByRole("button", { name: "CLE est connu de tous" }).click();
  await glossary.getByText("Sigles à expliquer").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Relire avant de fermer" }).getByRole("button", { name: "Terminer" }).click();
  await markSays(page, "saved");
  const { glossary: kept } = await minutesOf(server, workshop);
  expect(kept?.map(({ term, meaning }) => [term, meaning])).toEqual([
    ["CLE", ""],
    ["DREAL", MEANING],
  ]);

  // Below its section, closed until somebody asks; by keyboard as by touch.
  const below = page.locator(".terms");
  await below.locator("summary").focus();
  await page.keyboard.press("Enter");
  await below.getByText(MEANING).waitFor();
  // What was typed is what stands in the text.
  await expect.poll(() => page.locator(".item__text").first().textContent()).toBe("Associer la DREAL et la CLE");

  const reader = await context.newPage();
  await reader.goto(workshop.addresses.read);
  const item = reader.locator(".minutes li", { hasText: "Associer" });
  expect((await item.innerText()).trim()).toBe(`Associer la DREAL (${MEANING}) et la CLE`);
  await reader.getByRole("heading", { name: "Glossaire" }).waitFor();
  await reader.close();

  await menu("Glossaire");
  await glossary.getByRole("button", { name: "Retirer « DREAL » du glossaire" }).click();
  await glossary.getByRole("button", { name: "Annuler" }).click();
  await glossary.getByLabel("DREAL", { exact: true }).waitFor();
});

test("K22 C38 a word half explained outlives a freeze, and the glossary being closed", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  const play = (command: object): Promise<Response> =>
    fetch(`${server.url}/api/workshops/${workshop.id}/stage`, {
      method: "POST",
      headers: { authorization: `Bearer ${workshop.links.manage}`, "content-type": "application/json" },
      body: JSON.stringify(command),
    });
  const open = async (): Promise<void> => {
    await page.getByRole("button", { name: "Autres actions" }).click();
    await page.getByRole("menuitem", { name: "Glossaire" }).click();
  };
  await open();
  const [term, meaning] = [page.getByLabel("Sigle ou mot"), page.getByLabel("Ce que cela veut dire")];
  await term.fill("DREAL");
  await meaning.fill("direction régio");
  await play({ do: "freeze", seconds: 300 });
  await markSays(page, "read-only");
  await page.keyboard.press("Enter");
  expect([await term.inputValue(), await meaning.inputValue()]).toEqual(["DREAL", "direction régio"]);
  expect(await meaning.evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.press("Escape");
  await open();
  await expect
    .poll(async () => [await term.inputValue(), await meaning.inputValue()])
    .toEqual(["DREAL", "direction régio"]);
  await play({ do: "thaw" });
  await markSays(page, "saved");
  await meaning.fill(MEANING);
  await meaning.press("Enter");
  await expect.poll(async () => (await minutesOf(server, workshop)).glossary?.[0]?.meaning).toBe(MEANING);
});
