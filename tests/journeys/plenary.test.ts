/** A whole facilitated workshop in a full room: pages of every size and programs play it together, and every number adds up on every screen. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { comeIn, play, type Scene } from "../../demo/play.ts";
import { Participant } from "../../demo/participant.ts";
import { addItem } from "../../document/edit/items.ts";
import { setField } from "../../document/edit/fields.ts";
import { addSection } from "../../document/edit/sections.ts";
import type { StageAnswer } from "../../document/stage.ts";
import { plainText } from "../../minutes/plain.ts";
import { leftAt } from "../../minutes/timer.ts";
import type { ItemsSection, Minutes } from "../../minutes/value.ts";
import { violationsOn } from "../support/audit.ts";
import { markSays, minutesOf, type Sight } from "../support/desk.ts";
import { goTo, Hands, joinByCode, sectionOn } from "../support/hands.ts";
import { test } from "../support/in-browser.ts";
import { lags, lagWords, noteShowing, noteTyping, rareLetters } from "../support/lag.ts";
import { leading } from "../support/lead.ts";
import { setStage } from "../support/stage.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import {
  headCount,
  phaseNamed,
  secondsLeft,
  toldByMinutes,
  toldBySheet,
  toldByWall,
  type Told,
} from "../support/told.ts";

// The long one plays two hours in five minutes.
vi.setConfig({ testTimeout: 900_000 });

const LONG = process.env["PLENARY"] === "full";
const CLIENTS = LONG ? 40 : 6;
/** The pauses of the play are so many times shorter; what takes a computer its time is not. */
const SPEED = Number(process.env["SPEED"] ?? (LONG ? 1 : 200));
const RHYTHM_MS = LONG ? 40 : 4;
const LETTERS = LONG ? 100 : 8;
const HOUR = 3_600_000;
const EDITOR_MARGIN = 5;
const PATIENCE = { timeout: 60_000 };

const PHONE: Sight = { width: 390, height: 844, phone: true };
/** Who writes at a page, having typed the code; one of them with a clock that is an hour late. */
const WRITERS: readonly Sight[] = [
  { ...PHONE, clock: -HOUR },
  ...(LONG
    ? [{}, { width: 768, height: 1024 }, { width: 1920, height: 1080 }, { ...PHONE, width: 360, locale: "en-GB" }]
    : []),
  ...(LONG ? [{ ...PHONE, width: 320, height: 640 }, PHONE] : []),
];
const NAMES = ["Nadia", "Brice", "Céline", "Nadia B.", "Brice C.", "Céline D.", "Nadia E."];

const stage = setStage();
const { server } = stage;
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED));

const exported = async ({ links }: Started, format: string): Promise<string> =>
  (await fetch(`${server.url}/r/${links.read}/minutes.${format}`)).text();
const listIn = ({ sections }: Minutes, id: string): ItemsSection =>
  sections.find((section): section is ItemsSection => section.id === id && section.kind === "items")!;
const oneToN = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
/** How often a word stands in a text. */
const timesIn = (text: string, word: string): number => text.split(word).length - 1;

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env["PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/plenary-${name}.png` });
};

test("J7 W03 a full room holds a workshop by code, phases, picks, groups, synthesis and closing: every number adds up, every screen agrees", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { code, links, addresses } = workshop;
  const answer = await fetch(`${server.url}/api/templates/atelier-facilite?language=fr`);
  const { example } = (await answer.json()) as { example: Minutes };

  // Who runs it, and two lists of one's own: what everybody remarks, and notes that several write together.
  const { page: lead } = await stage.seat(addresses.manage, "Céline");
  const helper = await Participant.enter(server.url, workshop, { link: links.manage, name: "Brice" }, pause);
  const remarks = addSection(helper.doc, { kind: "items", heading: "Remarques", marker: "number" });
  const notes = addSection(helper.doc, { kind: "prose", heading: "Notes" });
  await helper.saved();

  const open = async (address: string, sight: Sight, seen: string): Promise<Page> => {
    const page = await (await stage.desk(sight)).newPage();
    await page.goto(address);
    await page.locator(seen).first().waitFor();
    return page;
  };
  const wall = await open(addresses.write.replace("#", "/projector#"), { width: 1920, height: 1080 }, ".wall");
  const walls = LONG
    ? [wall, await open(`${addresses.read}/projector`, { width: 1280, height: 720 }, ".wall")]
    : [wall];
  const voters = LONG ? [await open(addresses.vote, PHONE, "[data-sheet]")] : [];
  const readers = LONG ? [await open(addresses.read, PHONE, "main h1")] : [];
  const writers: Page[] = [];
  for (const [index, sight] of WRITERS.entries()) {
    const who = { url: server.url, code, name: NAMES[index]!, organisation: "Conseil de quartier" };
    writers.push(await joinByCode(await stage.desk(sight), who));
  }
  const clients = await comeIn({ base: server.url, workshop, pause }, CLIENTS);
  const hands = writers.map((page) => new Hands(page, RHYTHM_MS));
  const sheets = [lead, ...voters, ...writers];
  const director = leading(lead);
  const listed = CLIENTS + writers.length;

  /** Every screen says what is on disk: lists, ranking, people, who is here, phase and time; and it is all saved. */
  const agree = async (shown: string): Promise<Told> => {
    // The facilitator's own program and the helper's are in the room as well.
    const here = CLIENTS + sheets.length + 2;
    const counts = (): Promise<number[]> => Promise.all([...sheets, ...walls].map(headCount));
    await expect.poll(counts, PATIENCE).toEqual([...sheets, ...walls].map(() => here));
    // Whoever only picks has nothing to save.
    for (const page of [lead, ...writers]) await page.locator('[data-saved="saved"]').waitFor();
    const kept = toldByMinutes(await minutesOf(server, workshop));
    expect(kept.people).toBe(listed);
    for (const page of sheets) await expect.poll(() => toldBySheet(page), PATIENCE).toEqual(kept);
    const rows = kept.items[shown] ?? kept.ranked;
    for (const page of walls) await expect.poll(() => toldByWall(page, shown), PATIENCE).toEqual(rows);
    for (const page of readers) {
      const all = [...Object.values(kept.items).flat(), ...kept.ranked].map((row) => row.replace(/^\d+ /u, ""));
      const read = async (): Promise<string[]> => {
        const text = ((await page.locator("main").textContent()) ?? "").replaceAll(/\s+/gu, " ");
        return all.filter((row) => !text.includes(row));
      };
      await expect.poll(read, PATIENCE).toEqual([]);
    }
    const clocks = [...sheets, ...walls];
    const phases = (): Promise<string[]> => Promise.all(clocks.map(phaseNamed));
    const named = await phaseNamed(lead);
    await expect.poll(phases, PATIENCE).toEqual(clocks.map(() => named));
    const apart = async (): Promise<number> => {
      const asked = performance.now();
      const told = (await (
        await fetch(`${server.url}/api/workshops/${workshop.id}/stage`, {
          headers: { authorization: `Bearer ${links.read}` },
        })
      ).json()) as StageAnswer;
      const left = await Promise.all(clocks.map(secondsLeft));
      // On a machine that takes its time, one screen is asked later than another.
      if (performance.now() - asked > 700) return Number.NaN;
      const real = leftAt(told.stage.timer!, new Date(told.now).getTime()) / 1000;
      return Math.max(...left.map((each) => Math.abs(each - real)));
    };
    await expect.poll(apart, PATIENCE).toBeLessThanOrEqual(1.5);
    return kept;
  };
  const accessible = async (scene: string): Promise<void> => {
    const pages = LONG ? [lead, wall, writers.at(-2)!, writers[1]!] : scene === "picks" ? [writers[0]!] : [];
    for (const page of pages) {
      const violations = await violationsOn(page);
      expect(violations.map(({ id, nodes }) => [scene, id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
    }
  };

  const letters = hands.map((_, index) => rareLetters(index * 1000, LETTERS));
  const tokens = clients.map((_, index) => `mot${index}dit`);
  const discuss = async (): Promise<void> => {
    await director.show({ id: notes, kind: "prose", heading: "Notes", body: [] });
    for (const hand of hands) {
      await hand.settle(notes);
      await markSays(hand.page, "saved");
      await noteTyping(hand.page);
    }
    await noteShowing(wall, ".wall__body");
    const before = await Promise.all(hands.map((hand) => hand.caretStands()));
    // Above the notes, everybody else adds to a list; in them, every page writes its line.
    await Promise.all([
      ...hands.map((hand, index) => hand.type(letters[index]!, 120)),
      ...clients.map(async (client, index) => {
        await pause(index * 300);
        await client.capture(remarks, `Une remarque : ${tokens[index]!}`);
      }),
    ]);
    const lines = async (): Promise<string[]> => {
      const found = (await minutesOf(server, workshop)).sections.find(({ id }) => id === notes);
      return found?.kind === "prose" ? plainText(found.body).split("\n").slice(1).toSorted() : [];
    };
    const typed = letters.map((each) => `Noté : ${each.join("")}`).toSorted();
    // A caret that had jumped would have left its letters in another line.
    await expect.poll(lines, PATIENCE).toEqual(typed);
    // What one types oneself may move it: by as much as one's paragraph grew, so that the caret stays in sight, with the
    // margin that the editor leaves below a caret it scrolls to.
    const moved = async (): Promise<number[]> =>
      Promise.all(
        hands.map(async (hand, index) => {
          const [was, is] = [before[index]!, await hand.caretStands()];
          const grew = is.height - was.height;
          return Math.max(0, Math.round(Math.abs(is.top - was.top) - grew - (grew > 0 ? EDITOR_MARGIN : 0)));
        }),
      );
    await expect.poll(moved, PATIENCE).toEqual(hands.map(() => expect.toSatisfy((by: number) => by <= 2)));
    await expect.poll(async () => (await lags(writers, wall)).length, PATIENCE).toBe(LETTERS * hands.length);
    const took = await lags(writers, wall);
    if (LONG)
      process.stdout.write(`J7 ${took.length} keys on the wall, ${CLIENTS} programs writing: ${lagWords(took)}\n`);
  };

  const SHOWN: Record<Scene, string> = {
    opening: "problematique",
    problems: "problemes",
    picks: "priorites",
    groups: "solutions",
    solutions: "solutions",
    synthesis: "synthese",
  };
  await play({
    base: server.url,
    workshop,
    example,
    pause,
    tell: () => undefined,
    director,
    players: [...hands, ...clients],
    voters: voters.map((page) => new Hands(page, RHYTHM_MS)),
    after: async (scene) => {
      const shown = SHOWN[scene];
      if (scene === "picks") await director.show(example.sections.find(({ id }) => id === shown)!);
      if (scene !== "opening") await agree(shown);
      await accessible(scene);
      await look(wall, `${scene}-wall`);
      await look(writers[0]!, `${scene}-phone`);
      await look(lead, `${scene}-lead`);
      if (scene === "problems") await discuss();
    },
  });

  const minutes = await minutesOf(server, workshop);
  const [problems, solutions, synthesis] = ["problemes", "solutions", "synthese"].map((id) => listIn(minutes, id));
  const numbers = ({ items }: ItemsSection): number[] => items.map(({ number }) => number).toSorted((a, b) => a - b);
  expect(numbers(problems!)).toEqual(oneToN(13));
  expect(numbers(solutions!)).toEqual(oneToN(11));
  expect(numbers(synthesis!)).toEqual(oneToN(3));
  expect(numbers(listIn(minutes, remarks))).toEqual(oneToN(CLIENTS));
  const ballots = listed + voters.length;
  expect(problems!.pick).toMatchObject({ open: false, voters: ballots });
  expect(problems!.items.reduce((sum, { votes = 0 }) => sum + votes, 0)).toBe(ballots * 3);
  // Two groups said one thing: it kept its number, and names both.
  const twice = solutions!.items.filter(({ merged }) => merged);
  expect(twice.map(({ merged }) => merged!.map(({ number }) => number))).toEqual([[12]]);
  expect(new Set([twice[0]!.author, twice[0]!.merged![0]!.author]).size).toBe(2);
  expect(solutions!.items.every(({ group, author }) => group !== undefined && author !== undefined)).toBe(true);

  // Before closing: three things are left open, and found; once they are put right, nothing is.
  addItem(helper.doc, remarks, { at: new Date().toISOString(), author: helper.id });
  addItem(helper.doc, remarks, { at: new Date().toISOString(), author: helper.id, text: "Il faudrait encore…" });
  setField(helper.doc, "format", "lieu", "");
  await helper.saved();
  const review = async (): Promise<void> => {
    await lead.getByRole("button", { name: "Autres actions" }).click();
    await lead.getByRole("menuitem", { name: "Relire avant de fermer" }).click();
    await lead.getByRole("dialog", { name: "Relire avant de fermer" }).waitFor();
  };
  await review();
  const points = lead.locator(".review__point");
  await expect.poll(() => points.count()).toBe(3);
  await look(lead, "review");
  for (const words of ["Maison des associations", "Une remarque encore", " et aussi ceci."]) {
    await points.first().click();
    await lead.waitForFunction(() => document.activeElement?.matches("input, textarea, [contenteditable=true]"));
    if (words.startsWith(" ")) await lead.keyboard.press("Control+End");
    await lead.keyboard.type(words);
    if (words === "Maison des associations") await lead.keyboard.press("Tab");
    await markSays(lead, "saved");
    await lead
      .getByRole("region", { name: "Relire avant de fermer" })
      .getByRole("button", { name: "Terminer" })
      .click();
    await review();
  }
  await lead.getByText("Rien ne reste ouvert.").waitFor();
  await lead.keyboard.press("Escape");

  // Where each proposal comes from and where each solution went: on every screen, and in every export.
  const solved = new Map(solutions!.items.map(({ id, number }) => [id, number]));
  const origins = synthesis!.items.map(({ from = [] }) =>
    from
      .map((id) => solved.get(id)!)
      .toSorted((a, b) => a - b)
      .join(", "),
  );
  const formats = await Promise.all(
    ["md", "html", "txt", "json"].map(async (format) => (await exported(workshop, format)).replaceAll("\u00A0", " ")),
  );
  for (const page of sheets) {
    await goTo(page, "synthese");
    for (const origin of origins) await sectionOn(page, "synthese").getByText(`d’après ${origin}`).waitFor();
  }
  const onWall = (): Promise<string[]> => wall.locator(".wall__origin").allInnerTexts();
  await expect.poll(onWall, PATIENCE).toEqual(origins.map((origin) => `d’après ${origin}`));
  for (const text of formats) for (const origin of origins) expect(text).toContain(`d’après ${origin}`);
  for (const text of formats) expect(timesIn(text, "repris dans la proposition")).toBe(11);
  // Everything that anybody typed is there, once. In JSON an item has its words twice, plain and formatted.
  for (const text of formats.slice(0, 3)) {
    for (const token of [...tokens, ...letters.map((each) => each.join(""))]) expect(timesIn(text, token)).toBe(1);
  }

  for (const page of [lead, ...writers]) await markSays(page, "saved");
  await lead.locator(".state--button").click();
  await lead
    .getByRole("dialog", { name: /Où en est l’atelier/ })
    .getByRole("button", { name: /Fermé/ })
    .click();
  for (const page of writers) await markSays(page, "read-only");
  for (const each of [helper, ...clients]) each.leave();
});
