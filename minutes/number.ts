/** Letters for what is counted in letters: 1 is A, 26 is Z, 27 is AA. */

/** Takes a count from 1 on; anything below, or not whole, gives "". */
export function letter(count: number): string {
  if (!Number.isSafeInteger(count) || count < 1) return "";
  let rest = count;
  let letters = "";
  while (rest > 0) {
    rest -= 1;
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
    rest = Math.floor(rest / 26);
  }
  return letters;
}
