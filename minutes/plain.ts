/** Rich text as plain text, and back. */
import type { Block, Prose } from "./value.ts";

/** The words of one block, without its marks. */
export function blockText(block: Block): string {
  return block.spans.map((span) => span.text).join("");
}

/** One line per block, without list markers. */
export function plainText(prose: Prose): string {
  return prose.map(blockText).join("\n");
}

/** One paragraph per line; never without a block. `plainText` gives the same lines back. */
export function proseFromPlain(text: string): Prose {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => ({ kind: "paragraph", spans: line === "" ? [] : [{ text: line }] }));
}

/** Whether it holds no word: only breaks and blanks. */
export function isBlank(prose: Prose): boolean {
  return prose.every((block) => block.spans.every((span) => span.text.trim() === ""));
}
