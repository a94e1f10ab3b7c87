/** X02 X05: the payloads written by programs, past the editor, while an honest browser looks on. */
import { expect, vi } from "vitest";
import { addItem } from "../../document/edit/items.ts";
import { COLOURS } from "../../document/presence.ts";
import { LiveClient, yjsClient } from "../support/clients.ts";
import { markSays, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";
import { ADDRESSES, PAYLOADS } from "./payloads.ts";
import { foreignIn, watch } from "./watch.ts";

vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

/** Writes as a program and tells whether it was kept; what is refused closes the line instead. */
const tryTo = async ({ id, links }: Started, write: (client: LiveClient) => void): Promise<boolean> => {
  const client = new LiveClient({ url: server.live }, id, links.write);
  await client.saved();
  const { length } = client.closed;
  write(client);
  await client.when(() => client.closed.length > length || !client.provider.hasUnsyncedChanges);
  client.destroy();
  return client.closed.length === length;
};

test("X02 X05 X10 words, links, formats and presence by raw WebSocket: nothing acts in the browser that shows them", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const context = await stage.desk();
  const watched = await watch(context, server.url);
  const page = await sitDown(context, workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const verdicts = { kept: 0, refused: 0 };
  const count = (kept: boolean): void => void (kept ? (verdicts.kept += 1) : (verdicts.refused += 1));
  const prose = "prose:contexte";
  // Words are words: all of them have to be kept. A NUL is none.
  const words = PAYLOADS.map((payload) => payload.replaceAll("\0", ""));
  expect(await tryTo(workshop, ({ doc }) => doc.getText(prose).insert(0, words.join("\n")))).toBe(true);
  const items = words.map((text) => ({ text, at: new Date().toISOString() }));
  expect(await tryTo(workshop, ({ doc }) => items.forEach((item) => addItem(doc, "propositions", item)))).toBe(true);
  const link = ({ doc }: LiveClient): void =>
    ADDRESSES.forEach((address) => doc.getText(prose).insert(0, "lien", { link: address }));
  count(await tryTo(workshop, link));
  // Formats as no editor writes them: kept or refused, but never acted upon.
  for (const value of [["script", {}, "canary(1)"], { href: "javascript:canary(1)" }, 7, "x", PAYLOADS[0]]) {
    for (const name of ["bold", "link", "onclick", "style"])
      count(await tryTo(workshop, ({ doc }) => doc.getText(prose).insert(0, "forme", { [name]: value })));
  }
  await page.getByText("<script>canary(1)</script>", { exact: false }).first().waitFor();

  // Presence: what a program says of itself is what the server knows of it, and a place in the palette.
  const script = yjsClient(server.yjs, workshop.id, workshop.links.write);
  await script.when(() => script.provider.synced);
  const seen = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await seen.saved();
  for (const [name, colour] of [
    ["<img src=x onerror=canary(1)>", ";background:url(//canary.invalid/c)"],
    ["\u202Egnp.exe", "red"],
    ["x".repeat(10_000), 99],
    [PAYLOADS[6], { toString: "x" }],
  ]) {
    script.provider.awareness.setLocalState({
      visitor: "x",
      name,
      colour,
      color: colour,
      user: { name, color: colour },
    });
    script.provider.awareness.setLocalStateField("section", "contexte");
  }
  await seen.when(() => seen.provider.awareness?.getStates().has(script.doc.clientID) ?? false);
  const state = seen.provider.awareness?.getStates().get(script.doc.clientID);
  expect(state?.["name"]).toBe("");
  expect(state?.["colour"]).toBeLessThan(COLOURS);
  expect(Object.keys(state ?? {}).filter((key) => ["color", "user"].includes(key))).toEqual([]);
  seen.destroy();
  script.destroy();

  expect(await foreignIn(page)).toEqual([]);
  await page.reload();
  await page.locator("[data-sheet]").waitFor();
  await markSays(page, "saved");
  expect(await foreignIn(page)).toEqual([]);
  expect(watched).toEqual({ hits: [], away: [], violations: [] });
  await context.close();
  process.stdout.write(
    `X02 ${words.length} words kept; of foreign formats ${verdicts.kept} kept, ${verdicts.refused} refused; hits 0\n`,
  );
});
