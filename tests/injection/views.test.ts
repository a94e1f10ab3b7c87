/** X01 X02 X03 X07: every payload in every field, in every view and every export, in a real browser. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "@playwright/test";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { isLinkable } from "../../minutes/address.ts";
import { canonical } from "../../minutes/field.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { ask, bearer } from "../support/asking.ts";
import { launchChromium } from "../support/chromium.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { newGround } from "../support/ground.ts";
import { test } from "../support/in-browser.ts";
import { TestServer } from "../support/server.ts";
import type { Started } from "../../server/access/access.ts";
import { ADDRESSES, PAYLOADS } from "./payloads.ts";
import { plant } from "./plant.ts";
import { foreignIn, openFrom, watch, type Watched } from "./watch.ts";

vi.setConfig({ testTimeout: 90_000 });

let disk: DataDir;
let server: TestServer;
let browser: Browser;
let workshop: Started;
const contexts: BrowserContext[] = [];

const NOTHING: Watched = { hits: [], away: [], violations: [] };

/** A browser of its own that is watched. */
const newContext = async (options: { javaScriptEnabled?: boolean } = {}) => {
  const context = await browser.newContext({ locale: "fr-FR", ...options });
  contexts.push(context);
  return { context, watched: await watch(context, server.url) };
};

beforeAll(async () => {
  disk = newDataDir();
  const ground = await newGround({ path: disk.path, remove: () => undefined });
  const update = plant();
  workshop = await ground.access.createWorkshop({ update, kind: "workshop", language: "fr", template: "essai" });
  await ground.access.createWorkshop({ update, kind: "template", language: "fr", template: "essai" });
  await ground.store.close();
  [server, browser] = await Promise.all([new TestServer({ DATA_DIR: disk.path }).start(), launchChromium()]);
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await server?.remove();
  disk.remove();
});

test("X01 there are enough payloads, all different", () => {
  expect(new Set([...PAYLOADS, ...ADDRESSES]).size).toBe(PAYLOADS.length + ADDRESSES.length);
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(120);
});

test("X10 none of the addresses may be followed, nor typed into a field that links", () => {
  expect(ADDRESSES.filter((address) => isLinkable(address) || isLinkable(canonical(address, "address")))).toEqual([]);
});

test("X01 the watch sees what it is there for", async () => {
  const { context, watched } = await newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/j`);
  // The page's own policy stops each of these: that it had to is what the watch tells.
  await page.evaluate(() => {
    const image = document.createElement("img");
    image.src = "http://canary.invalid/i.png";
    document.body.append(image);
    (globalThis as unknown as { canary: () => void }).canary();
  });
  await expect.poll(() => watched.violations.length).toBeGreaterThan(0);
  await expect.poll(() => watched.hits).toEqual(["canary"]);
  expect(await foreignIn(page)).toHaveLength(2);
});

test.each([true, false])("X01 the reading page, with a script: %s", async (javaScriptEnabled) => {
  const { context, watched } = await newContext({ javaScriptEnabled });
  const page = await context.newPage();
  await page.goto(`${server.url}/r/${workshop.links.read}`);
  // Without a script in the page nothing can be asked of it; its markup is the same.
  if (javaScriptEnabled) {
    await page.locator("#reading-status[data-listening]").waitFor({ state: "attached" });
    expect(await foreignIn(page, "article")).toEqual([]);
    const shown = (await page.locator("article").textContent()) ?? "";
    for (const payload of ["<script>canary(1)</script>", "</textarea><script>"]) expect(shown).toContain(payload);
  }
  expect(watched).toEqual(NOTHING);
});

/** What a manager sees more is the list of links; the long run looks at it too. */
const CAPABILITIES =
  process.env["VIEWS"] === "all" ? (["write", "manage", "vote", "read"] as const) : (["write", "read"] as const);

test.each(CAPABILITIES)("X01 X07 the workshop itself, by its %s link", async (capability) => {
  const writes = capability === "write" || capability === "manage";
  const { context, watched } = await newContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${server.url}/w/${workshop.id}#${workshop.links[capability]}`);
  if (writes) {
    await page.getByLabel("Prénom", { exact: true }).fill(`<img src=x onerror=canary(1)>"'`);
    await page.getByRole("button", { name: "Entrer et écrire" }).click();
  }
  await page.locator("[data-sheet]").waitFor();
  expect(await foreignIn(page)).toEqual([]);
  if (writes) {
    // An editor draws the same words anew.
    await page.locator('[id="section-text"] .prose').first().click();
    await page.locator('[id="section-text"] .ProseMirror').first().waitFor();
    expect(await foreignIn(page)).toEqual([]);
  }
  expect(faults).toEqual([]);
  expect(watched).toEqual(NOTHING);
  // The list of workshops this browser knows holds the title now, and the gallery a template of that name.
  await page.goto(server.url);
  await page.locator(".known__link").waitFor();
  expect(await foreignIn(page)).toEqual([]);
  expect(watched).toEqual(NOTHING);
  process.stdout.write(`X01 ${PAYLOADS.length} payloads, ${capability}: hits ${watched.hits.length}\n`);
});

test("X01 what stands in an address or a list of the browser itself", async () => {
  const { context, watched } = await newContext();
  const page = await context.newPage();
  const templates = JSON.parse((await ask(server.url, "/api/templates")).body) as { id: string; kind: string }[];
  await page.goto(`${server.url}/templates/${templates.find(({ kind }) => kind === "kept")!.id}`);
  expect(await foreignIn(page, "article")).toEqual([]);
  for (const payload of [`"><img src=x onerror=canary(1)>`, `</title><script>canary(1)</script>`]) {
    const part = encodeURIComponent(payload);
    for (const path of [`/j/${part}`, `/j?code=${part}`, `/w/${part}#${part}`, `/r/${part}`, `/templates/${part}`]) {
      await page.goto(`${server.url}${path}${path.includes("#") ? "" : `?lang=${part}`}`);
      expect(await foreignIn(page)).toEqual([]);
    }
  }
  expect(watched).toEqual(NOTHING);
});

test("X03 every export opened again from a disk, where no policy protects it, and from the server", async () => {
  const { context, watched } = await newContext();
  const page = await context.newPage();
  for (const format of FORMATS.keys()) {
    const path = `/api/workshops/${workshop.id}/minutes.${format}`;
    const { body, headers } = await ask(server.url, path, { headers: bearer(workshop.links.write) });
    expect(headers["x-content-type-options"]).toBe("nosniff");
    const file = join(disk.path, `minutes.${format}`);
    writeFileSync(file, body);
    await openFrom(page, file);
    if (format === "html") expect(await foreignIn(page, "article")).toEqual([]);
  }
  await page.goto(`${server.url}/r/${workshop.links.read}/minutes.html`);
  expect(await foreignIn(page, "article")).toEqual([]);
  expect(watched).toEqual(NOTHING);
});

test("X03 minutes.md holds no markup and no address that a renderer would act on", async () => {
  const { body } = await ask(server.url, `/r/${workshop.links.read}/minutes.md`);
  // What remains once escaped signs and code are gone is what a renderer takes for markup.
  const bare = body
    .replaceAll(/\\[!-/:-@[-`{-~]/g, "")
    .replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "")
    .replaceAll("<!-- -->", "");
  const ours = /^<(?:https?:\/\/|mailto:|\/?(?:strong|em|s)>)/i;
  expect((bare.match(/<[a-z!/?][^\n]{0,40}/gi) ?? []).filter((each) => !ours.test(each))).toEqual([]);
  expect(bare.match(/!\[[^\n]{0,40}/g) ?? []).toEqual([]);
  const targets = [...bare.matchAll(/\]\(([^)\s]*)/g)].map(([, target]) => target ?? "");
  expect(targets.filter((target) => !/^<?(https?:\/\/|mailto:)/i.test(target))).toEqual([]);
  expect(bare).not.toMatch(/^\[[^\]]+\]:/m);
});
