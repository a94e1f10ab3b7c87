/** Every kind of credential somebody may come with: given, withdrawn, expired, forged, another workshop's, none. */
import { LAYOUT } from "../../document/layout.ts";
import type { SessionAnswer } from "../../document/session.ts";
import { readKey } from "../../server/access/key.ts";
import { seal, unseal } from "../../server/access/tokens.ts";
import { ask, bearer } from "../support/asking.ts";
import { startWorkshop, type Started, type TestServer } from "../support/server.ts";

export const KINDS = [
  "manage",
  "write",
  "vote",
  "read",
  "session",
  "withdrawn",
  "expired",
  "other",
  "malformed",
  "forged",
  "none",
] as const;
export type Kind = (typeof KINDS)[number];

/** What a row of a matrix says of a kind: one sign each, in the order above, blanks apart. */
export const expected = (row: string | undefined, kind: Kind): string | undefined =>
  row?.replaceAll(" ", "").at(KINDS.indexOf(kind));

/** One credential of every kind for `target`. */
export const credentialsFor = async (server: TestServer, target: Started): Promise<Record<Kind, string>> => {
  const other = await startWorkshop(server.url, "propositions-en-direct");
  const at = `/api/workshops/${target.id}`;
  const post = async <T>(path: string, secret: string, body: object): Promise<T> =>
    JSON.parse((await ask(server.url, `${at}${path}`, { method: "POST", headers: bearer(secret), body })).body) as T;
  const given = await post<{ id: string; secret: string }>("/links", target.links.manage, { capability: "manage" });
  await ask(server.url, `${at}/links/${given.id}`, { method: "DELETE", headers: bearer(target.links.manage) });
  const { token } = await post<SessionAnswer>("/sessions", target.links.write, { layout: LAYOUT });
  const [body = "", proof = ""] = token.split(".");
  const raised = Buffer.from(Buffer.from(body, "base64url").toString().replace('"write"', '"manage"'));
  // Made as the server makes them, thirteen hours ago.
  const sign = readKey(server.dataDir, false);
  const { until, ...session } = unseal(sign, token)!;
  return {
    ...target.links,
    session: token,
    withdrawn: given.secret,
    expired: seal(sign, session, until - 25 * 3_600_000),
    other: other.links.manage,
    malformed: "x".repeat(33),
    forged: `${raised.toString("base64url")}.${proof}`,
    none: "",
  };
};
