/** The pages of a real server in a real browser: without a script, live, accessible, and alone with their host. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { launchChromium } from "../support/chromium.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Checking a whole page for accessibility takes seconds where two cores are shared.
vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let browser: Browser;
let workshop: Started;
const contexts: BrowserContext[] = [];

/** A page of its own browser profile. `before` it goes there it can be listened to. */
const visit = async (
  path: string,
  options: BrowserContextOptions = {},
  before: (page: Page) => void = () => undefined,
): Promise<Page> => {
  const context = await browser.newContext({ locale: "fr-FR", ...options });
  contexts.push(context);
  const page = await context.newPage();
  before(page);
  await page.goto(server.url + path);
  return page;
};

const addItem = (section: string, text: string): Promise<unknown> =>
  call("POST", "/items", { section, text, author: "Nadia" });

const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await fetch(`${server.url}/api/workshops/${workshop.id}${path}`, {
    method,
    headers: { authorization: `Bearer ${workshop.links.write}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok).toBe(true);
  return answer.json();
};

beforeAll(async () => {
  [server, browser] = await Promise.all([new TestServer().start(), launchChromium()]);
  workshop = await startWorkshop(server.url, "atelier-facilite");
  await addItem("solutions", "Ouvrir la bibliothèque le dimanche");
});

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** Two frames: the first may still show the colours and the width of before. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

const PATHS: [string, () => string][] = [
  ["home", () => "/"],
  ["joining", () => "/j"],
  ["reading", () => `/r/${workshop.links.read}`],
  ["template", () => "/templates/atelier-facilite"],
  ["refusal", () => "/nowhere"],
];

test.each(PATHS)(
  "P3 the %s page breaks no policy, asks no other host and leaves no cookie; P6 axe finds nothing on it, on a light phone and a dark computer",
  async (_, path) => {
    const asked: string[] = [];
    const complaints: string[] = [];
    const page = await visit(path(), {}, (fresh) => {
      fresh.on("request", (request) => asked.push(new URL(request.url()).origin));
      fresh.on("console", (message) => complaints.push(message.text()));
      fresh.on("pageerror", (error) => complaints.push(error.message));
    });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((origin) => origin !== server.url)).toEqual([]);
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    for (const [width, colorScheme] of [
      [390, "light"],
      [1440, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      // No button is looked at on its way from one colour to another.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await drawn(page);
      const violations = await violationsOn(page);
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
  },
);

test("P4 without a script the minutes are read and downloaded, examples opened, the code entered", async () => {
  const page = await visit(`/r/${workshop.links.read}`, { javaScriptEnabled: false });
  expect(await page.locator("article").innerText()).toContain("Ouvrir la bibliothèque le dimanche");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Markdown" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.md$/);

  await page.getByRole("link", { name: "Minutier" }).click();
  await expect.poll(() => page.locator("[data-template]").count()).toBe(5);
  await page.waitForLoadState();
  expect(await page.getByRole("button", { name: /^Commencer/ }).count()).toBe(0);
  await page.getByRole("link", { name: /exemple.*Forum ouvert/ }).click();
  await expect.poll(() => page.locator("article").innerText()).toContain("Pistes d'actions");

  await page.goto(server.url);
  await page.getByLabel("Vous avez un code").fill("ABC DEF");
  await page.getByRole("button", { name: "Rejoindre" }).click();
  await page.waitForURL(({ pathname }) => pathname === "/j");
  expect(await page.getByLabel("Code").inputValue()).toBe("ABC DEF");
  expect(await page.locator("noscript").innerText()).toContain("JavaScript");
});

test("C24 what is said meanwhile appears on the reading page, and neither the place nor the selection is lost; C27 nobody comes in by it", async () => {
  await Promise.all(Array.from({ length: 30 }, (_, index) => addItem("solutions", `Solution ${index + 1}`)));
  const posted: string[] = [];
  const page = await visit(`/r/${workshop.links.read}`, { viewport: { width: 390, height: 700 } }, (opened) =>
    opened.on("request", (request) => {
      if (request.method() === "POST") posted.push(request.url());
    }),
  );
  await page.locator("#reading-status[data-listening]").waitFor({ state: "attached" });
  const read = page.getByText("Solution 20", { exact: true });
  await read.evaluate((element) => {
    element.scrollIntoView({ block: "center" });
    getSelection()!.selectAllChildren(element);
  });
  const before = (await read.boundingBox())!.y;
  await addItem("problemes", "Les outils manquent");
  await page.getByText("Les outils manquent").waitFor({ state: "attached" });
  await expect.poll(async () => Math.abs((await read.boundingBox())!.y - before)).toBeLessThan(2);
  expect(await page.evaluate(() => getSelection()!.toString())).toBe("Solution 20");
  await expect.poll(() => page.locator("#reading-status").textContent()).toMatch(/^Mis à jour à \d\d:\d\d$/);
  // What lets one in stands in a file that every page has.
  expect(posted).toEqual([]);
});

test("C27 the head of the answer to a workshop's address, and to a code's, names what its page asks for", async () => {
  const heads: (string | undefined)[] = [];
  for (const path of [`/w/${workshop.id}`, `/j/${workshop.code}`]) {
    const page = await visit(path, { javaScriptEnabled: false }, (opened) =>
      opened.on("response", (answer) => {
        if (answer.request().isNavigationRequest()) heads.push(answer.headers()["link"]);
      }),
    );
    const named = [...(heads.at(-1) ?? "").matchAll(/<([^>]+)>/g)].map(([, file]) => file!);
    expect(named).toHaveLength(6);
    const source = await page.content();
    expect(named.filter((file) => !source.includes(`"${file}"`))).toEqual([]);
  }
});

test("P5 a link that may write is nowhere on the reading page, in its exports or in what it is told", async () => {
  const { write, manage, vote } = workshop.links;
  for (const path of ["", "/minutes.html", "/minutes.md", "/minutes.txt", "/minutes.csv", "/minutes.json"]) {
    const body = await (await fetch(`${server.url}/r/${workshop.links.read}${path}`)).text();
    for (const secret of [write, manage, vote, workshop.code]) expect(body).not.toContain(secret);
  }
});

test("P8 the language of the interface is chosen on the page, kept by the browser, and leaves the minutes alone", async () => {
  const page = await visit("/");
  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { name: "Write the minutes of a workshop together" }).waitFor();
  await page.locator("[data-start]:not([hidden])").first().waitFor();
  await page.goto(`${server.url}/`);
  await page.getByRole("heading", { name: "Write the minutes of a workshop together" }).waitFor();
  await page.goto(`${server.url}/j`);
  await page.getByRole("heading", { name: "Join a workshop" }).waitFor();
  await page.goto(`${server.url}/r/${workshop.links.read}`);
  await page.getByRole("link", { name: "Skip to content" }).waitFor();
  await page.locator('html[lang="en"] article[lang="fr"]').waitFor();
});

test("C21 the colours chosen in a workshop are those of every page", async () => {
  const page = await visit("/");
  await page.evaluate(() => localStorage.setItem("minutier:theme", "dark"));
  for (const [, path] of PATHS.slice(0, 3)) {
    await page.goto(server.url + path());
    await page.locator('html[data-theme="dark"]').waitFor();
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await expect.poll(ground).toBe("rgb(23, 22, 20)");
  }
});
