/** The demonstration, a hundred times as fast: a whole workshop by thirteen sessions, and every number adds up. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { play } from "../../demo/play.ts";
import { countPeople } from "../../minutes/people.ts";
import { review } from "../../minutes/review.ts";
import type { Minutes } from "../../minutes/value.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Thirteen sessions and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const SPEED = 100;

let server: TestServer;
beforeAll(async () => {
  server = await new TestServer().start();
});
afterAll(() => server.remove());

test("twelve parts hold a workshop: 13 problems, the picks, 11 solutions in two groups, 3 proposals that say where they come from", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { example } = (await (await fetch(`${server.url}/api/templates/atelier-facilite?language=fr`)).json()) as {
    example: Minutes;
  };
  const told: string[] = [];
  await play({
    base: server.url,
    workshop,
    example,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED)),
    tell: (what) => told.push(what),
  });
  expect(told.length).toBeGreaterThan(5);

  const minutes = (await (
    await fetch(`${server.url}/api/workshops/${workshop.id}`, {
      headers: { authorization: `Bearer ${workshop.links.read}` },
    })
  ).json()) as Minutes;
  const words = (texts: readonly { text: string }[]): string[] => texts.map(({ text }) => text).toSorted();
  for (const section of example.sections) {
    const held = minutes.sections.find(({ id }) => id === section.id);
    if (section.kind === "people") expect(held?.kind === "people" && countPeople(held)).toBe(12);
    if (section.kind === "prose") expect(held).toMatchObject({ body: section.body });
    if (section.kind === "ranking" && held?.kind === "ranking")
      expect(words(held.ranked)).toEqual(words(section.ranked));
    if (section.kind !== "items" || held?.kind !== "items") continue;
    expect(words(held.items)).toEqual(words(section.items));
    // Numbers are those of the capture: each once, from one.
    expect(held.items.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
      section.items.map((_, i) => i + 1),
    );
  }
  const [problems, solutions, synthesis] = minutes.sections.filter((section) => section.kind === "items");
  expect(problems?.pick).toMatchObject({ open: false, voters: 12 });
  expect(problems?.items.reduce((sum, { votes = 0 }) => sum + votes, 0)).toBe(36);
  expect(new Set(solutions?.items.map(({ group }) => group)).size).toBe(2);
  expect(synthesis?.items.flatMap(({ from = [] }) => from).toSorted()).toEqual(
    solutions?.items.map(({ id }) => id).toSorted(),
  );
  expect(review(minutes).map(({ kind, where }) => `${kind} ${where}`)).toEqual([
    "slots Choisissez les trois points les plus importants pour votre groupe :",
  ]);
});
