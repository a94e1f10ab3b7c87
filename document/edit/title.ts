/** Edits of what stands above the sections: the title, the line above it, what whoever joins is told, the language. */
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

/** Sets what whoever joins is told: who will read this, what can change, by when; "" takes it away. */
export function setMandate(doc: Y.Doc, mandate: string, origin?: unknown): void {
  edit(doc, origin, () => assign(metaOf(doc), "mandate", mandate));
}

/** Sets the language the minutes are written in. */
export function setLanguage(doc: Y.Doc, language: Language, origin?: unknown): void {
  edit(doc, origin, () => assign(metaOf(doc), "language", language));
}
