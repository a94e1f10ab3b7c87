/** The largest minutes that are promised to work: written by twelve people, each of whom brings all of it as one update. */
import * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { itemTextOf, proseOf } from "../../document/layout.ts";
import { Random } from "../fuzz/random.ts";
import { LiveClient } from "./clients.ts";
import type { Started } from "./server.ts";

/** How much, and where most of it stands: in one long prose, or all over the items. */
export interface Largest {
  edits: number;
  items: number;
  within: "prose" | "items";
}

/** Of the template "forum-ouvert". */
const PROSE = "discussion";
const ITEMS = "pistes";
export const WRITERS = 12;
/** Three hundred pages are not one paragraph. */
export const TO_A_LINE = 30;
/** Whoever writes adds so many words at one place, then goes elsewhere; now and then some letters go again. */
export const TO_A_PLACE = 3;
export const TO_A_CORRECTION = 5;
export const CORRECTED = 4;
export const WORDS = "abcde fghij ";

/** So many edits by one hand, scattered over these texts. */
const write = (texts: readonly Y.Text[], edits: number, random: Random): void => {
  let text = random.pick(texts);
  let at = 0;
  for (let n = 0; n < edits; n += 1) {
    if (n % TO_A_PLACE === 0) {
      text = random.pick(texts);
      at = random.below(text.length + 1);
    }
    if (n % TO_A_LINE === 0) {
      text.insertEmbed(at, new Y.Map([["kind", "paragraph"]]));
      at += 1;
    } else if (n % TO_A_CORRECTION === 0 && at >= CORRECTED) {
      at -= CORRECTED;
      text.delete(at, CORRECTED);
    } else {
      text.insert(at, WORDS);
      at += WORDS.length;
    }
  }
};

/** Writes them into a workshop of the template "forum-ouvert"; resolves when all of it is on disk. */
export const fillLargest = async (
  url: string,
  { id, links }: Started,
  { edits, items, within }: Largest,
): Promise<void> => {
  const random = new Random(1);
  const at = new Date().toISOString();
  let before: LiveClient | undefined;
  for (let writer = 0; writer < WRITERS; writer += 1) {
    const client = new LiveClient({ url }, id, links.write);
    await client.saved();
    // The room stays open: opening it anew for each of them would take longer than all of the writing.
    before?.destroy();
    before = client;
    const { doc } = client;
    doc.transact(() => {
      if (writer === 0) for (let n = 0; n < items; n += 1) addItem(doc, ITEMS, { text: `Piste ${n + 1}`, at });
      const listed = [...doc.getMap(`items:${ITEMS}`).keys()].toSorted();
      const texts =
        within === "prose" ? [proseOf(doc, PROSE)] : listed.flatMap((each) => itemTextOf(doc, ITEMS, each) ?? []);
      write(texts, edits / WRITERS, random);
    });
    await client.saved();
  }
  before?.destroy();
};
