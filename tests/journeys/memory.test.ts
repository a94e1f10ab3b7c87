/** A page that stays open for a whole workshop keeps what it shows, and nothing of what it showed before. */
import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "vitest";
import { addItem } from "../../document/edit/items.ts";
import { itemTextOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays } from "../support/desk.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage();
const SECTION = "propositions";
const ROWS = 20;
const CHANGES = 60;
/** A row that is kept after it was drawn anew is some hundred objects. */
const SOME = 1_000;

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
  nodes: number[];
  strings: string[];
}

/** Plain objects on the page, after everything that can go has gone. */
const plainObjects = async (inspector: CDPSession): Promise<number> => {
  let text = "";
  const take = ({ chunk }: { chunk: string }): void => {
    text += chunk;
  };
  inspector.on("HeapProfiler.addHeapSnapshotChunk", take);
  await inspector.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  inspector.off("HeapProfiler.addHeapSnapshotChunk", take);
  const { snapshot, nodes, strings } = JSON.parse(text) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const kind = types[0].indexOf("object");
  let count = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at] === kind && strings[nodes[at + 1]!] === "Object") count += 1;
  }
  return count;
};

test("C48 J3 after many changes by others, the sheet and the room’s screen keep no more than after the first ones", async () => {
  const { server } = stage;
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const writer = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await writer.saved();
  const at = new Date().toISOString();
  const texts = Array.from({ length: ROWS }, (_, row) => `Proposition ${row}`);
  const ids = writer.doc.transact(() => texts.map((text) => addItem(writer.doc, SECTION, { text, at })));
  const { page: sheet } = await stage.seat(workshop.addresses.write, "Céline");
  await markSays(sheet, "saved");
  const wall = await (await stage.desk()).newPage();
  await wall.goto(workshop.addresses.write.replace("#", "/projector#"));
  const pages: Page[] = [sheet, wall];

  let said = 0;
  /** Each change is seen before the next one comes. */
  const change = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      said += 1;
      const text = itemTextOf(writer.doc, SECTION, ids[said % ROWS]!)!;
      text.insert(text.length, ` mot${said}.`);
      for (const page of pages) await page.getByText(` mot${said}.`).first().waitFor({ state: "attached" });
    }
  };
  await change(ROWS);
  const inspectors = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
  const count = (): Promise<number[]> => Promise.all(inspectors.map(plainObjects));
  const little = pages.map(() => expect.toSatisfy((grown: number) => grown < SOME) as number);
  let before = await count();
  /** What is kept of every change is kept in each round; what comes once, such as a file that was late, in one of them. */
  const grown = async (): Promise<number[]> => {
    await change(CHANGES);
    const after = await count();
    const more = after.map((each, index) => each - before[index]!);
    before = after;
    return more;
  };
  const first = await grown();
  const steady = first.every((each) => each < SOME) ? first : await grown();
  writer.destroy();
  expect(steady).toEqual(little);
});
