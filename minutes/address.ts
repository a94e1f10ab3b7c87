/** Addresses inside running text: where they begin and end, and which of them may become a link. */

export interface Range {
  from: number;
  to: number;
}

/** None of them is without one of these: most words are looked at once, and not word by word. */
const SIGN = /:\/\/|@|www\.|mailto:/iu;
const WEB = /(?<![\p{L}\p{N}])https?:\/\//iu;

/** Web and mail addresses in a text, in order; the punctuation of the sentence around them is left out. */
export function addressesIn(text: string): Range[] {
  if (!SIGN.test(text)) return [];
  const found: Range[] = [];
  // Word by word: one expression for the whole text would take quadratic time on a megabyte without a space.
  for (const word of text.matchAll(/[^\s<>«»"]+/gu)) {
    const start = addressStart(word[0]);
    if (start === -1) continue;
    const length = trimmedLength(word[0].slice(start));
    if (length > 0) found.push({ from: word.index + start, to: word.index + start + length });
  }
  return found;
}

/**
 * Whether it may be followed from an exported document: http, https or mailto, well-formed, and without a name or a
 * password before the host, which serve to make one host look like another.
 */
export function isLinkable(address: string): boolean {
  if (!/^(?:https?:\/\/|mailto:)\S+$/iu.test(address)) return false;
  const url = URL.parse(address);
  return url !== null && url.username === "" && url.password === "";
}

function addressStart(word: string): number {
  const web = word.search(WEB);
  if (web !== -1) return web;
  const opening = /^[([{'’]*/u.exec(word)?.[0].length ?? 0;
  const rest = word.slice(opening).toLowerCase();
  const at = rest.indexOf("@");
  const isMail = at > 0 && rest.indexOf(".", at + 2) !== -1;
  return isMail || rest.startsWith("www.") || rest.startsWith("mailto:") ? opening : -1;
}

function trimmedLength(address: string): number {
  const opens = address.includes("(");
  let length = address.length;
  while (length > 0) {
    const last = address.charAt(length - 1);
    const closesNothing = last === ")" && !opens;
    if (!closesNothing && !".,;:!?'’]}…".includes(last)) break;
    length -= 1;
  }
  return length;
}
