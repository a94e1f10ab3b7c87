/** Compares the passphrase of this server with what somebody gave, without telling how close it was. */
import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** True where none is asked for. */
export const samePassphrase = (wanted: string | undefined, given: string | undefined): boolean =>
  wanted === undefined || timingSafeEqual(digest(wanted), digest(given ?? ""));
