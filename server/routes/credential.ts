/** What a program shows to be let in: a bearer, forgiving about what people paste, and never repeated anywhere. */
import type { IncomingMessage } from "node:http";
import { Refusal } from "../../document/refusal.ts";

/** The secret inside what somebody pasted: the secret itself, or any address that holds it, a group's included. */
export const secretIn = (pasted: string): string => {
  const trimmed = pasted.trim();
  const fragment = trimmed.lastIndexOf("#");
  if (fragment >= 0) return trimmed.slice(fragment + 1).split("&", 1)[0] ?? "";
  return /\/r\/([^/?]+)/.exec(trimmed)?.[1] ?? trimmed;
};

/** The credential of a request. Throws Refusal `unknown-link` where there is none. */
export const bearerOf = (request: IncomingMessage): string => {
  const found = /^bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? "")?.[1];
  if (!found) throw new Refusal("unknown-link", "Authorization: Bearer <secret of a link>");
  return secretIn(found);
};
