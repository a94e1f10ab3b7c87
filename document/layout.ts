/** The layout of the Y.Doc: its root types, the keys of its maps, and the version a handshake compares. */
import * as Y from "yjs";

export { LAYOUT } from "./edition.ts";

/*
 * meta                 Map   layout, template, language, subtitle, mandate; the glossary:
 *                              term:<id>:term | meaning | removed
 * title                Text  one line, plain
 * sections             Map   section id → Map: kind, heading, order, guidance, removed, and by kind:
 *                              people    sectors (one per line), joining
 *                              fields    field:<id>:label | type | order | choices (one per line) | removed
 *                              items     marker, actions, grouped, split; pick ("open" | "closed"), pickSize, pickHidden
 *                              ranking   source, size, rank:<item id> → fractional key ("" = not ranked)
 *                              runsheet  phase:<id>:label | minutes | groups | order | removed, closing
 *                              notice    text
 * prose:<section>      Text  flat text
 * items:<section>      Map   item id → Map: text (Text, created with the item), order, author, at, number, group,
 *                              owner, due, status, from (ids, one per line), merged (ids, one per line), corrected,
 *                              corrector, dictated, removed; kind = "group" for a group's heading
 * fields:<section>     Map   field id → value (string)
 * people:<section>     Map   person id → Map: name, organisation, sector, role, order, removed; who joined stands
 *                              under the visitor's id
 * ballots              Map   item:visitor → 1
 *
 * `ballots` and the three keys of a pick are the server's alone to write: clients send commands (updates/places.ts).
 * Every value but Text and Map is a scalar. `removed: true` hides; nothing is ever deleted for being invalid.
 * `author` is a visitor id; the names live with the server (table visitors), so a name can change everywhere at once.
 */

export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("meta");
export const titleOf = (doc: Y.Doc): Y.Text => doc.getText("title");
// The values of these maps are maps where our own edits wrote them, anything where a foreign hand did: hence `unknown`.
export const sectionsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("sections");
export const proseOf = (doc: Y.Doc, section: string): Y.Text => doc.getText(`prose:${section}`);
export const itemsOf = (doc: Y.Doc, section: string): Y.Map<unknown> => doc.getMap(`items:${section}`);
export const fieldsOf = (doc: Y.Doc, section: string): Y.Map<unknown> => doc.getMap(`fields:${section}`);
export const ballotsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("ballots");
export const peopleOf = (doc: Y.Doc, section: string): Y.Map<unknown> => doc.getMap(`people:${section}`);

/** An item or a group's heading; undefined where the entry is foreign or not there. */
export function itemOf(doc: Y.Doc, section: string, item: string): Y.Map<unknown> | undefined {
  const entry = itemsOf(doc, section).get(item);
  return entry instanceof Y.Map ? entry : undefined;
}

/** The rich text of an item or of a group's heading; undefined where the entry is foreign or not there. */
export function itemTextOf(doc: Y.Doc, section: string, item: string): Y.Text | undefined {
  const text = itemOf(doc, section, item)?.get("text");
  return text instanceof Y.Text ? text : undefined;
}
