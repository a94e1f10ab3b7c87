/** Edits of the glossary: what words and acronyms mean. */
import type * as Y from "yjs";
import type { Term } from "../../minutes/value.ts";
import { metaOf } from "../layout.ts";
import { writeTerm } from "../structure.ts";
import { assign, edit } from "./transaction.ts";

/** Two people who explain the same word add two entries; neither erases the other. @returns the id. */
export function addTerm(doc: Y.Doc, term: Omit<Term, "id">, origin?: unknown): string {
  return edit(doc, origin, () => writeTerm(metaOf(doc), term));
}

/** Sets the word or what it means; nothing where there is no such entry. */
export function setTerm(doc: Y.Doc, id: string, key: "term" | "meaning", value: string, origin?: unknown): void {
  edit(doc, origin, () => {
    if (isThere(metaOf(doc), id)) assign(metaOf(doc), `term:${id}:${key}`, value);
  });
}

/** Hides an entry, or shows it again. */
export function hideTerm(doc: Y.Doc, id: string, removed: boolean, origin?: unknown): void {
  edit(doc, origin, () => {
    const meta = metaOf(doc);
    if (isThere(meta, id) && (meta.get(`term:${id}:removed`) === true) !== removed) {
      meta.set(`term:${id}:removed`, removed);
    }
  });
}

const isThere = (meta: Y.Map<unknown>, id: string): boolean =>
  meta.has(`term:${id}:term`) || meta.has(`term:${id}:meaning`);
