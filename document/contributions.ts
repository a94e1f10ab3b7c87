/** What one person wrote into a document, as far as the ids of their programs tell: for themselves to see and to take away. */
import * as Y from "yjs";
import { definitionsOf } from "./definitions.ts";
import { contentOf, firstItem, isLive, nextItem, writerOf } from "./text/internals.ts";

export interface Contribution {
  /** Where it stands: `title`, `glossary`, or the id of a section. */
  section: string;
  text: string;
}

/** Stands where somebody else's words are between two of theirs. */
const OTHERS = " … ";

/** Their words of a text, in the order in which they stand. */
const wordsIn = (text: Y.Text, clients: ReadonlySet<number>): string => {
  let words = "";
  let apart = false;
  for (let item = firstItem(text); item; item = nextItem(item)) {
    if (!isLive(item)) continue;
    const content = contentOf(item);
    if (content.is === "break" && words !== "" && !words.endsWith("\n")) words += "\n";
    if (content.is !== "words") continue;
    if (!clients.has(item.id.client)) {
      apart = true;
      continue;
    }
    if (apart && words !== "" && !words.endsWith("\n")) words += OTHERS;
    words += content.words;
    apart = false;
  }
  return words.trim();
};

const valuesIn = (map: Y.Map<unknown>, clients: ReadonlySet<number>): string[] =>
  [...map.entries()].flatMap(([key, value]) => {
    if (value instanceof Y.Text) return [wordsIn(value, clients)];
    if (value instanceof Y.Map) return valuesIn(value, clients);
    const theirs = typeof value === "string" && clients.has(writerOf(map, key) ?? -1);
    return theirs ? [value] : [];
  });

/** Which of a section's entries hold words that people write; the others say where a thing stands and who it is. */
const WRITTEN = /^(prose|items|fields|people):(.+)$/;

/** An item's other entries (order, author, time) are told of it as a whole. */
const wordsOfItem = (item: Y.Map<unknown>, clients: ReadonlySet<number>): string[] => {
  const text = item.get("text");
  return text instanceof Y.Text ? [wordsIn(text, clients)] : [];
};

/** What they explained, and the word beside it; who else had a part in it is told of it as well. */
const wordsOfTerms = (meta: Y.Map<unknown>, clients: ReadonlySet<number>): string[] =>
  definitionsOf(meta, "term").flatMap(({ id, entries }) => {
    const theirs = ["term", "meaning"].some((key) => clients.has(writerOf(meta, `term:${id}:${key}`) ?? -1));
    const said = ["term", "meaning"].map((key) => entries.get(key)).filter((each) => typeof each === "string");
    return theirs && entries.get("removed") !== true ? [said.join("\u00A0: ")] : [];
  });

/** Everything of `clients` that still stands in the document, section by section. Total: any document gives some answer. */
export const contributionsOf = (doc: Y.Doc, clients: ReadonlySet<number>): Contribution[] => {
  const found: Contribution[] = [];
  const add = (section: string, texts: readonly string[]): void => {
    for (const text of texts) if (text !== "") found.push({ section, text });
  };
  for (const root of doc.share.keys()) {
    const [, kind, section = ""] = WRITTEN.exec(root) ?? [];
    if (root === "meta") add("glossary", wordsOfTerms(doc.getMap(root), clients));
    else if (root === "title") add(root, [wordsIn(doc.getText(root), clients)]);
    else if (kind === "prose") add(section, [wordsIn(doc.getText(root), clients)]);
    else if (kind === "items") {
      for (const item of doc.getMap(root).values()) if (item instanceof Y.Map) add(section, wordsOfItem(item, clients));
    } else if (kind !== undefined) add(section, valuesIn(doc.getMap(root), clients));
  }
  return found;
};
