/** C45 What is seen first of a workshop, before anything that writing takes has come: nothing is lost of it. */
import type { BrowserContext } from "@playwright/test";
import { expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { markSays, minutesOf } from "../support/desk.ts";
import { holdLine } from "../support/held-line.ts";
import { test } from "../support/in-browser.ts";
import { unsaid } from "../support/looking.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Two pages and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

/** Holds back what keeps a workshop; gives what lets it go. */
const holdStay = async (context: BrowserContext): Promise<() => void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await context.route(/\/assets\/(stay|line)-/, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
};

const phone = { width: 390, height: 844, phone: true };

test("C45 by the code, without another page: nothing wrong for those who listen, and the address opens it again", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  const letGo = await holdStay(context);
  const page = await context.newPage();
  const pages: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) pages.push(new URL(request.url()).pathname);
  });
  await page.goto(`${server.url}/j/${workshop.code}`);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  // The server's, until the workshop itself is here.
  await page.locator("#minutes:popover-open").waitFor();
  expect(await violationsOn(page)).toEqual([]);
  expect(await unsaid(page)).toEqual([]);
  letGo();
  await markSays(page, "saved");
  expect(pages).toEqual([`/j/${workshop.code}`]);
  expect(new URL(page.url()).pathname).toBe(`/w/${workshop.id}`);
  await page.reload();
  // Without a name one is asked again.
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).waitFor();
});

test("C45 a text that is touched before one can write in it takes the caret as soon as one can", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  const letGo = await holdStay(context);
  const page = await context.newPage();
  await page.goto(workshop.addresses.write);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#section-sujet .rich-text__still").click();
  letGo();
  await page.locator("#section-sujet [contenteditable=true]:focus").waitFor();
  await page.keyboard.type("Comment ?");
  await markSays(page, "saved");
  await page.getByText("Comment ?").waitFor();
});

test("L11 C45 C57 a phone first draws the one section it shows, another when one goes there, and that one when it is loaded anew", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  const letGo = await holdStay(context);
  const page = await context.newPage();
  await page.goto(workshop.addresses.write);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#section-sujet").waitFor();
  const drawn = page.locator("main .section");
  await expect.poll(() => drawn.count()).toBe(1);
  await page.locator(".outline__link", { hasText: "Pistes" }).click();
  await page.locator("#section-pistes").waitFor();
  await expect.poll(() => drawn.count()).toBe(1);
  letGo();
  await markSays(page, "saved");
  await expect.poll(() => drawn.count()).toBeGreaterThan(5);
  await page.locator("#section-pistes").waitFor();
  // A phone that was put away loads the page anew: one is where one was.
  await page.reload();
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#section-pistes").waitFor();
});

test("C45 a name is given at the door while the rest is on its way, and nothing of it is lost", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk();
  const letGo = await holdStay(context);
  const page = await context.newPage();
  await page.goto(workshop.addresses.write);
  await page.getByLabel("Prénom", { exact: true }).fill("Nadia");
  letGo();
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/editing-")),
  );
  expect(await page.getByLabel("Prénom", { exact: true }).inputValue()).toBe("Nadia");
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await markSays(page, "saved");
  await page.getByText("(vous)").first().waitFor();
  await page.waitForFunction(() => document.querySelector("#section-participants")?.textContent.includes("Nadia"));
});

test("C45 the socket of the first line opens while the stay is on its way, and is the one that is spoken on", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  const letGo = await holdStay(context);
  const page = await context.newPage();
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(new URL(socket.url()).pathname));
  const opened = page.waitForEvent("websocket");
  await page.goto(workshop.addresses.write);
  await opened;
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  letGo();
  await markSays(page, "saved");
  expect(sockets).toEqual(["/live"]);
});

test("C27 minutes are first seen in the system's letters: the page's own are asked for behind what one writes with", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  const letGo = await holdStay(context);
  const page = await context.newPage();
  const order: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".woff2")) order.push("letters");
  });
  page.on("requestfinished", (request) => {
    if (request.url().includes("/editing-")) order.push("editing");
  });
  const letters = page.waitForRequest(/\.woff2$/);
  await page.goto(`${server.url}/j/${workshop.code}`);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#minutes:popover-open").waitFor();
  expect(order).not.toContain("letters");
  letGo();
  await letters;
  expect(order).toContain("editing");
  expect(order.indexOf("editing")).toBeLessThan(order.indexOf("letters"));
});

test("C8 who was never here waits for no copy: a device that cannot say whether it has one holds nobody up", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  // Its database never answers, and the patience for that never ends.
  await context.addInitScript(() => {
    const later = globalThis.setTimeout;
    Object.assign(globalThis, {
      setTimeout: (act: () => void, span?: number) => (span === 2_000 ? 0 : later(act, span)),
    });
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/j/${workshop.code}`);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#section-sujet [role=textbox]").click();
  await page.locator("#section-sujet [contenteditable=true]:focus").waitFor();
  await page.keyboard.type("Comment ?");
  await markSays(page, "saved");
});

test("T31 C45 who was never here writes before the line has brought anything, and nothing of it is called saved until it is", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const context = await stage.desk(phone);
  const page = await context.newPage();
  const letThrough = await holdLine(page);
  await page.goto(`${server.url}/j/${workshop.code}`);
  await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
  await page.locator("#section-sujet [role=textbox]").click();
  await page.locator("#section-sujet [contenteditable=true]:focus").waitFor();
  await page.keyboard.type("Comment ?");
  expect(await page.locator('[data-saved="saved"]').count()).toBe(0);
  letThrough();
  await markSays(page, "saved");
  expect(await minutesOf(server, workshop).then((minutes) => JSON.stringify(minutes))).toContain("Comment ?");
});
