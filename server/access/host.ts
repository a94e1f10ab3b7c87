/** What proves that somebody is the host: a word that only whoever can read the key file can make, good for a day or two. */
import { inLetters } from "./letters.ts";
import { sameText, type Sign } from "./key.ts";

const DAY_MS = 86_400_000;

export interface Host {
  /** Whether the word was made from our key, today or yesterday. */
  isHost(word: string): boolean;
}

export const hostWord = (sign: Sign, now: number): string =>
  inLetters(sign("host", String(Math.floor(now / DAY_MS))).subarray(0, 16));

export const host = (sign: Sign): Host => ({
  isHost: (word) => {
    const now = Date.now();
    return [now, now - DAY_MS].map((day) => sameText(hostWord(sign, day), word)).includes(true);
  },
});
