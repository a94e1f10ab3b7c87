/** T30: the past over the API: moments by page, the minutes of one, versions, the way back; who may, and how it says no. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HistoryAnswer, RestoreAnswer, Stretch, Version } from "../../document/history.ts";
import type { Item, Minutes } from "../../minutes/value.ts";
import { ask, bearer, type Told } from "../support/asking.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const SECTION = "propositions";
const server = new TestServer();
let at: Started;
beforeAll(async () => {
  await server.start();
  at = await startWorkshop(server.url, "propositions-en-direct");
});
afterAll(() => server.remove());

const call = (method: string, path: string, secret: string, body?: object): Promise<Told> =>
  ask(server.url, `/api/workshops/${at.id}${path}`, { method, headers: bearer(secret), body });
const answer = async <T>(told: Promise<Told>): Promise<T> => JSON.parse((await told).body) as T;
const history = (query = ""): Promise<HistoryAnswer> => answer(call("GET", `/history${query}`, at.links.write));
const minutes = (): Promise<Minutes> => answer(call("GET", "", at.links.read));
const propose = (text: string, author: string): Promise<Item> =>
  answer(call("POST", "/items", at.links.write, { section: SECTION, text, author }));
const items = ({ sections }: Minutes): string[] =>
  sections.flatMap((section) => (section.kind === "items" ? section.items.map(({ text }) => text) : []));

describe("T30 the past of a workshop", () => {
  test("is told as versions and as who wrote when; a moment reads as it stood, also as a page; one can go back", async () => {
    await propose("Un marché couvert", "Céline");
    await propose("Un banc", "Brice");
    const wanted = await minutes();
    const named = await answer<Version>(call("POST", "/versions", at.links.manage, { name: "  Fin de l’atelier " }));
    expect(named).toMatchObject({ kind: "named", name: "Fin de l’atelier", target: null });
    await propose("Pourriel", "Nadia");

    const told = await history();
    expect(told.head).toBeGreaterThan(named.seq);
    expect(told.versions).toEqual([named]);
    expect(told.next).toBeNull();
    // Whoever wrote within the same ten minutes stands together; a test may meet the end of them.
    expect(told.stretches.length).toBeLessThanOrEqual(2);
    const names = new Map(told.visitors.map(({ id, name }) => [id, name]));
    const authors = (stretch: Stretch): (string | undefined)[] => stretch.authors.map(({ id }) => names.get(id));
    expect(new Set(told.stretches.flatMap(authors))).toEqual(new Set(["Céline", "Brice", "Nadia"]));

    expect(await answer<Minutes>(call("GET", `/history/${named.seq}`, at.links.write))).toEqual(wanted);
    const page = await call("GET", `/history/${named.seq}/minutes.html`, at.links.write);
    expect(page).toMatchObject({ status: 200 });
    expect(page.body).toContain("Un banc");
    expect(page.body).not.toContain("Pourriel");
    expect((await call("GET", `/history/${named.seq}/minutes.exe`, at.links.write)).status).toBe(404);

    const { seq } = await answer<RestoreAnswer>(call("POST", "/restore", at.links.manage, { seq: named.seq }));
    expect(items(await minutes())).toEqual(["Un marché couvert", "Un banc"]);
    const again = await answer<RestoreAnswer>(call("POST", "/restore", at.links.manage, { seq: named.seq }));
    expect(again).toEqual({ seq: null });
    expect((await history()).versions.map(({ kind, seq: each, target }) => [kind, each, target])).toEqual([
      ["restored", seq, named.seq],
      ["before", seq! - 1, named.seq],
      ["named", named.seq, null],
    ]);
    await call("POST", "/restore", at.links.manage, { seq: seq! - 1 });
    expect(items(await minutes())).toContain("Pourriel");
  });

  test("another name for the same moment takes the place of the first", async () => {
    const first = await answer<Version>(call("POST", "/versions", at.links.manage, { name: "Midi", seq: 2 }));
    // Nothing of a name acts on the sentence that tells it.
    const turned = "Après-midi\u202E \u2067\0";
    const second = await answer<Version>(call("POST", "/versions", at.links.manage, { name: turned, seq: 2 }));
    expect([first.seq, second.seq, second.name]).toEqual([2, 2, "Après-midi"]);
    expect((await history("?before=3")).versions.map(({ name }) => name)).toEqual(["Après-midi"]);
  });

  test("is told a page at a time, each stretch once", async () => {
    const pages: HistoryAnswer[] = [await history()];
    for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next) {
      // oxlint-disable-next-line no-await-in-loop -- each page names the next
      pages.push(await history(`?before=${next}`));
    }
    const seqs = pages.flatMap(({ stretches }) => stretches.map(({ seq }) => seq));
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    expect(await history("?before=1")).toMatchObject({ stretches: [], versions: [], next: null });
  });

  test("says no in a sentence and with a code", async () => {
    const codeOf = ({ status, body }: Told): [number, string] => [
      status,
      (JSON.parse(body) as { error: { code: string } }).error.code,
    ];
    const beyond = 99_999;
    const tries: [Promise<Told>, [number, string]][] = [
      [call("GET", `/history/${beyond}`, at.links.write), [404, "unknown-moment"]],
      [call("GET", "/history/0", at.links.write), [404, "unknown-moment"]],
      [call("GET", "/history/one", at.links.write), [404, "unknown-moment"]],
      [call("GET", "/history?before=-1", at.links.write), [404, "unknown-moment"]],
      [call("POST", "/restore", at.links.manage, { seq: beyond }), [404, "unknown-moment"]],
      [call("POST", "/restore", at.links.manage, { seq: 1.5 }), [400, "malformed-request"]],
      [call("POST", "/restore", at.links.manage, {}), [400, "malformed-request"]],
      [call("POST", "/versions", at.links.manage, { name: "Midi", seq: beyond }), [404, "unknown-moment"]],
      [call("POST", "/versions", at.links.manage, { name: "  " }), [400, "malformed-request"]],
      [call("POST", "/versions", at.links.manage, { name: "\u200B\u202E" }), [400, "malformed-request"]],
      [call("POST", "/versions", at.links.manage, { name: "x".repeat(121) }), [400, "malformed-request"]],
      // Deleted words are not for those who only read; going back is the organiser’s.
      [call("GET", "/history", at.links.read), [403, "wrong-capability"]],
      [call("GET", "/history/1", at.links.vote), [403, "wrong-capability"]],
      [call("POST", "/versions", at.links.write, { name: "Midi" }), [403, "wrong-capability"]],
      [call("POST", "/restore", at.links.write, { seq: 1 }), [403, "wrong-capability"]],
    ];
    const { head } = await history();
    for (const [told, wanted] of tries) expect(codeOf(await told)).toEqual(wanted);
    expect((await history()).head).toBe(head);
  });
});
