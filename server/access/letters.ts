/** Random and derived bytes written with letters and digits alone: no sign that a mail program would cut off an address. */
import { randomBytes, randomInt } from "node:crypto";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Without what is mistaken for something else when read from a wall or heard: I L O 0 1. */
const CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const CODE_LENGTH = 6;

/** 16 bytes (128 bits) make 22 characters; always the same length for the same number of bytes. */
export const inLetters = (bytes: Uint8Array): string => {
  const length = Math.ceil((bytes.length * 8) / Math.log2(LETTERS.length));
  let rest = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (let i = 0; i < length; i += 1) {
    text = (LETTERS[Number(rest % 62n)] ?? "") + text;
    rest /= 62n;
  }
  return text;
};

/** A fresh id of 64 bits, 11 characters; a collision meets the table's key. */
export const newLinkId = (): string => inLetters(randomBytes(8));

export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");

/** The code as it is kept, from how somebody wrote it; undefined when it cannot be one. */
export const readCode = (written: string): string | undefined => {
  const code = written.toUpperCase().replaceAll(/[\s\p{Pd}.]/gu, "");
  return code.length === CODE_LENGTH && Array.from(code).every((each) => CODE_LETTERS.includes(each))
    ? code
    : undefined;
};
