/** The secret of a link: derived from its id with the key, so that neither the database nor a log opens anything. */
import { inLetters } from "./letters.ts";
import { sameText, type Sign } from "./key.ts";

const ID_LENGTH = 11;
/** 128 bits: 22 letters. */
const PROOF_BYTES = 16;

export const secretOf = (sign: Sign, link: string): string =>
  link + inLetters(sign("link", link).subarray(0, PROOF_BYTES));

/** The id the secret claims, and whether the rest proves it; the same work whatever it is given. */
export const claimOf = (sign: Sign, secret: string): { link: string; proved: boolean } => {
  const link = secret.slice(0, ID_LENGTH);
  return { link, proved: sameText(secretOf(sign, link), secret) };
};
