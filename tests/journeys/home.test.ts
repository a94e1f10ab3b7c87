/** Starting from the home page: gallery, example, start, the workshops a browser knows, the code, the passphrase. */
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { launchChromium } from "../support/chromium.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Checking a whole page for accessibility takes seconds where two cores are shared.
vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let guarded: TestServer;
let browser: Browser;
const contexts: BrowserContext[] = [];

const visit = async (url: string, width = 1440): Promise<Page> => {
  const context = await browser.newContext({ locale: "fr-FR", viewport: { width, height: 900 } });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(url);
  return page;
};

const accessible = async (page: Page): Promise<void> => {
  const violations = await violationsOn(page);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
};

/** The workshop an address with a fragment leads to, as the API has it. */
const minutesAt = async (address: string): Promise<{ title: string; language: string }> => {
  const { origin, pathname, hash } = new URL(address);
  const answer = await fetch(`${origin}/api/workshops/${pathname.split("/")[2]}`, {
    headers: { authorization: `Bearer ${hash.slice(1)}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { title: string; language: string };
};

beforeAll(async () => {
  [server, guarded, browser] = await Promise.all([
    new TestServer().start(),
    new TestServer({ CREATE: "une phrase de passe" }).start(),
    launchChromium(),
  ]);
});

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await guarded?.remove();
});

test.each([390, 1440])(
  "C23 a workshop is started from its example, at %i px, and the browser knows it afterwards",
  async (width) => {
    const page = await visit(server.url, width);
    const card = page.locator('[data-template="forum-ouvert"]');
    await card.locator(".minutes h1").waitFor({ state: "attached" });
    await card.getByRole("link").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Éléments principaux de la discussion" }).waitFor();
    await accessible(page);
    await dialog.getByRole("button", { name: "Commencer avec ce modèle" }).click();
    await dialog.getByLabel("Titre").fill("Comment inclure de nouveaux publics ?");
    await dialog.getByLabel("Anglais").check();
    await accessible(page);
    await dialog.getByRole("button", { name: "Commencer l’atelier" }).click();
    await page.waitForURL(/\/w\/[^#]+#.+/);
    const address = page.url();
    expect(await minutesAt(address)).toMatchObject({ title: "Comment inclure de nouveaux publics ?", language: "en" });

    await page.waitForFunction(() => localStorage.getItem("minutier:known"));
    await page.goto(server.url);
    const link = page.getByRole("link", { name: /Comment inclure de nouveaux publics/ });
    expect(server.url + (await link.getAttribute("href"))).toBe(address);
    await accessible(page);
    await page.getByRole("button", { name: /Retirer de la liste/ }).click();
    await link.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Annuler" }).click();
    await link.waitFor();
  },
);

test("a template kept on this server stands in the gallery with its structure and starts a workshop", async () => {
  const { id, links } = await startWorkshop(server.url, "atelier-facilite");
  const kept = await fetch(`${server.url}/api/workshops/${id}/duplicates`, {
    method: "POST",
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    body: JSON.stringify({ text: false, kind: "template", title: "Comité de quartier" }),
  });
  expect(kept.status).toBe(201);
  const page = await visit(server.url);
  const gallery = page.getByRole("region", { name: "Modèles gardés sur ce serveur" });
  // Before the script is awake the link leads to a page of its own.
  await gallery.getByRole("button", { name: "Commencer avec Comité de quartier" }).waitFor();
  await gallery.getByRole("link", { name: /exemple.*Comité de quartier/ }).click();
  await page.getByRole("dialog").locator(".minutes h2").first().waitFor();
  await page.keyboard.press("Escape");
  await gallery.getByRole("button", { name: "Commencer avec Comité de quartier" }).click();
  await page.getByLabel("Titre").fill("Premier comité");
  await page.getByRole("button", { name: "Commencer l’atelier" }).click();
  await page.waitForURL(/\/w\/[^#]+#.+/);
  expect((await minutesAt(page.url())).title).toBe("Premier comité");
});

test("C23 a weaker link to the same workshop does not take the place of a stronger one", async () => {
  const { addresses } = await startWorkshop(server.url);
  const page = await visit(addresses.manage);
  const visited = (): Promise<string | undefined> =>
    page.evaluate(() => /"visited":"([^"]+)"/.exec(localStorage.getItem("minutier:known") ?? "")?.[1]);
  await expect.poll(visited).toBeTruthy();
  const first = await visited();
  await page.goto(addresses.write);
  await expect.poll(visited).not.toBe(first);
  await page.goto(server.url);
  const links = page.getByRole("region", { name: "Vos ateliers" }).getByRole("link");
  await expect.poll(() => links.count()).toBe(1);
  expect(server.url + (await links.getAttribute("href"))).toBe(addresses.manage);
});

test("the whole way from the home page into a workshop works by keyboard alone", async () => {
  const page = await visit(server.url);
  const start = page.getByRole("button", { name: "Commencer avec Forum ouvert" });
  await start.waitFor();
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  for (let pressed = 0; (await focused()) !== "Commencer avec Forum ouvert"; pressed++) {
    expect(pressed).toBeLessThan(20);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(focused).toBe("Commencer avec Forum ouvert");
  await page.keyboard.press("Enter");
  await page.locator("#start-title:focus").waitFor();
  await page.keyboard.type("Au clavier");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/w\/[^#]+#.+/);
  expect((await minutesAt(page.url())).title).toBe("Au clavier");
});

test("a dialog gives the focus back by its button too, and opens again in the very moment Escape closes it", async () => {
  const page = await visit(server.url);
  const start = page.getByRole("button", { name: "Commencer avec Forum ouvert" });
  await start.click();
  await page.locator("#start-title:focus").waitFor();
  await page.getByRole("button", { name: "Fermer" }).click();
  await page.locator('[data-template="forum-ouvert"] [data-start]:focus').waitFor();
  await start.click();
  await page.locator("#start-title:focus").waitFor();
  // As fast as nobody presses Enter, but as a busy page may get both keys: before the dialog's close event has come.
  await page.evaluate(() => {
    const dialog = document.querySelector("dialog");
    const opener = document.querySelector<HTMLElement>('[data-template="forum-ouvert"] [data-start]');
    new MutationObserver((_changes, watching) => {
      watching.disconnect();
      opener?.click();
    }).observe(dialog!, { attributeFilter: ["open"] });
  });
  await page.locator("#start-title").fill("de la première fois");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("#start-title:focus")?.value === "");
});

test("a server with a passphrase asks for it, says why it refuses, and keeps what was written", async () => {
  const page = await visit(guarded.url);
  await page.getByRole("button", { name: "Commencer avec Page blanche" }).click();
  await page.getByLabel("Titre").fill("Réunion");
  await page.getByLabel("Mot de passe").fill("une autre phrase");
  await page.getByRole("button", { name: "Commencer l’atelier" }).click();
  await expect.poll(async () => (await page.getByRole("alert").innerText()).length).toBeGreaterThan(20);
  expect(await page.getByLabel("Titre").inputValue()).toBe("Réunion");
  await page.getByLabel("Mot de passe").fill("une phrase de passe");
  await page.getByRole("button", { name: "Commencer l’atelier" }).click();
  await page.waitForURL(/\/w\/[^#]+#.+/);
  expect((await minutesAt(page.url())).title).toBe("Réunion");
});

test("a code in the address leads straight in; a wrong one is told and can be corrected", async () => {
  const { code, id, links } = await startWorkshop(server.url);
  const page = await visit(`${server.url}/j/${code}`);
  await page.waitForURL(new RegExp(`/w/${id}#.+`));
  // Everybody gets a link of their own, so that one person can be stopped without stopping the room.
  expect(Object.values(links)).not.toContain(new URL(page.url()).hash.slice(1));

  const other = await visit(`${server.url}/j/zzz-zzz`);
  await expect.poll(() => other.getByRole("alert").innerText()).toMatch(/code/i);
  await accessible(other);
  await other.getByLabel("Code").fill(` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`);
  await other.getByRole("button", { name: "Entrer" }).click();
  await other.waitForURL(new RegExp(`/w/${id}#.+`));
});

test("a server that is away is told as such, and the form is there to try again", async () => {
  const page = await visit(`${server.url}/j`);
  await page.getByLabel("Code").fill("ABCDEF");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Entrer" }).click();
  await expect.poll(() => page.getByRole("alert").innerText()).toContain("ne répond pas");
});
