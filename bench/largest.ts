/** The largest minutes there may be, and a page of the usual parts that holds as much: what `long` opens, writes in and scrolls. */
import { HocuspocusProvider } from "@hocuspocus/provider";
import type { BrowserContext, Locator, Page } from "@playwright/test";
import * as Y from "yjs";
import { Random } from "../tests/fuzz/random.ts";
import { markSays, sitDown } from "../tests/support/desk.ts";
import {
  CORRECTED,
  fillLargest,
  TO_A_CORRECTION,
  TO_A_LINE,
  TO_A_PLACE,
  WORDS,
  WRITERS,
  type Largest,
} from "../tests/support/largest.ts";
import { startWorkshop } from "../tests/support/server.ts";
import type { Running } from "./contender.ts";
import { pause } from "./crowd.ts";

/** What stands on a page once something is seen, once one can write in it, once all is there and said to be saved. */
export type Signs = Record<"seen" | "written" | "ready", readonly string[]>;

export interface Side {
  name: string;
  signs: Signs;
  /** A phone that has everything a second visit is made with. */
  enter: (context: BrowserContext) => Promise<Page>;
  /** Goes to where nearly all of it stands. */
  go: (page: Page) => Promise<void>;
  /** A line to write in there. */
  line: (page: Page) => Locator;
}

const ITEMS = 300;
const LOOK_MS = 100;
/** Where that stands, and what it is called. */
const SECTIONS = {
  prose: { id: "discussion", heading: "Éléments principaux" },
  items: { id: "pistes", heading: "Pistes" },
} as const;
/** More lines than a page has before it has been given any. */
const A_LINE = "#editor p:nth-child(20)";

/** Resolves when the device has put together what it keeps, as it does when nobody has written for some seconds. */
const isKept = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    async () => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve) => request.addEventListener("success", () => resolve(request.result)));
      for (const { name = "" } of await indexedDB.databases()) {
        if (!name.startsWith("minutier:")) continue;
        const db = await done(indexedDB.open(name));
        const kept = await done(db.transaction("custom").objectStore("custom").get("which"));
        db.close();
        if (kept !== undefined) return true;
      }
      return false;
    },
    undefined,
    { polling: 500 },
  );

/** Our page, with `edits` in one prose or all over three hundred items. */
export const ours = async (server: Running, edits: number, within: Largest["within"]): Promise<Side> => {
  const { host } = new URL(server.address(""));
  const workshop = await startWorkshop(`http://${host}`, "forum-ouvert");
  await fillLargest(server.address(""), workshop, { edits, items: ITEMS, within });
  const { pathname, hash } = new URL(workshop.addresses.write);
  return {
    name: `Minutier, ${within}`,
    signs: {
      seen: ["[data-section]"],
      written: ['.rich-text__still[role="textbox"]'],
      ready: ["[data-sheet]", '[data-saved="saved"]'],
    },
    async enter(context) {
      const page = await sitDown(context, `http://${host}${pathname}${hash}`, "Nadia");
      await markSays(page, "saved");
      await isKept(page);
      return page;
    },
    go: (page) => page.locator(".outline__link", { hasText: SECTIONS[within].heading }).first().tap(),
    line: (page) => page.locator(`#section-${SECTIONS[within].id} .rich-text__still`).first(),
  };
};

const addParagraph = (fragment: Y.XmlFragment, index: number): Y.XmlText => {
  const [element, text] = [new Y.XmlElement("paragraph"), new Y.XmlText()];
  fragment.insert(index, [element]);
  element.insert(0, [text]);
  return text;
};

/** What one hand does in theirs: some words at a place, now and then a new line or some letters less, as in ours. */
const writeTheirs = (fragment: Y.XmlFragment, edits: number, random: Random): void => {
  const lines = fragment.toArray().flatMap((each) => {
    const text = each instanceof Y.XmlElement ? each.get(0) : undefined;
    return text instanceof Y.XmlText ? [text] : [];
  });
  if (lines.length === 0) lines.push(addParagraph(fragment, 0));
  let [text, at] = [lines[0]!, 0];
  for (let n = 0; n < edits; n += 1) {
    if (n % TO_A_PLACE === 0) {
      text = random.pick(lines);
      at = random.below(text.length + 1);
    }
    if (n % TO_A_LINE === 0) {
      [text, at] = [addParagraph(fragment, random.below(lines.length + 1)), 0];
      lines.push(text);
    } else if (n % TO_A_CORRECTION === 0 && at >= CORRECTED) {
      at -= CORRECTED;
      text.delete(at, CORRECTED);
    } else {
      text.insert(at, WORDS);
      at += WORDS.length;
    }
  }
};

/** Puts as many edits into theirs, by as many hands; resolves when whoever comes next is given all of it. */
const fillTheirs = async (url: string, edits: number): Promise<void> => {
  const random = new Random(1);
  let known: Uint8Array | undefined;
  let document = new Y.Doc();
  for (let writer = 0; writer < WRITERS; writer += 1) {
    document = new Y.Doc();
    if (known) Y.applyUpdate(document, known);
    document.transact(() => writeTheirs(document.getXmlFragment("default"), edits / WRITERS, random));
    known = Y.encodeStateAsUpdate(document);
  }
  const stay = (doc: Y.Doc): HocuspocusProvider =>
    new HocuspocusProvider({ url, name: "workshop", token: "token", document: doc });
  const provider = stay(document);
  const next = new Y.Doc();
  const reader = stay(next);
  const length = document.getXmlFragment("default").length;
  while (next.getXmlFragment("default").length < length) await pause(LOOK_MS);
  for (const each of [provider, reader]) each.destroy();
};

/** Theirs, with `edits` in its one text. */
export const theirs = async (server: Running, edits: number): Promise<Side> => {
  const url = server.address("");
  await fillTheirs(url, edits);
  return {
    name: "Tiptap, Collaboration, Hocuspocus",
    signs: { seen: [A_LINE], written: [A_LINE, "#editor [contenteditable=true]"], ready: [A_LINE] },
    async enter(context) {
      const page = await context.newPage();
      await page.goto(`http://${new URL(url).host}/`);
      await page.locator(A_LINE).waitFor();
      return page;
    },
    go: () => Promise.resolve(),
    line: (page) => page.locator("#editor p").first(),
  };
};
