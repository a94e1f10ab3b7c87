/** A whole journey under the strict policy, what a page tells other hosts, and what becomes of words whose link is withdrawn. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { ask, bearer } from "../support/asking.ts";
import { launchChromium } from "../support/chromium.ts";
import { LiveClient } from "../support/clients.ts";
import { capture, itemsKept, markSays, newDesk, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { ADDRESSES, PAYLOADS } from "./payloads.ts";
import { foreignIn, watch, type Watched } from "./watch.ts";

vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let browser: Browser;
let collector: Server;
let outside: string;
const collected: { url: string; headers: IncomingHttpHeaders }[] = [];
const contexts: BrowserContext[] = [];
const NOTHING: Watched = { hits: [], away: [], violations: [] };

beforeAll(async () => {
  [server, browser] = await Promise.all([new TestServer().start(), launchChromium()]);
  collector = createServer(({ url = "", headers }, response) => {
    // A page asks for its own icon by itself.
    if (url !== "/favicon.ico") collected.push({ url, headers });
    response.setHeader("content-type", "text/html").end("<title>dehors</title>");
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  outside = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  collector?.close();
  await server?.remove();
});

const newContext = async (): Promise<BrowserContext> => {
  const context = await newDesk(browser);
  contexts.push(context);
  return context;
};

/** Pastes as a browser does that was given these. */
const paste = (page: Page, types: Record<string, string>): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(".ProseMirror")?.dispatchEvent(event);
  }, types);

/** Notes every question by which browsers are told apart. */
const watchFingerprints = async (context: BrowserContext): Promise<string[]> => {
  const asked: string[] = [];
  await context.exposeFunction("fingerprintHit", (what: string) => void asked.push(what));
  await context.addInitScript(() => {
    const told = (globalThis as unknown as { fingerprintHit: (what: string) => void }).fingerprintHit;
    const note = (owner: object | undefined, name: string): void => {
      if (!owner) return;
      const before = Object.getOwnPropertyDescriptor(owner, name);
      if (!before) return;
      const value: unknown = before.value;
      const noted = (original: unknown) =>
        function (this: unknown, ...given: unknown[]): unknown {
          told(name);
          return Reflect.apply(original as () => unknown, this, given);
        };
      const reader: unknown = Reflect.get(before, "get");
      const watched = reader ? { get: noted(reader) } : { value: noted(value) };
      Object.defineProperty(owner, name, { ...before, ...watched });
    };
    note(HTMLCanvasElement.prototype, "toDataURL");
    note(HTMLCanvasElement.prototype, "toBlob");
    note(HTMLCanvasElement.prototype, "getContext");
    note(CanvasRenderingContext2D.prototype, "getImageData");
    for (const name of ["plugins", "mimeTypes", "hardwareConcurrency", "deviceMemory", "getBattery", "userAgentData"])
      note(Navigator.prototype, name);
    note(AudioContext.prototype, "createOscillator");
    note(globalThis, "RTCPeerConnection");
    note(globalThis, "queryLocalFonts");
    note(Document.prototype, "cookie");
  });
  return asked;
};

test("X07 P04 X10 from the first page to the export: no violation, no cookie, no other host, no fingerprint", async () => {
  const context = await newContext();
  const watched = await watch(context, server.url);
  const asked = await watchFingerprints(context);
  const page = await context.newPage();
  await page.goto(server.url);
  await page
    .getByRole("button", { name: /^Commencer avec Forum ouvert/ })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Commencer l’atelier" }).click();
  await page.getByLabel("Prénom", { exact: true }).fill("Nadia");
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await page.locator("[data-sheet]").waitFor();
  await capture(page, PAYLOADS[0]!);

  await page.getByRole("textbox", { name: "Problématique" }).click();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type("Lisez ceci");
  // By command: what may not be followed is refused in words, and stays unlinked.
  await page.keyboard.press("Shift+Home");
  for (const address of ["javascript:canary(1)", "data:text/html,x", "https://bank.example@canary.invalid/"]) {
    await page.keyboard.press("Control+k");
    const field = page.getByLabel("Adresse du lien");
    await field.fill(address);
    await field.press("Enter");
    await page.getByText("Cette adresse ne peut pas être suivie").waitFor();
    await field.press("Escape");
  }
  await page.keyboard.press("End");
  // By paste, as markup and as an address alone.
  const links = ADDRESSES.map((address) => `<a href="${address.replaceAll('"', "&quot;")}">vers</a> `).join("");
  await paste(page, { "text/html": `${PAYLOADS.slice(0, 70).join("\n")}<p>${links}</p>`, "text/plain": "x" });
  for (const address of ADDRESSES.slice(0, 8)) await paste(page, { "text/plain": address });
  // What other programs mean by their styles is read, though the page's policy lets no style act.
  const styled = `<b style="color:red;font-weight:normal">maigre</b> <span style='font-weight: 700'>gras</span> style="x"`;
  await paste(page, { "text/html": `<p>${styled}</p>`, "text/plain": "x" });
  await page.locator(".ProseMirror strong", { hasText: /^gras$/ }).waitFor();
  expect(await page.locator(".ProseMirror strong", { hasText: "maigre" }).count()).toBe(0);
  expect(await page.locator(".ProseMirror").innerText()).toContain('style="x"');
  await markSays(page, "saved");
  expect(await foreignIn(page)).toEqual([]);
  expect(await page.locator('.ProseMirror a[href*="canary(1)"]').count()).toBe(0);

  await page.goto(server.url);
  await page.locator(".known__link").first().click();
  await page.locator("[data-sheet]").waitFor();
  await markSays(page, "saved");
  expect(watched).toEqual(NOTHING);
  expect(await context.cookies()).toEqual([]);
  expect(asked).toEqual([]);
  process.stdout.write(`P04 cookies 0, other hosts ${watched.away.length}, fingerprints ${asked.length}\n`);
});

test("A10 A18 whoever follows a link leads no one back: no Referer, no secret, no handle, no frame", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const writer = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await writer.saved();
  writer.doc.getText("prose:contexte").insert(0, "dehors", { link: `${outside}/click` });
  await writer.saved();
  writer.destroy();
  const context = await newContext();
  const page = await sitDown(context, workshop.addresses.write, "Nadia");
  const follow = async (from: Page): Promise<void> => {
    const link = from.getByRole("link", { name: "dehors" }).first();
    const before = collected.length;
    const opens = context.waitForEvent("page");
    await link.click({ modifiers: ["Control"] });
    const led = await opens;
    await expect.poll(() => collected.length).toBeGreaterThan(before);
    await led.waitForURL(`${outside}/**`);
    expect(await led.evaluate(() => [globalThis.opener === null, document.referrer])).toEqual([true, ""]);
    await led.close();
  };
  await page.getByRole("link", { name: "dehors" }).first().waitFor();
  await follow(page);
  for (const path of ["", "/minutes.html"]) {
    await page.goto(`${server.url}/r/${workshop.links.read}${path}`);
    await follow(page);
  }
  const secrets = [...Object.values(workshop.links), workshop.id, workshop.code];
  expect(collected.filter(({ headers }) => headers.referer !== undefined || headers.origin !== undefined)).toEqual([]);
  expect(secrets.filter((secret) => JSON.stringify(collected).includes(secret))).toEqual([]);
  process.stdout.write(`A10 ${collected.length} requests outside, with a secret 0\n`);

  await page.goto(outside);
  const framed = await page.evaluate(async (address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    await loaded;
    try {
      return frame.contentDocument?.body.innerText ?? "refused";
    } catch {
      return "refused";
    }
  }, `${server.url}/r/${workshop.links.read}`);
  expect(framed).toBe("refused");
  expect(page.frames().filter((frame) => frame.url().startsWith(server.url))).toEqual([]);
});

test.each(["withdrawn", "closed"])(
  "A05 words written offline under a link that is withdrawn, or may only read now, are not applied and not destroyed: %s",
  async (how) => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const at = `/api/workshops/${workshop.id}`;
    const headers = bearer(workshop.links.manage);
    const told = await ask(server.url, `${at}/links`, { method: "POST", headers, body: { capability: "write" } });
    const given = JSON.parse(told.body) as { id: string; address: string };
    const context = await newContext();
    const page = await sitDown(context, given.address, "Nadia");
    await capture(page, "avant");
    await markSays(page, "saved");
    await context.setOffline(true);
    await markSays(page, "offline");
    await capture(page, "écrit sans réseau");
    if (how === "withdrawn") await ask(server.url, `${at}/links/${given.id}`, { method: "DELETE", headers });
    else await ask(server.url, `${at}/state`, { method: "POST", headers, body: { state: "closed" } });
    await context.setOffline(false);
    await markSays(page, "read-only");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Télécharger mon texte" }).click(),
    ]);
    expect(readFileSync(await file.path(), "utf8")).toContain("écrit sans réseau");
    expect(await itemsKept(server, workshop)).toEqual(["avant"]);
    if (how === "withdrawn") return;
    await ask(server.url, `${at}/state`, { method: "POST", headers, body: { state: "live" } });
    await markSays(page, "saved");
    expect(await itemsKept(server, workshop)).toEqual(["avant", "écrit sans réseau"]);
  },
);
