/** What the page says while things go wrong: each state once, politely, nothing for a key, and in sight on the smallest screen. */
import type { CDPSession, Page } from "@playwright/test";
import { afterAll, beforeAll, vi, type ExpectStatic } from "vitest";
import { ask, bearer } from "../support/asking.ts";
import { newDataDir } from "../support/data-dir.ts";
import { markSays } from "../support/desk.ts";
import { EVERY_CHANGE, FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { Stage } from "../support/stage.ts";
import { stay } from "../support/stays.ts";

vi.setConfig({ testTimeout: 240_000 });

const dir = newDataDir();
const disk = new FaultyDisk(dir.path);
/** Most of the time here is silence that is listened to: all of them listen at once, each to a server of its own. What is expected is each test's own, for polls have to know whose they are. */
const stage = new Stage({});
const { server: killed } = stage;
const open = new TestServer();
const failing = new TestServer({ DATA_DIR: dir.path, ...disk.environment });
beforeAll(async () => void (await Promise.all([stage.raise(), open.start(), failing.start()])));
afterAll(async () => {
  await Promise.all([stage.strike(), open.remove(), failing.remove()]);
  disk.remove();
  dir.remove();
});

/** As wide as this because a page of 1280 is enlarged to 400 %; looked at once more on a screen that is no wider. */
const ENLARGED = { width: 320, height: 256, scale: 4 };
const SMALLEST = { width: 320, height: 640 };

interface Node {
  role?: { value?: string };
  name?: { value?: string };
  childIds?: string[];
  nodeId: string;
  properties?: { name: string; value: { value?: unknown } }[];
}

/** What a screen reader finds in the polite live region of the accessibility tree. */
const region = async (remote: CDPSession): Promise<{ live: unknown; words: string }[]> => {
  const { nodes } = (await remote.send("Accessibility.getFullAXTree")) as { nodes: Node[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  return nodes
    .filter(({ role }) => role?.value === "status")
    .map(({ childIds = [], properties = [] }) => ({
      live: properties.find(({ name }) => name === "live")?.value.value,
      words: childIds.map((id) => byId.get(id)?.name?.value ?? "").join(""),
    }));
};

/** Somebody at a page of which everything it says is noted. */
const listening = async (workshop: Started, expect: ExpectStatic) => {
  const { page, context } = await stage.seat(workshop.addresses.write, "Nadia", ENLARGED);
  await markSays(page, "saved");
  const remote = await context.newCDPSession(page);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const spoken = document.querySelector("[data-spoken]");
    const note = (): unknown => said.push(spoken?.textContent ?? "");
    if (spoken) new MutationObserver(note).observe(spoken, { subtree: true, characterData: true, childList: true });
  });
  const said = (): Promise<string[]> => page.evaluate(() => (window as unknown as { said: string[] }).said);
  /** Waits until this was said, in the tree as on the page, once since the last time, and is in sight; then forgets it. */
  const hears = async (words: string, mark: "saved" | "offline" | "read-only"): Promise<void> => {
    await markSays(page, mark);
    await expect.poll(said, { timeout: 30_000 }).toContainEqual(expect.stringContaining(words));
    await expect
      .poll(() => region(remote))
      .toEqual([{ live: "polite", words: expect.stringContaining(words) as string }]);
    await expectInSight(page, expect);
    await page.setViewportSize(SMALLEST);
    await expectInSight(page, expect);
    await page.setViewportSize(ENLARGED);
    // Whatever else it has to say about it is said within the next breath.
    await page.waitForTimeout(1_500);
    expect((await said()).filter((each) => each.includes(words))).toHaveLength(1);
    await page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));
  };
  return { page, context, said, hears };
};

/** The mark stands on the screen, whole, and nothing covers it. */
const expectInSight = async (page: Page, expect: ExpectStatic): Promise<void> => {
  const seen = () =>
    page.locator("[data-saved]").evaluate((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return {
        inside: left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && right > left,
        uncovered: there !== null && (mark.contains(there) || there.contains(mark)),
        words: mark.textContent.trim().length > 2,
        across: document.documentElement.scrollWidth <= innerWidth,
      };
    });
  // A page takes the size of its screen with the next frame.
  await expect.poll(seen).toEqual({ inside: true, uncovered: true, words: true, across: true });
};

const manage = (workshop: Started, method: string, path: string, body?: unknown) =>
  ask(open.url, `/api/workshops/${workshop.id}${path}`, {
    method,
    headers: bearer(workshop.links.manage),
    ...(body === undefined ? {} : { body }),
  });

test.concurrent("W02 C2 offline, back, killed, back: each said once, those who were there are no news", async ({
  expect,
}) => {
  const workshop = await startWorkshop(killed.url, "forum-ouvert");
  const others = await Promise.all([1, 2, 3].map(() => stay(killed.url, workshop)));
  await Promise.all(others.map((other, n) => other.rename(["Brice", "Céline", "Zoé"][n] ?? "", "")));
  const { page, context, said, hears } = await listening(workshop, expect);
  await expect.poll(() => others.every(({ present }) => present.value.length === 3)).toBe(true);
  // Whoever is found here is no news either; that takes two seconds to be known.
  await page.waitForTimeout(2_500);
  await page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));

  await page.locator('[id="section-sujet"]').getByRole("textbox").first().click();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type("Quarante frappes, et rien n’en est dit.", { delay: 20 });
  await markSays(page, "saved");
  await page.waitForTimeout(1_500);
  expect(await said()).toEqual([]);

  await context.setOffline(true);
  await hears("Hors ligne", "offline");
  await context.setOffline(false);
  await hears("Enregistré", "saved");
  await killed.kill();
  await hears("Hors ligne", "offline");
  await killed.start();
  await hears("Enregistré", "saved");
  // They came back as well, and nobody was told of them as of newcomers.
  await expect.poll(() => others.every(({ present }) => present.value.length === 3), { timeout: 30_000 }).toBe(true);
  await page.waitForTimeout(1_500);
  expect((await said()).filter((each) => each.includes("est là"))).toEqual([]);
  for (const each of others) each.close();
});

test.concurrent("W02 C2 closed, opened, somebody new, withdrawn: each said once", async ({ expect }) => {
  const workshop = await startWorkshop(open.url, "forum-ouvert");
  const { page, said, hears } = await listening(workshop, expect);
  expect((await manage(workshop, "POST", "/state", { state: "closed" })).status).toBeLessThan(300);
  await hears("l’atelier est fermé", "read-only");
  expect((await manage(workshop, "POST", "/state", { state: "live" })).status).toBeLessThan(300);
  await hears("Enregistré", "saved");

  const newcomer = await stay(open.url, workshop);
  await newcomer.rename("Nouveau", "");
  await expect.poll(said, { timeout: 30_000 }).toContainEqual(expect.stringContaining("Nouveau"));
  await page.waitForTimeout(1_500);
  expect((await said()).filter((each) => each.includes("Nouveau"))).toHaveLength(1);

  const links = JSON.parse((await manage(workshop, "GET", "/links")).body) as { id: string; capability: string }[];
  const { id = "" } = links.find(({ capability }) => capability === "write") ?? {};
  expect((await manage(workshop, "DELETE", `/links/${id}`)).status).toBeLessThan(300);
  await hears("ce lien n’ouvre plus", "read-only");
  newcomer.close();
});

(noFaults ? test.skip : test.concurrent)(
  `W02 D05 a disk that fails is said once, and once that it is well again${orSkipped}`,
  async ({ expect }) => {
    const workshop = await startWorkshop(failing.url, "forum-ouvert");
    const { page, hears } = await listening(workshop, expect);
    await page.locator('[id="section-sujet"]').getByRole("textbox").first().click();
    await page.locator(".ProseMirror-focused").waitFor();
    disk.fail({ calls: EVERY_CHANGE, error: "ENOSPC" });
    await page.keyboard.type("Le disque est plein.");
    await hears("ne peut pas enregistrer", "read-only");
    disk.heal();
    await hears("Enregistré", "saved");
  },
);
