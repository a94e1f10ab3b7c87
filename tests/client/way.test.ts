/** A stay behind proxies that do not love WebSockets, against the real server: which way the line takes, and when. */
import { effect } from "@preact/signals";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openSession } from "../../client/session/open.ts";
import type { Session } from "../../client/session/session.ts";
import { addItem } from "../../document/edit/items.ts";
import { Proxy, type Upgrades } from "../support/proxy.ts";
import { itemsKept } from "../support/desk.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

const server = new TestServer();
let proxy: Proxy;
let workshop: Started;
const stays: Session[] = [];

beforeAll(async () => void (await server.start()));
beforeEach(async () => {
  proxy = await new Proxy(() => server.url).start();
  workshop = await startWorkshop(server.url, "propositions-en-direct");
});
afterEach(() => {
  for (const stay of stays.splice(0)) stay.close();
  proxy.stop();
});
afterAll(() => server.remove());

/** Resolves once `holds` does; looks again whenever a signal it read changes. */
const until = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop: { now?: () => void } = {};
    stop.now = effect(() => {
      if (!holds()) return;
      queueMicrotask(() => stop.now?.());
      resolve();
    });
  });

const enter = async (origin = proxy.url): Promise<Session> => {
  const session = await openSession({ workshop: workshop.id, secret: workshop.links.write, server: origin });
  stays.push(session);
  return session;
};
const says = (session: Session, state: Session["saved"]["value"]["state"]): Promise<void> =>
  until(() => session.saved.value.state === state);
const write = (session: Session, text: string): void =>
  void addItem(session.doc, "propositions", { text, at: session.now().toISOString() });
const shows = (session: Session, texts: readonly string[]): Promise<void> =>
  until(() => {
    const items = session.minutes.value.sections.flatMap((section) => (section.kind === "items" ? section.items : []));
    return texts.every((text) => items.filter((item) => item.text === text).length === 1);
  });
/** What was asked of the proxy at /live, in order. */
const ways = (of = proxy): string[] =>
  of.asked.filter((each) => each.endsWith(" /live")).map((each) => each.split(" ")[0]!);

test("C25 where proxies refuse WebSockets, swallow their frames or leave them waiting, the line goes by HTTP after one try", async () => {
  const modes: Upgrades[] = [426, "swallow", "hold"];
  const proxies = await Promise.all(modes.map(() => new Proxy(() => server.url).start()));
  try {
    for (const [index, each] of proxies.entries()) each.upgrades = modes[index]!;
    const blocked = await Promise.all(proxies.map((each) => enter(each.url)));
    const all = [...blocked, await enter(server.url)];
    await Promise.all(all.map((session) => says(session, "saved")));
    const texts = all.map((_, index) => `par ${index}`);
    for (const [index, session] of all.entries()) write(session, texts[index]!);
    await Promise.all(all.map((session) => shows(session, texts)));
    await Promise.all(all.map((session) => says(session, "saved")));
    expect(await itemsKept(server, workshop)).toEqual(texts);
    for (const each of proxies) expect(ways(each).filter((way) => way !== "POST")).toEqual(["UPGRADE", "GET"]);
  } finally {
    for (const each of proxies) each.stop();
  }
});

test("C25 a server that is gone for a while proves nothing: the line comes back by WebSocket", async () => {
  const session = await enter();
  await says(session, "saved");
  await server.kill();
  await says(session, "offline");
  write(session, "pendant la panne");
  await server.start();
  await says(session, "saved");
  expect(new Set(ways())).toEqual(new Set(["UPGRADE"]));
  expect(ways().length).toBeGreaterThan(1);
  expect(await itemsKept(server, workshop)).toEqual(["pendant la panne"]);
});

test("C25 a slow network is no blocked one", async () => {
  proxy.delay = 150;
  const session = await enter();
  await says(session, "saved");
  write(session, "lentement");
  await says(session, "saved");
  expect(ways()).toEqual(["UPGRADE"]);
});

test("C25 a network that begins to block is found at the next line, and one that ceases after lanes in vain", async () => {
  const session = await enter();
  await says(session, "saved");
  proxy.upgrades = 403;
  proxy.cut();
  await says(session, "offline");
  write(session, "coupé");
  await says(session, "saved");
  expect(ways().at(-1)).not.toBe("UPGRADE");
  proxy.upgrades = "pass";
  proxy.streams = false;
  const before = ways().length;
  proxy.cut();
  await says(session, "offline");
  write(session, "rétabli");
  await says(session, "saved");
  const tried = ways().slice(before).join(" ");
  expect(tried).toMatch(/^(GET ){3,5}UPGRADE$/);
  expect(await itemsKept(server, workshop)).toEqual(["coupé", "rétabli"]);
});

test("C26 kill -9 behind a proxy that refuses: what was saved is there, the rest comes back by the lane, once", async () => {
  proxy.upgrades = 403;
  const session = await enter();
  await says(session, "saved");
  write(session, "avant");
  await says(session, "saved");
  write(session, "au milieu");
  await server.kill();
  await says(session, "offline");
  write(session, "pendant");
  await server.start();
  await says(session, "saved");
  expect(await itemsKept(server, workshop)).toEqual(["au milieu", "avant", "pendant"]);
});

test("C26 a lane that falls silent is given up like a socket: what it carried is sent again", async () => {
  proxy.upgrades = 403;
  const session = await enter();
  await says(session, "saved");
  proxy.losing = 1;
  write(session, "réponse perdue");
  await says(session, "offline");
  await says(session, "saved");
  proxy.repeating = 2;
  write(session, "deux fois demandé");
  await says(session, "saved");
  const fresh = await enter(server.url);
  await shows(fresh, ["deux fois demandé", "réponse perdue"]);
  expect(await itemsKept(server, workshop)).toEqual(["deux fois demandé", "réponse perdue"]);
});
