/** Words of any script beside others: a name that is read from the right leaves what stands around it where it is. */

/** Hebrew, Arabic, Syriac, Thaana, N’Ko and their kin, and the forms of their letters. */
const FROM_RIGHT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Marks that turn the direction of whatever follows them. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Whether a line may have to be set from the right: its first strong letter decides, which HTML calls `dir="auto"`. */
export function isFromRight(text: string): boolean {
  return FROM_RIGHT.test(text);
}

/** For a place inside a sentence. What is read from the left is given back as it is, but for marks that would turn the rest. */
export function isolated(text: string): string {
  const plain = text.replace(TURNING, "");
  return isFromRight(plain) ? `\u2068${plain}\u2069` : plain;
}
