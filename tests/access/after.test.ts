/** A11 A14: what is still to be seen after a link was withdrawn, and what robots, previews and prefetching find and do. */
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test as plain, vi } from "vitest";
import { ask, bearer } from "../support/asking.ts";
import { launchChromium } from "../support/chromium.ts";
import { LiveClient } from "../support/clients.ts";
import { newDesk } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

vi.setConfig({ testTimeout: 60_000 });

const WORDS = "un mot que personne ne doit revoir";
const TITLE = "Un titre à nous";

/** What a browser sends when somebody opens an address, and what it adds when nobody has done so yet. */
const OPENED = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
/** Where the address is not one of https, nor of this machine. */
const OPENED_PLAINLY = { "upgrade-insecure-requests": "1" };
const AHEAD = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

let server: TestServer;
let browser: Browser;
let workshop: Started;

beforeAll(async () => {
  [server, browser] = await Promise.all([new TestServer().start(), launchChromium()]);
  workshop = await startWorkshop(server.url, "propositions-en-direct");
  const writer = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await writer.saved();
  writer.write(WORDS, "contexte");
  writer.doc.getText("title").delete(0, writer.doc.getText("title").length);
  writer.doc.getText("title").insert(0, TITLE);
  await writer.saved();
  writer.destroy();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

describe("A11 after a link was withdrawn", () => {
  test.each([true, false])(
    "the back button, the history and a reload show nothing any more; scripts: %s",
    async (scripts) => {
      const headers = bearer(workshop.links.manage);
      const at = `/api/workshops/${workshop.id}/links`;
      const told = await ask(server.url, at, { method: "POST", headers, body: { capability: "read" } });
      const link = JSON.parse(told.body) as { id: string; address: string };
      const context = await newDesk(browser, { scripts });
      const page = await context.newPage();
      for (const path of ["", "/minutes.html", "/minutes.txt"]) {
        await page.goto(`${link.address}${path}`);
        expect(await page.content()).toContain(WORDS);
      }
      await page.goto(`${server.url}/j`);
      await ask(server.url, `${at}/${link.id}`, { method: "DELETE", headers });
      for (let steps = 0; steps < 3; steps += 1) {
        await page.goBack();
        expect(page.url()).toContain("/r/");
        expect(await page.content()).not.toContain(WORDS);
      }
      await page.reload();
      expect(await page.content()).not.toContain(WORDS);
      // Nor is there anything that a page of ours put aside.
      if (scripts) {
        const kept = await page.evaluate(async () => {
          const answers = await Promise.all(
            (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
          );
          return answers.flat().map(({ url }) => url);
        });
        expect(kept.filter((url) => url.includes("/r/"))).toEqual([]);
      }
      await context.close();
    },
  );
});

describe("A14 robots, previews, prefetching", () => {
  plain("find no title and no word where no link is shown, and change nothing wherever they come", async () => {
    const state = async (): Promise<string> => {
      const headers = bearer(workshop.links.manage);
      const asked = ["", "/links"].map((path) => ask(server.url, `/api/workshops/${workshop.id}${path}`, { headers }));
      return (await Promise.all(asked)).map(({ body }) => body).join("\n");
    };
    const before = await state();
    const visits: Record<string, string>[] = [
      { "user-agent": "facebookexternalhit/1.1" },
      { "user-agent": "Slackbot-LinkExpanding 1.0" },
      { "user-agent": "Googlebot/2.1" },
      { purpose: "prefetch", "sec-purpose": "prefetch;prerender" },
      { "x-moz": "prefetch" },
      { "sec-fetch-dest": "image" },
      ...AHEAD.flatMap((name) => [OPENED, OPENED_PLAINLY].map((opened) => ({ ...opened, [name]: "prefetch" }))),
      { ...OPENED_PLAINLY, "sec-fetch-dest": "iframe" },
      { ...OPENED_PLAINLY, "sec-fetch-mode": "cors" },
      { ...OPENED, "sec-fetch-dest": "iframe" },
      { ...OPENED, "sec-fetch-mode": "no-cors" },
    ];
    const found: string[] = [];
    for (const headers of visits) {
      for (const method of ["GET", "HEAD"]) {
        for (const path of [
          "/",
          `/w/${workshop.id}`,
          `/w/${workshop.id}/`,
          `/j/${workshop.code}`,
          `/j?code=${workshop.code}`,
        ]) {
          const told = await ask(server.url, path, { method, headers });
          const all = told.body + JSON.stringify(told.headers);
          if (told.status >= 500 || all.includes(TITLE) || all.includes(WORDS)) found.push(`${method} ${path}`);
          if (!String(told.headers["x-robots-tag"]).includes("noindex")) found.push(`${method} ${path} may be indexed`);
        }
        // Whoever holds the address of the reading page reads, robots too; they are told to keep nothing of it.
        const read = await ask(server.url, `/r/${workshop.links.read}`, { method, headers });
        expect(read.headers).toMatchObject({ "x-robots-tag": "noindex, nofollow", "cache-control": "no-store" });
        expect(read.body).not.toMatch(
          /property="og:|name="twitter:|rel="(?:prefetch|prerender|preconnect|dns-prefetch)"|speculationrules/,
        );
      }
    }
    // Whoever opens the code in a browser is shown what it leads to, and leaves no trace by that either.
    for (const headers of [OPENED, OPENED_PLAINLY]) {
      const shown = await ask(server.url, `/j/${workshop.code}`, { headers });
      expect(shown.body).toContain(TITLE);
      expect(shown.body).toContain(WORDS);
      expect(shown.headers).toMatchObject({ "x-robots-tag": "noindex, nofollow", "cache-control": "no-store" });
      for (const secret of [workshop.id, ...Object.values(workshop.links)]) expect(shown.body).not.toContain(secret);
    }
    expect(found).toEqual([]);
    expect(await state()).toBe(before);
  });
});
