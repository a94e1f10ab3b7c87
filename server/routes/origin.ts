/** Which pages may open a line to the rooms. */
import type { IncomingMessage } from "node:http";

/**
 * A browser says which page opens the line: only pages of this very server may, under the address it was given where
 * it was given one. Programs say nothing and show a secret all the same; `null` is a page that hides where it comes from.
 */
export const allowedOrigin = (request: IncomingMessage, publicUrl: string | undefined): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (publicUrl !== undefined) return origin === publicUrl;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
};
