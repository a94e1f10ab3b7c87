/** Words made ready for a reader: one line, typeset, with their addresses as links. */
import { addressesIn, isLinkable } from "../address.ts";
import { typesetSpans } from "../typography.ts";
import type { Language, Span } from "../value.ts";

/** Without control characters; blank words give no span; addresses that cannot be followed keep their words only. */
export function inline(words: string | readonly Span[], language: Language): Span[] {
  const spans = typeof words === "string" ? [{ text: words }] : words;
  const clean = spans.map((span) => ({ ...span, text: oneLine(span.text) })).filter((span) => span.text !== "");
  return clean.some((span) => span.text.trim() !== "") ? typesetSpans(clean, language).flatMap(linked) : [];
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, " ")
    .replace(/\p{Cc}/gu, "");
}

function linked(span: Span): Span[] {
  if (span.marks?.code) return [span];
  if (span.marks?.link !== undefined) {
    const { link, ...marks } = span.marks;
    return [isLinkable(link) ? span : { text: span.text, marks }];
  }
  const parts: Span[] = [];
  let at = 0;
  for (const { from, to } of addressesIn(span.text)) {
    const address = span.text.slice(from, to);
    if (!/^https?:/iu.test(address) || !isLinkable(address)) continue;
    if (from > at) parts.push({ ...span, text: span.text.slice(at, from) });
    parts.push({ text: address, marks: { ...span.marks, link: address } });
    at = to;
  }
  if (at < span.text.length) parts.push({ ...span, text: span.text.slice(at) });
  return parts;
}
