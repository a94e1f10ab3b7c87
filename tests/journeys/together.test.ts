/** Every template, everybody at once: stock clients of both protocols and two browsers, and a server killed under them. */
import { cpSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import * as Y from "yjs";
import { read } from "../../document/read.ts";
import { plainText } from "../../minutes/plain.ts";
import type { Minutes, Section } from "../../minutes/value.ts";
import { LiveClient, yjsClient } from "../support/clients.ts";
import { newDataDir } from "../support/data-dir.ts";
import { markSays, minutesOf, newDesk, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { newTally, Scribe, type Tally } from "../support/scribe.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";
import { lostAndDoubled } from "../support/tokens.ts";

const SECONDS = Number(process.env["SECONDS"] ?? 6);
/** Between them they hold every kind of section; the soak takes every template. */
const TEMPLATES = (process.env["TEMPLATES"] ?? "forum-ouvert,atelier-facilite").split(",");
const PATIENCE = { timeout: 60_000 + SECONDS * 1000 };
vi.setConfig({ testTimeout: 90_000 + PATIENCE.timeout + SECONDS * 2000 });

const stage = setStage();
const { server } = stage;

const TOKEN = /<[0-9a-z]+>/gu;

/** Every word that was written, each where it was written and nowhere else. */
const wordsOf = (section: Section): string[] => {
  switch (section.kind) {
    case "prose":
      return [plainText(section.body)];
    case "items":
      return [...section.groups, ...section.items].map(({ body }) => plainText(body));
    case "people":
      return section.people.map(({ name }) => name);
    case "fields":
      return section.fields.map(({ value }) => value);
    default:
      return [];
  }
};
const tokensOf = ({ title, sections }: Minutes): string[] =>
  [title, ...sections.flatMap(wordsOf)].join("\n").match(TOKEN) ?? [];

/** The tokens of a server that was started on a copy of the data, which nobody has sent anything to. */
const onDisk = async (workshop: Started): Promise<string[]> => {
  const copy = newDataDir();
  cpSync(server.dataDir, copy.path, { recursive: true, filter: (file) => !/lock(-journal)?$/u.test(file) });
  const other = await new TestServer({ DATA_DIR: copy.path }).start();
  const tokens = tokensOf(await minutesOf(other, workshop));
  await other.remove();
  copy.remove();
  return tokens;
};

interface Hand {
  doc: Y.Doc;
  isSaved: () => boolean;
}

/** A program that writes: whole tokens, at the beginning of texts or as entries of their own. */
const scribble = ({ doc }: Hand, { sections }: Minutes, tally: Tally, pending: string[], turn: number): void => {
  const written = sections.filter(({ kind }) => ["prose", "items", "people"].includes(kind));
  const section = written[turn % (written.length + 1)];
  const token = tally.next(`program${section?.kind ?? "title"}`);
  pending.push(token);
  doc.transact(() => {
    if (!section) return doc.getText("title").insert(0, `${token} `);
    if (section.kind === "prose") return doc.getText(`prose:${section.id}`).insert(0, `${token} d’après l’étude. `);
    const entry = new Y.Map<unknown>();
    if (section.kind === "people") entry.set("name", `Gaëlle ${token}`);
    else entry.set("text", new Y.Text(`Prêter les clés ${token}`));
    doc.getMap(`${section.kind}:${section.id}`).set(`${doc.clientID}-${turn}`, entry);
  });
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test.each(TEMPLATES)(
  "D02 %s: written by six at once, killed in the middle of a word: what was called saved is there, and all of it in the end",
  async (template) => {
    const workshop = await startWorkshop(server.url, template);
    const { id, links, addresses } = workshop;
    const live = [0, 1, 2].map(() => new LiveClient({ url: server.live }, id, links.write));
    const script = yjsClient(server.yjs, id, links.write);
    await Promise.all([...live.map((client) => client.saved()), script.when(() => script.provider.synced)]);
    const minutes = await minutesOf(server, workshop);
    // What stands there keeps those who write before it from those who write after it.
    live[0]!.doc.transact(() => {
      live[0]!.doc.getText("title").insert(0, "Compte rendu ");
      for (const section of minutes.sections) {
        const text = live[0]!.doc.getText(`prose:${section.id}`);
        if (section.kind === "prose" && text.toString() === "") text.insert(0, "D’abord ceci.");
      }
    });
    await live[0]!.saved();

    const seats = await Promise.all([stage.desk(), stage.desk({ width: 390, height: 844, phone: true })]);
    const pages = await Promise.all(
      seats.map((seat, index) => sitDown(seat, addresses.write, index === 0 ? "Nadia" : "Brice")),
    );
    await Promise.all(pages.map((page) => markSays(page, "saved")));
    const tally = newTally();
    const scribes = pages.map(
      (page, index) => new Scribe(page, minutes, tally, { side: index === 0 ? 0 : 1, phone: index === 1 }),
    );
    const hands: Hand[] = [
      ...live.map(({ doc, provider }) => ({ doc, isSaved: () => provider.isSynced && !provider.hasUnsyncedChanges })),
      // This protocol knows no acknowledgement.
      { doc: script.doc, isSaved: () => false },
    ];

    let writing = true;
    const people = scribes.map(async (scribe) => {
      while (writing) await scribe.write();
    });
    const programs = hands.map(async (hand, index) => {
      const pending: string[] = [];
      for (let turn = index; writing; turn += 1) {
        scribble(hand, minutes, tally, pending, turn);
        await sleep(250);
        if (hand.isSaved()) for (const token of pending.splice(0)) tally.saved.add(token);
      }
    });

    await sleep(SECONDS * 500);
    // With little that was called saved, its end would prove little: a slow machine is waited for.
    await expect.poll(() => tally.saved.size, PATIENCE).toBeGreaterThan(SECONDS);
    await server.kill();
    await Promise.all(pages.map((page) => markSays(page, "offline")));
    const promised = new Set(tally.saved);
    const kept = await onDisk(workshop);
    expect(lostAndDoubled(kept, promised)).toEqual({ lost: [], doubled: [] });
    await server.start();
    await sleep(SECONDS * 500);
    writing = false;
    await Promise.all([...people, ...programs]);

    await Promise.all([...pages.map((page) => markSays(page, "saved")), ...live.map((client) => client.saved())]);
    const wanted = [...tally.written].toSorted();
    await expect.poll(async () => tokensOf(await minutesOf(server, workshop)).toSorted()).toEqual(wanted);
    const inOrder = tokensOf(await minutesOf(server, workshop));
    for (const { doc } of hands) {
      await expect.poll(() => tokensOf(read(doc, { id, state: "live" }))).toEqual(inOrder);
    }
    for (const scribe of scribes) {
      await expect.poll(() => scribe.tokens()).toEqual(inOrder);
      expect(scribe.complaints).toEqual([]);
    }
    await readAs(pages[0]!, addresses.read, wanted);

    for (const client of [...live, script]) client.destroy();
    await Promise.all(seats.map((seat) => seat.close()));
  },
);

/** The reading page, as its readers see it. */
const readAs = async (by: Page, address: string, wanted: readonly string[]): Promise<void> => {
  const context = await newDesk(by.context().browser()!);
  const page = await context.newPage();
  await page.goto(address);
  const found = (await page.locator("article").innerText()).match(TOKEN) ?? [];
  expect(found.toSorted()).toEqual(wanted);
  await context.close();
};
