/** Whether two people said the same: spaces, case and typography are not what anybody said. */

const TYPOGRAPHY: readonly (readonly [RegExp, string])[] = [
  [/[’‘ʼ`´]/gu, "'"],
  [/[«»“”„]/gu, '"'],
  [/[‐‑‒–—−]/gu, "-"],
  [/œ/gu, "oe"],
  [/æ/gu, "ae"],
  [/\s+/gu, " "],
  [/ (?=[:;!?,.")\]])|(?<=["([]) /gu, ""],
  [/[.;,]+$/u, ""],
];

/** The words of a text as they are compared: two texts with the same key say the same. "" for a blank one. */
export function wordsKey(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().trim();
  return TYPOGRAPHY.reduce((words, [sign, one]) => words.replace(sign, one), plain).trim();
}
