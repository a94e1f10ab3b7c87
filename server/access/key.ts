/** The key all secrets are derived from: a file beside the database, made once and never overwritten. */
import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { CannotOpen } from "../store/driver.ts";

const BYTES = 32;

/** What the key is used for, so that no output for one use is ever valid for another. */
type Purpose = "link" | "session" | "visitor" | "host";

/** Signs; gives 32 bytes that nobody without the key can guess. */
export type Sign = (purpose: Purpose, ...parts: readonly string[]) => Buffer;

/** Compares in a time that tells nothing about where two texts differ. */
export const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export const keyPath = (dataDir: string): string => join(dataDir, "key");

/** Whether this is what a key file holds. */
export const isKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text.trim());

const asideOf = (dataDir: string): string => `${keyPath(dataDir)}.new`;

/** Takes away a key that nothing was derived from yet, and what is left of writing it. */
export const dropKey = (dataDir: string): void => {
  for (const path of [keyPath(dataDir), asideOf(dataDir)]) rmSync(path, { force: true });
};

/** Puts a key in its place, on disk, for nobody else to read. Throws where one stands already. */
export const writeKey = (dataDir: string, text: string): void => {
  const [path, aside] = [keyPath(dataDir), asideOf(dataDir)];
  rmSync(aside, { force: true });
  const file = openSync(aside, "wx", 0o600);
  try {
    writeSync(file, `${text.trim()}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // A link, not a move: it fails where a key already stands.
  linkSync(aside, path);
  rmSync(aside);
  const directory = openSync(dataDir, "r");
  fsyncSync(directory);
  closeSync(directory);
};

/**
 * Reads the key of `dataDir`. Makes one only while `fresh`: with workshops already there, another key would make every
 * link given so far lead nowhere. Throws CannotOpen.
 */
export const readKey = (dataDir: string, fresh: boolean): Sign => {
  const path = keyPath(dataDir);
  if (!existsSync(path)) {
    if (!fresh) {
      throw new CannotOpen(
        `${path} is missing, but the database holds workshops whose links rest on it. Put the file back from a backup.`,
      );
    }
    makeKey(dataDir);
  }
  const text = readText(path).trim();
  if (!isKey(text)) {
    throw new CannotOpen(`${path} is not the key this program made. Put the file back from a backup.`);
  }
  // Prepared once: from bytes each signature would make a key of its own, which takes four times as long as signing.
  const key = createSecretKey(text, "hex");
  return (purpose, ...parts) =>
    createHmac("sha256", key)
      .update(JSON.stringify([purpose, ...parts]))
      .digest();
};

/** Throws CannotOpen where the disk does not take it: there is no workshop yet, and the next start makes another one. */
const makeKey = (dataDir: string): void => {
  try {
    writeKey(dataDir, randomBytes(BYTES).toString("hex"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotOpen(`${keyPath(dataDir)} cannot be written (${why}). Check the rights and the room there.`);
  }
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CannotOpen(`${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
};
