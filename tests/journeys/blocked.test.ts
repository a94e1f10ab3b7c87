/** Offices and hotels that block WebSockets: the page goes round by itself, with the same words, saved all the same. */
import { afterEach, expect, vi } from "vitest";
import { capture, itemsKept, markSays, showsItems } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { Proxy, type Upgrades } from "../support/proxy.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Two browsers and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const stage = setStage();
const { server } = stage;
const proxies: Proxy[] = [];

afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.stop();
});

const behind = async (upgrades: Upgrades, delay: number): Promise<Proxy> => {
  const proxy = await new Proxy(() => server.url).start();
  proxies.push(proxy);
  return Object.assign(proxy, { upgrades, delay });
};

test("C26 behind proxies that refuse WebSockets or swallow their frames: saved, and after kill -9 all is there, once", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { write } = workshop.addresses;
  const [refusing, swallowing] = await Promise.all([behind(403, 40), behind("swallow", 0)]);
  const seats = await Promise.all([
    stage.seat(refusing.behind(write), "Nadia"),
    stage.seat(swallowing.behind(write), "Brice"),
    stage.seat(write, "Céline"),
  ]);
  const pages = seats.map(({ page }) => page);
  const [nadia, brice] = [seats[0].page, seats[1].page];
  const broken: string[] = [];
  for (const page of pages) page.on("pageerror", (error) => broken.push(error.message));
  const all = async (mark: "saved" | "offline"): Promise<void> => {
    await Promise.all(pages.map((page) => markSays(page, mark)));
  };
  const allShow = async (texts: string[]): Promise<void> => {
    await Promise.all(pages.map((page) => showsItems(page, texts)));
  };
  await all("saved");
  await expect.poll(() => nadia.locator("[data-saved]").innerText()).toContain("Enregistré");

  const texts = ["par le détour", "par un autre", "tout droit"];
  await Promise.all(pages.map((page, index) => capture(page, texts[index]!)));
  await allShow(texts);
  await all("saved");

  await capture(nadia, "au milieu d’un m");
  await capture(brice, "à peine dit");
  await server.kill();
  await all("offline");
  await Promise.all(pages.map((page, index) => capture(page, `pendant la panne ${index}`)));
  await server.start();
  await all("saved");
  const everything = [
    ...texts,
    "au milieu d’un m",
    "à peine dit",
    ...[0, 1, 2].map((index) => `pendant la panne ${index}`),
  ].toSorted();
  await allShow(everything);
  expect(await itemsKept(server, workshop)).toEqual(everything);

  // The next page on this network need not find out again.
  const before = refusing.asked.length;
  await nadia.reload();
  await nadia.locator("[data-sheet]").waitFor();
  await markSays(nadia, "saved");
  await showsItems(nadia, everything);
  const opened = refusing.asked.slice(before).filter((each) => each === "GET /live" || each === "UPGRADE /live");
  expect(opened).toEqual(["GET /live"]);
  // No secret in any address.
  for (const asked of [...refusing.asked, ...swallowing.asked]) expect(asked).not.toContain(workshop.links.write);
  expect(broken).toEqual([]);
});
