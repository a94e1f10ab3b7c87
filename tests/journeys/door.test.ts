/** C52 The page of a code: the door and the minutes below it stand there before any script, and what is done there goes on. */
import type { BrowserContext, Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { setMandate } from "../../document/edit/title.ts";
import { violationsOn } from "../support/audit.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Two pages and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;
const phone = { width: 390, height: 844, phone: true };

const TITLE = "Un banc sous le tilleul";
const QUESTION = "Où le mettre ?";

/** A workshop with a title, a mandate and a question. */
const prepare = async (): Promise<Started> => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const client = new LiveClient({ url: server.live }, workshop.id, workshop.links.manage);
  await client.saved();
  client.doc.getText("title").insert(0, TITLE);
  setMandate(client.doc, "Lu par le conseil.\nDécidé en mars.");
  client.write(QUESTION, "sujet");
  await client.saved();
  client.destroy();
  return workshop;
};

/** Holds files of the program back, all scripts unless told; gives what lets them go. */
const hold = async (context: BrowserContext, files = /\/assets\/.*\.js$/): Promise<() => void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await context.route(files, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
};

const open = (page: Page, { code }: Started): Promise<unknown> =>
  page.goto(`${server.url}/j/${code}`, { waitUntil: "commit" });

const skip = (page: Page) => page.getByRole("button", { name: "Entrer sans donner de nom" });

test("C52 P9 without any script the code shows the door and the minutes below it, or these alone", async () => {
  const workshop = await prepare();
  const page = await (await stage.desk({ ...phone, scripts: false })).newPage();
  await page.goto(`${server.url}/j?code=${workshop.code}`);
  await page.getByRole("heading", { name: TITLE }).waitFor();
  await page.getByText("Décidé en mars.").waitFor();
  expect(await page.getByText(QUESTION).isVisible()).toBe(true);
  // The title is said once.
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  // Nothing is sent, and the page stays.
  await page.getByLabel("Prénom", { exact: true }).fill("Nadia");
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await skip(page).click();
  await skip(page).waitFor({ state: "hidden" });
  await page.getByText(QUESTION).waitFor();
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await page.getByLabel("Prénom", { exact: true }).inputValue()).toBe("Nadia");
});

test("C52 the door comes alive as it stands: fields, letters and focus stay, what was pressed is heard", async () => {
  const workshop = await prepare();
  const context = await stage.desk(phone);
  const letGo = await hold(context);
  const page = await context.newPage();
  await open(page, workshop);
  // Pressed too early, and then typed on: that is not heard any more.
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await page.getByLabel("Prénom", { exact: true }).fill("Nadia");
  await page.getByLabel(/Organisation/).fill("Conseil de quartier");
  expect(await violationsOn(page)).toEqual([]);
  const field = await page.getByLabel(/Organisation/).elementHandle();
  letGo();
  await page.waitForURL(/\/w\//);
  await page.locator("[data-spoken]").waitFor({ state: "attached" });
  expect(await field?.evaluate((each) => document.activeElement === each && each.isConnected)).toBe(true);
  expect(await page.getByLabel("Prénom", { exact: true }).inputValue()).toBe("Nadia");
  await page.locator("#minutes").getByText(QUESTION).waitFor();
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await markSays(page, "saved");
  await expect.poll(() => page.locator("#minutes").count()).toBe(0);
  await page.waitForFunction(() => document.querySelector("#section-participants")?.textContent.includes("Nadia"));
  await page.waitForFunction(() =>
    document.querySelector("#section-participants")?.textContent.includes("Conseil de quartier"),
  );
});

test("C52 a name that was confirmed before any script was there is heard by the first that comes", async () => {
  const workshop = await prepare();
  const context = await stage.desk(phone);
  const letGo = await hold(context, /\/assets\/opening-/);
  const page = await context.newPage();
  const asked = page.waitForResponse(/\/api\/codes$/);
  await open(page, workshop);
  await page.getByLabel("Prénom", { exact: true }).fill("Nadia");
  await asked;
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  letGo();
  await page.waitForFunction(() => document.querySelector("#section-participants")?.textContent.includes("Nadia"));
  await markSays(page, "saved");
});

test("C52 whoever reads behind the door before the scripts come reads on, past the door, with the caret where it was asked for", async () => {
  const workshop = await prepare();
  const context = await stage.desk(phone);
  const letStayGo = await hold(context, /\/assets\/(stay|line)-/);
  const letFrontGo = await hold(context, /\/assets\/opening-/);
  const page = await context.newPage();
  const asked = page.waitForResponse(/\/api\/codes$/);
  await open(page, workshop);
  await skip(page).click();
  await page.locator("#minutes").getByText(QUESTION).waitFor();
  await page.locator("#minutes:focus").waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await asked;
  letFrontGo();
  await page.waitForURL(/\/w\//);
  await page.locator("#minutes").getByText(QUESTION).click();
  letStayGo();
  await page.locator("#section-sujet [contenteditable=true]:focus").waitFor();
  await page.keyboard.type("Près du banc. ");
  await markSays(page, "saved");
  await expect.poll(() => page.locator("#section-sujet").textContent()).toContain("Près du banc. ");
  await expect.poll(() => page.locator("#minutes, .joining").count()).toBe(0);
});

test("C52 the door of the server is the door of the page, word for word and part for part", async () => {
  const workshop = await prepare();
  const context = await stage.desk(phone);
  /** What stands there, but for what only one of both needs. */
  const doorOn = async (address: string): Promise<string> => {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "commit" });
    await page.getByLabel("Prénom", { exact: true }).waitFor();
    const door = await page.evaluate(() => {
      const copy = document.querySelector(".joining__sheet")!.cloneNode(true) as Element;
      for (const each of [copy, ...copy.querySelectorAll("*")]) {
        if (each.matches("noscript")) each.remove();
        for (const name of each.getAttributeNames())
          if (/^(id|for|list|method|popover|auto|aria-busy|style)/.test(name) && name !== "autocomplete")
            each.removeAttribute(name);
      }
      return copy.outerHTML.replaceAll(/\s+/g, " ").replaceAll(/> | </g, (gap) => gap.trim());
    });
    await page.close();
    return door;
  };
  const drawnByPage = await doorOn(workshop.addresses.write);
  const letGo = await hold(context);
  expect(await doorOn(`${server.url}/j/${workshop.code}`)).toBe(drawnByPage);
  letGo();
});

test("C52 a code that leads nowhere is told with the page, and is not asked for again", async () => {
  const page = await (await stage.desk(phone)).newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") asked.push(request.url());
  });
  const answer = await page.goto(`${server.url}/j/ZZZZZZ`);
  expect(answer?.status()).toBe(404);
  expect(await page.getByRole("alert").textContent()).toMatch(/code/i);
  const { code } = await prepare();
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Entrer" }).click();
  await page.getByRole("heading", { name: TITLE }).waitFor();
  expect(asked).toHaveLength(1);
});
