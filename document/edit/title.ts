/** Edits of what stands above the sections: the title, the line above it, the language. */
import type * as Y from "yjs";
import type { Language } from "../../minutes/value.ts";
import { metaOf, titleOf } from "../layout.ts";
import { setPlain } from "../text/write.ts";
import { assign, edit } from "./transaction.ts";

/** Replaces the whole title; people who write in it together do so through its text. */
export function setTitle(doc: Y.Doc, title: string, origin?: unknown): void {
  edit(doc, origin, () => setPlain(titleOf(doc), title));
}

/** Sets the line above the title; "" takes it away. */
export function setSubtitle(doc: Y.Doc, subtitle: string, origin?: unknown): void {
  edit(doc, origin, () => assign(metaOf(doc), "subtitle", subtitle));
}

/** Sets the language the minutes are written in. */
export function setLanguage(doc: Y.Doc, language: Language, origin?: unknown): void {
  edit(doc, origin, () => assign(metaOf(doc), "language", language));
}
