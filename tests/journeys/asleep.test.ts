/** A browser stopped by its machine in the middle of a word, while the server is restarted, others go on and the network is another. */
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { plainText } from "../../minutes/plain.ts";
import { launchChromium } from "../support/chromium.ts";
import { capture, itemsKept, markSays, minutesOf, newDesk, showsItems, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { Proxy } from "../support/proxy.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

/** For how long, beyond the restart of the server. */
const SECONDS = Number(process.env["SECONDS"] ?? 0);
vi.setConfig({ testTimeout: 90_000 + SECONDS * 1000 });

let server: TestServer;
let proxy: Proxy;
let awake: Browser;
let asleep: Browser;

beforeAll(async () => {
  server = await new TestServer().start();
  proxy = await new Proxy(() => server.url).start();
  [awake, asleep] = await Promise.all([launchChromium(), launchChromium()]);
});
afterAll(async () => {
  await awake?.close();
  await asleep?.close();
  proxy?.stop();
  await server?.remove();
});

/** Signals the processes in which this browser runs its pages. */
const signalPages = async (browser: Browser): Promise<(signal: NodeJS.Signals) => void> => {
  const remote = await browser.newBrowserCDPSession();
  const { processInfo } = await remote.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  expect(pages.length).toBeGreaterThan(0);
  return (signal) => {
    for (const id of pages) process.kill(id, signal);
  };
};

const issueOf = async (workshop: Started): Promise<string> => {
  const [section] = (await minutesOf(server, workshop)).sections;
  return section?.kind === "prose" ? plainText(section.body) : "";
};

test("C06 a stopped browser comes back by itself, overwrites nobody, and calls nothing saved that is not", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const [nadia, brice] = await Promise.all([
    newDesk(asleep).then((desk) => sitDown(desk, proxy.behind(workshop.addresses.write), "Nadia")),
    newDesk(awake).then((desk) => sitDown(desk, workshop.addresses.write, "Brice")),
  ]);
  await capture(nadia, "avant de dormir");
  await showsItems(brice, ["avant de dormir"]);
  await nadia.getByRole("textbox", { name: "Problématique" }).click();
  await nadia.locator(".ProseMirror-focused").waitFor();
  await nadia.keyboard.type("Où all");
  const signal = await signalPages(asleep);
  signal("SIGSTOP");
  try {
    // Taken along to another network: where its connections led, nobody answers and nobody refuses.
    proxy.moveOn();
    await server.kill();
    await server.start();
    await markSays(brice, "saved");
    await capture(brice, "pendant le sommeil");
    await brice.getByRole("textbox", { name: "Problématique" }).click();
    await brice.locator(".ProseMirror-focused").waitFor();
    // As a hand goes from the mouse to the keys: a caret that goes to the start sooner is taken for a slip.
    await brice.waitForTimeout(250);
    await brice.keyboard.press("Control+Home");
    await brice.keyboard.type("Qui y va ? ");
    await markSays(brice, "saved");
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  } finally {
    signal("SIGCONT");
  }
  const resumed = Date.now();
  await nadia.keyboard.type("er");
  // Whenever it says so, all of it must be on disk: asked of the server, not of the page.
  await markSays(nadia, "saved");
  expect(await issueOf(workshop)).toContain("Où aller");
  process.stdout.write(
    `C06 stopped for ${SECONDS} s and a restart, on another network: saved ${Date.now() - resumed} ms after it went on\n`,
  );
  await nadia.getByText("Qui y va ?").first().waitFor();
  const all = ["avant de dormir", "pendant le sommeil"];
  await Promise.all([showsItems(nadia, all), showsItems(brice, all)]);
  await nadia.keyboard.type(" ensuite");
  await markSays(nadia, "saved");
  const kept = await issueOf(workshop);
  for (const words of ["Où aller ensuite", "Qui y va ? "]) expect(kept.split(words)).toHaveLength(2);
  expect(kept).toHaveLength("Qui y va ? Où aller ensuite".length);
  expect(await itemsKept(server, workshop)).toEqual(all);
});
