/** What was typed or pasted into the capture line, as the items it makes. */

/** More than this in one paste is a document, not a list: it is refused with a sentence, never cut. */
export const MOST_LINES = 300;

/** "- ", "• ", "1. ", "2) ", "[ ] " in front of a pasted line: the list it was copied from, not its words. */
const BULLET = /^(?:[-*•–—◦▪‣·]\s+|\d{1,3}[.)]\s+|\[[ xX]?\]\s+)+/u;

/** One text per line that holds a word, without the marks of the list it came from. */
export const pastedItems = (text: string): string[] =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => line.trim().replace(BULLET, "").trim())
    .filter((line) => line !== "");
