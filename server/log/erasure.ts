/** Erases a person's name from a workshop: from its rows, its text and its whole past; the log begins anew without it. */
import { randomInt } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import * as Y from "yjs";
import "../../document/text/internals.ts";
import { addEntry, documentRow, entriesAfter } from "../store/entries.ts";
import { beginAnew, EVERYBODY, eraseRows, registerErasure } from "../store/erase.ts";
import { rowsOf } from "../store/reader.ts";
import { addClient, visitorsOf } from "../store/visitors.ts";
import { rebuild, updatesOf } from "./rebuild.ts";

/** Stands where a name was, so that a sentence can still be read. */
const GAP = "…";
/** Whose the client ids of the server are. */
const SERVER = "";
const EPOCHS = 2 ** 48 - 1;

/** The name as a word of its own, in any case: "Anne" is not in "annexe". */
const asWord = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "giu");

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

const cleanMap = (map: Y.Map<unknown>, word: RegExp): void => {
  for (const [key, value] of map.entries()) {
    if (value instanceof Y.Text) cleanText(value, word);
    else if (value instanceof Y.Map) cleanMap(value, word);
    else if (typeof value === "string" && value.search(word) >= 0) map.set(key, value.replaceAll(word, GAP));
  }
};

/** Takes the name out of everything the document says now; returns the whole state, its past left behind. */
const cleaned = (doc: Y.Doc, name: string): Uint8Array => {
  const word = asWord(name);
  doc.transact(() => {
    for (const root of doc.share.keys()) {
      if (root === "title" || root.startsWith("prose:")) cleanText(doc.getText(root), word);
      else cleanMap(doc.getMap(root), word);
    }
  });
  return Y.encodeStateAsUpdate(doc);
};

/** Throws Refusal `unavailable` where the log cannot be read whole: it must be repaired first. */
const rewrite = (db: DatabaseSync, workshop: string, name: string, at: number): void => {
  const [row] = rowsOf(db, documentRow(workshop));
  if (!row) return;
  const updates = updatesOf(rowsOf(db, entriesAfter(workshop, 0)), 1, row.head);
  const doc = rebuild({ updates, ...row });
  const bytes = cleaned(doc, name);
  const drawn = randomInt(EPOCHS);
  beginAnew(db, workshop, drawn === row.epoch ? drawn + 1 : drawn);
  for (const statement of addEntry(workshop, { at, visitor: null, bytes })) rowsOf(db, statement);
  rowsOf(db, addClient(workshop, doc.clientID, SERVER, at));
  doc.destroy();
};

/** A visitor's name as it is known in the workshop; undefined where nobody of that id came. */
export const nameOf = (db: DatabaseSync, workshop: string, visitor: string): string | undefined =>
  rowsOf(db, visitorsOf(workshop)).find(({ id }) => id === visitor)?.name;

/**
 * Erases one visitor's name and organisation, or with EVERYBODY the whole workshop, and notes that it was.
 * The text keeps what they wrote, without the name; its history begins anew. Within a transaction of the caller.
 * Throws Refusal `unavailable` where the log cannot be read whole.
 */
export const erase = (db: DatabaseSync, workshop: string, visitor: string, at: number): void => {
  registerErasure(db, workshop, visitor, at);
  if (visitor === EVERYBODY) return eraseRows(db, workshop);
  const name = nameOf(db, workshop, visitor);
  db.prepare("UPDATE visitors SET name = '', organisation = '' WHERE workshop = ? AND id = ?").run(workshop, visitor);
  if (!name) return;
  const word = asWord(name);
  const label = db.prepare("UPDATE links SET label = ? WHERE id = ?");
  for (const row of db.prepare("SELECT id, label FROM links WHERE workshop = ?").all(workshop)) {
    label.run(String(row["label"]).replaceAll(word, GAP), String(row["id"]));
  }
  rewrite(db, workshop, name, at);
};
