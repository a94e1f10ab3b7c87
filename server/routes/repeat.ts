/** A command that may arrive twice: the key its sender gave it is kept in the id of what it makes, for as long as that is. */
import { createHash } from "node:crypto";
import type { Request } from "express";
import { Refusal } from "../../document/refusal.ts";

export const REPEAT_HEADER = "Idempotency-Key";

/** What the key of a request makes: the id it shall have, and how all ids begin that this key can make. */
export interface Repeat {
  id: string;
  begins: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** As many letters of the kind that ids are made of; the first is none of the figures. */
const lettersOf = (seed: string, count: number, from = 36): string => {
  let number = BigInt(`0x${createHash("sha256").update(seed).digest("hex")}`);
  let letters = "";
  while (letters.length < count) {
    const base = letters === "" ? from : 36;
    letters += LETTERS[Number(number % BigInt(base))] ?? "";
    number /= BigInt(base);
  }
  return letters;
};

/**
 * Undefined without the header. `scope`: whose key it is, so that no two people's meet; `body`: what is asked for.
 * No table of keys could be more durable: the key is on disk with the item itself, in one entry, or neither is.
 * Throws Refusal `malformed-request` for a key nobody can mean.
 */
export const repeatOf = (request: Request, scope: string, body: unknown): Repeat | undefined => {
  const key = request.get(REPEAT_HEADER);
  if (key === undefined) return undefined;
  if (key.trim() === "" || key.length > 200) throw new Refusal("malformed-request", REPEAT_HEADER);
  const begins = lettersOf(`${scope}\n${key}`, 10, 26);
  return { id: begins + lettersOf(JSON.stringify(body), 6), begins };
};

/** Whether one of these ids was made by the same key. Throws Refusal `malformed-request` where it asked for something else. */
export const isRepeated = ({ id, begins }: Repeat, ids: Iterable<string>): boolean => {
  for (const each of ids) {
    if (each === id) return true;
    if (each.startsWith(begins)) throw new Refusal("malformed-request", `${REPEAT_HEADER}: used for something else`);
  }
  return false;
};
