/** Erases a person's name from a workshop: from its rows, its text and its whole past; the log begins anew without it. */
import { randomInt } from "node:crypto";
import * as Y from "yjs";
import "../../document/text/internals.ts";
import type { Desk, Statement } from "../store/driver.ts";
import { addEntry, documentRow, entriesAfter } from "../store/entries.ts";
import { beginAnew, EVERYBODY, eraseRows, registerErasure, relabel, unname } from "../store/erase.ts";
import { addClient, visitorsOf } from "../store/visitors.ts";
import { linksOf } from "../store/workshops.ts";
import { rebuild, updatesOf } from "./rebuild.ts";

/** Stands where a name was, so that a sentence can still be read. */
const GAP = "…";
/** Whose the client ids of the server are. */
const SERVER = "";
const EPOCHS = 2 ** 48 - 1;

/** Some programs write é as one letter, some as e and an accent. */
const FORMS = ["NFC", "NFD"] as const;

/** The name as a word of its own, in any case and with any blanks: "Anne" is not in "annexe". */
const asWord = (name: string): RegExp => {
  const forms = FORMS.map((form) =>
    name
      .normalize(form)
      .replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")
      .replaceAll(/\s+/g, "\\s+"),
  );
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${forms.join("|")})(?![\\p{L}\\p{M}\\p{N}])`, "giu");
};

const cleanText = (text: Y.Text, word: RegExp): void => {
  const plain = (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === "string" ? insert : "\uFFFC"))
    .join("");
  // From the end, so that places before stay where they are.
  for (const { index, 0: found } of [...plain.matchAll(word)].toReversed()) {
    text.delete(index, found.length);
    text.insert(index, GAP);
  }
};

/** Keys of the layout that hold no words of anybody: somebody called A0 must not take their place, their kind or their order away. */
const WORDLESS = new Set(
  "layout template language kind order joining marker actions grouped split pick source rank type closing author at group due status from merged corrected corrector".split(
    " ",
  ),
);

/** `field:<id>:order` is an order, `rank:<id>` a rank. */
const isWordless = (key: string): boolean => WORDLESS.has(key.split(":").at(-1) ?? key) || key.startsWith("rank:");

const cleanMap = (map: Y.Map<unknown>, word: RegExp, whole = false): void => {
  for (const [key, value] of map.entries()) {
    if (value instanceof Y.Text) cleanText(value, word);
    else if (value instanceof Y.Map) cleanMap(value, word);
    else if (typeof value === "string" && (whole || !isWordless(key)) && value.search(word) >= 0) {
      map.set(key, value.replaceAll(word, GAP));
    }
  }
};

/** Takes the name out of everything the document says now; returns the whole state, its past left behind. */
const cleaned = (doc: Y.Doc, name: string): Uint8Array => {
  const word = asWord(name);
  doc.transact(() => {
    for (const root of doc.share.keys()) {
      if (root === "title" || root.startsWith("prose:")) cleanText(doc.getText(root), word);
      // The keys of fields are ids of their own choice: all their values are words.
      else cleanMap(doc.getMap(root), word, root.startsWith("fields:"));
    }
  });
  return Y.encodeStateAsUpdate(doc);
};

/** What makes the log begin anew without the name. Throws Refusal `unavailable` where it cannot be read whole. */
const rewriting = async (desk: Desk, workshop: string, name: string, at: number): Promise<readonly Statement[]> => {
  const [[row], entries] = await desk.read(documentRow(workshop), entriesAfter(workshop, 0));
  if (!row) return [];
  const doc = rebuild({ updates: updatesOf(entries, 1, row.head), ...row });
  const bytes = cleaned(doc, name);
  const drawn = randomInt(EPOCHS);
  const statements = [
    ...beginAnew(workshop, row, drawn === row.epoch ? drawn + 1 : drawn),
    ...addEntry(workshop, { at, visitor: null, bytes }),
    addClient(workshop, doc.clientID, SERVER, at),
  ];
  doc.destroy();
  return statements;
};

/**
 * Erases one visitor's name and organisation, or with EVERYBODY the whole workshop, in one unit, and notes that it was.
 * The text keeps what they wrote, without the name; its history begins anew. Nothing of the workshop may be in memory.
 * Throws Refusal `unavailable` where the log cannot be read whole, MissingRow when it was written to meanwhile.
 */
export const erase = async (desk: Desk, workshop: string, visitor: string, at: number): Promise<void> => {
  const register = registerErasure(workshop, visitor, at);
  if (visitor === EVERYBODY) {
    await desk.write(register, ...eraseRows(workshop));
    return;
  }
  const [visitors, links] = await desk.read(visitorsOf(workshop), linksOf(workshop));
  const name = visitors.find(({ id }) => id === visitor)?.name;
  if (!name) {
    await desk.write(register, unname(workshop, visitor));
    return;
  }
  const word = asWord(name);
  const labels = links
    .filter(({ label }) => label.search(word) >= 0)
    .map(({ id, label }) => relabel(id, label.replaceAll(word, GAP)));
  await desk.write(register, unname(workshop, visitor), ...labels, ...(await rewriting(desk, workshop, name, at)));
};
