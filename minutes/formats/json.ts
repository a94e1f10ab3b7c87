/** Minutes as JSON: the value itself, for programs, with what the other formats say about items. */
import { destinationOf, provenanceOf } from "../provenance.ts";
import type { Item, Minutes } from "../value.ts";

/** Raw words, no typesetting: `parseMinutes` gives the same value back, without what is said about it. */
export function json(minutes: Minutes): string {
  const sections = minutes.sections.map((section) =>
    section.kind === "items"
      ? { ...section, items: section.items.map((item) => ({ ...item, ...said(item) })) }
      : section,
  );
  return `${JSON.stringify({ ...minutes, sections }, null, 2)}\n`;

  function said(item: Item): { provenance?: string; destination?: string } {
    const [provenance, destination] = [provenanceOf(item, minutes), destinationOf(item, minutes)];
    return { ...(provenance === "" ? {} : { provenance }), ...(destination === "" ? {} : { destination }) };
  }
}
