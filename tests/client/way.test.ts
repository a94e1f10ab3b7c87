/** A stay behind proxies that do not love WebSockets, against the real server: which way the line takes, and when. */
import { effect } from "@preact/signals";
import { afterAll, beforeAll, test, type TestContext } from "vitest";
import { openSession } from "../../client/session/open.ts";
import type { Session } from "../../client/session/session.ts";
import { addItem } from "../../document/edit/items.ts";
import { Proxy, type Upgrades } from "../support/proxy.ts";
import { itemsKept } from "../support/desk.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

const shared = new TestServer();
beforeAll(async () => void (await shared.start()));
afterAll(() => shared.remove());

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

/** A workshop of a test's own behind a proxy of its own: these tests wait more than they do, so all of them wait at once. */
const behind = async ({ onTestFinished }: TestContext, server = shared) => {
  const proxy = await new Proxy(() => server.url).start();
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const stays: Session[] = [];
  onTestFinished(() => {
    for (const stay of stays) stay.close();
    proxy.stop();
  });
  const enter = async (origin = proxy.url): Promise<Session> => {
    const session = await openSession({ workshop: workshop.id, secret: workshop.links.write, server: origin });
    stays.push(session);
    return session;
  };
  return { server, proxy, workshop, enter, ways: () => waysOf(proxy) };
};

/** The same in front of a server that the test may kill. */
const behindItsOwn = async (context: TestContext) => {
  const server = await new TestServer().start();
  context.onTestFinished(() => server.remove());
  return behind(context, server);
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
/** What was asked of a proxy at /live, in order. */
const waysOf = ({ asked }: Proxy): string[] =>
  asked.filter((each) => each.endsWith(" /live")).map((each) => each.split(" ")[0]!);

test.concurrent("C25 where proxies refuse WebSockets, swallow their frames or leave them waiting, the line goes by HTTP after one try", async (context) => {
  const { expect } = context;
  const { server, workshop, enter } = await behind(context);
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
    for (const each of proxies) expect(waysOf(each).filter((way) => way !== "POST")).toEqual(["UPGRADE", "GET"]);
  } finally {
    for (const each of proxies) each.stop();
  }
});

test.concurrent("C25 a server that is gone for a while proves nothing: the line comes back by WebSocket", async (context) => {
  const { expect } = context;
  const { server, workshop, enter, ways } = await behindItsOwn(context);
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

test.concurrent("C25 a slow network is no blocked one", async (context) => {
  const { expect } = context;
  const { proxy, enter, ways } = await behind(context);
  proxy.delay = 150;
  const session = await enter();
  await says(session, "saved");
  write(session, "lentement");
  await says(session, "saved");
  expect(ways()).toEqual(["UPGRADE"]);
});

test.concurrent("C25 a network that begins to block is found at the next line, and one that ceases after lanes in vain", async (context) => {
  const { expect } = context;
  const { server, proxy, workshop, enter, ways } = await behind(context);
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

test.concurrent("C26 kill -9 behind a proxy that refuses: what was saved is there, the rest comes back by the lane, once", async (context) => {
  const { expect } = context;
  const { server, proxy, workshop, enter } = await behindItsOwn(context);
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

test.concurrent("C26 a lane that falls silent is given up like a socket: what it carried is sent again", async (context) => {
  const { expect } = context;
  const { server, proxy, workshop, enter } = await behind(context);
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
