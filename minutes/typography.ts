/** French spacing for display and exports: U+00A0 before : ; ! ? and inside « ». Never written back to a document. */
import { addressesIn, type Range } from "./address.ts";
import type { Language, Span } from "./value.ts";

const NO_BREAK = "\u00A0";
const isSpace = (char: string): boolean => char === " " || char === "\t" || char === NO_BREAK || char === "\u202F";

/** The text as a printer of that language would space it: no letter changes, and nothing inside addresses. */
export function typeset(text: string, language: Language): string {
  return typesetSpans([{ text }], language)[0]?.text ?? "";
}

/** The same over formatted text: a mark may begin between a word and its punctuation. Code stays as it is. */
export function typesetSpans(spans: readonly Span[], language: Language): Span[] {
  if (language !== "fr") return [...spans];
  const text = spans.map((span) => span.text).join("");
  const wanted = spaces(text);
  if (wanted.length === 0) return [...spans];
  const guarded = guardedCharacters(text, spans);
  const edits = wanted.filter(({ from, to }) => !guarded.subarray(from < to ? from : from - 1, to).includes(1));
  let next = 0;
  let start = 0;
  let done = 0;
  return spans.map((span) => {
    const end = start + span.text.length;
    let out = "";
    let at = Math.max(start, done);
    for (let edit = edits[next]; edit !== undefined && edit.from < end; edit = edits[(next += 1)]) {
      out += text.slice(at, edit.from) + NO_BREAK;
      at = edit.to;
      done = edit.to;
    }
    out += text.slice(at, Math.max(at, end));
    start = end;
    return { ...span, text: out };
  });
}

/** Ranges of the text that become one U+00A0; an empty range inserts one. */
function spaces(text: string): Range[] {
  const edits: Range[] = [];
  for (const mark of text.matchAll(/[;:!?]+|[«»]/gu)) {
    const edit = mark[0] === "«" ? after(text, mark.index + 1) : before(text, mark.index, mark[0]);
    const last = edits.at(-1);
    if (edit && (last === undefined || (edit.from >= last.to && edit.from !== last.from))) edits.push(edit);
  }
  return edits;
}

function before(text: string, at: number, mark: string): Range | undefined {
  let from = at;
  while (from > 0 && isSpace(text.charAt(from - 1))) from -= 1;
  if (from === 0) return undefined;
  if (from < at) return { from, to: at };
  if (mark === "»") return { from, to: at };
  const ends = /^(?:$|[\s)\]»”"'’.,…])/u.test(text.slice(at + mark.length, at + mark.length + 1));
  const afterWord = /[\p{L}\p{M}\p{N})\]»”"’%€]$/u.test(text.slice(Math.max(0, at - 2), at));
  return ends && afterWord ? { from, to: at } : undefined;
}

function after(text: string, at: number): Range | undefined {
  let to = at;
  while (isSpace(text.charAt(to))) to += 1;
  return to < text.length ? { from: at, to } : undefined;
}

/** 1 for every character of an address or of code. */
function guardedCharacters(text: string, spans: readonly Span[]): Uint8Array {
  const guarded = new Uint8Array(text.length);
  for (const { from, to } of addressesIn(text)) guarded.fill(1, from, to);
  let start = 0;
  for (const span of spans) {
    if (span.marks?.code) guarded.fill(1, start, start + span.text.length);
    start += span.text.length;
  }
  return guarded;
}
