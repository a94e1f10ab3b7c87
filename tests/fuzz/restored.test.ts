/** S12: an organiser goes back to a moment, again and again, while five people type over real sockets. */
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type * as Y from "yjs";
import { addItem, removeItem } from "../../document/edit/items.ts";
import type { HistoryAnswer, RestoreAnswer, Version } from "../../document/history.ts";
import { itemsOf, itemTextOf } from "../../document/layout.ts";
import type { SessionAnswer } from "../../document/session.ts";
import type { Minutes } from "../../minutes/value.ts";
import { ask, bearer } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// The machine may be busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 90_000 });

const server = new TestServer();
let workshop: Started;
beforeAll(async () => {
  await server.start();
  workshop = await startWorkshop(server.url, "propositions-en-direct");
});
afterAll(() => server.remove());

const call = async <T>(method: string, path: string, body?: object, secret = workshop.links.manage): Promise<T> => {
  const told = await ask(server.url, `/api/workshops/${workshop.id}${path}`, { method, headers: bearer(secret), body });
  if (told.status >= 300) throw new Error(`${path} was answered with ${told.status}: ${told.body}`);
  return JSON.parse(told.body) as T;
};

const visit = async (name: string): Promise<LiveClient> => {
  const { token, clientId } = await call<SessionAnswer>("POST", "/sessions", { name, layout: 1 }, workshop.links.write);
  return new LiveClient({ url: server.live }, workshop.id, token, { clientId });
};

const LIST = "propositions";
const PROSE = "contexte";

const capture = async (client: LiveClient, text: string): Promise<string> => {
  const id = addItem(client.doc, LIST, { text, at: new Date().toISOString() });
  await client.saved();
  return id;
};

describe("S12 five people type while it is restored", () => {
  const PEOPLE = ["Céline", "Brice", "Nadia", "Céline B", "Brice N"];
  const RHYTHM_MS = 4;
  const ROUNDS = Number(process.env["S12_ROUNDS"] ?? 3);

  test(`nobody’s later words are lost, whatever they were in the middle of (${ROUNDS} restorings)`, async () => {
    const clients = await Promise.all(PEOPLE.map((name) => visit(name)));
    await Promise.all(clients.map((client) => client.saved()));
    const [first] = clients;
    first!.write("Ce que l’atelier a retenu, mot pour mot. ".repeat(5), PROSE);
    const old = await capture(first!, "Une proposition de la matinée");
    const { seq } = await call<Version>("POST", "/versions", { name: "Midi" });
    await Promise.all(clients.map((client) => client.when(() => itemsOf(client.doc, LIST).has(old))));

    let count = 0;
    let lost = 0;
    let shown = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each round begins where the one before has ended
      const items = await Promise.all(clients.map((client, n) => capture(client, `Depuis midi, ${round} ${n}`)));
      // Half of the minutes are gone.
      const prose = first!.doc.getText(`prose:${PROSE}`);
      prose.delete(Math.floor(prose.length / 4), Math.floor(prose.length / 2));
      removeItem(first!.doc, LIST, old);
      // oxlint-disable-next-line no-await-in-loop
      await first!.saved();
      const isHidden = ({ doc }: LiveClient): boolean =>
        (itemsOf(doc, LIST).get(old) as Y.Map<unknown>).get("removed") === true;
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(clients.map((client) => client.when(() => isHidden(client))));
      const later: string[] = [];
      /** Two are in the prose, one there until the item of the morning is back, two in items that came since. */
      const type = (client: LiveClient, n: number): void => {
        const word = `mot${(count += 1)}.`;
        later.push(word);
        const item = n === 2 && !isHidden(client) ? old : n < 3 ? "" : items[n]!;
        const text = itemTextOf(client.doc, LIST, item);
        if (text) text.insert(text.length - 1, ` ${word}`);
        else client.write(` ${word}`, PROSE);
      };
      let restored = false;
      const restoring = call<RestoreAnswer>("POST", "/restore", { seq }).then(() => (restored = true));
      do {
        for (const [n, client] of clients.entries()) type(client, n);
        // oxlint-disable-next-line no-await-in-loop -- they type while it is under way
        await after(RHYTHM_MS);
      } while (!restored);
      for (const [n, client] of clients.entries()) type(client, n);
      // oxlint-disable-next-line no-await-in-loop
      await restoring;
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(clients.map((client) => client.saved()));
      // What stands now, and what stood before this restoring: words are kept or recovered.
      // oxlint-disable-next-line no-await-in-loop
      const { head, versions } = await call<HistoryAnswer>("GET", "/history");
      // oxlint-disable-next-line no-await-in-loop
      const said = await Promise.all(
        [head, versions.find(({ kind }) => kind === "before")!.seq].map(async (each) =>
          JSON.stringify(await call<Minutes>("GET", `/history/${each}`)),
        ),
      );
      lost += later.filter((word) => !said.some((each) => each.includes(word))).length;
      shown += later.filter((word) => said[0]!.includes(word)).length;
    }
    process.stdout.write(
      `S12 ${count} words typed while ${ROUNDS} restorings went on: lost ${lost}, ${shown} of them still in sight\n`,
    );
    expect(lost).toBe(0);
    for (const client of clients) {
      expect(client.closed).toEqual([]);
      client.destroy();
    }
  });
});
