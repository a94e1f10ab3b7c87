/** Two programs compare the layout they know before one of them writes. */
import type * as Y from "yjs";
import { LAYOUT, metaOf } from "./layout.ts";

/** How the layout somebody announced compares with ours; stock clients announce none. */
export type Handshake = "same" | "older" | "newer" | "unannounced";

/** Compares; never throws. Anything announced that is not a layout number is taken for an older program. */
export function compareLayouts(announced: unknown, ours: number = LAYOUT): Handshake {
  if (announced === undefined || announced === null) return "unannounced";
  if (!isLayout(announced) || announced < ours) return "older";
  return announced > ours ? "newer" : "same";
}

/**
 * Whether whoever announced this may write. An older or newer program could misread the document, so it only reads
 * and offers to reload; a program that announces nothing speaks the stable layout by hand.
 */
export function mayWrite(handshake: Handshake): boolean {
  return handshake === "same" || handshake === "unannounced";
}

/** The layout a document was written with; ours where it says nothing usable. Reads only. */
export function layoutOf(doc: Y.Doc): number {
  const layout = doc.share.has("meta") ? metaOf(doc).get("layout") : undefined;
  return isLayout(layout) ? layout : LAYOUT;
}

function isLayout(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
