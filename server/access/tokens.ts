/** Session tokens: signed and kept by nobody, so that they outlive a restart; short-lived, so that they need no list. */
import * as v from "valibot";
import { CAPABILITIES } from "../../document/session.ts";
import { sameText, type Sign } from "./key.ts";

const HOURS = 12;

const Token = v.object({
  workshop: v.string(),
  link: v.string(),
  visitor: v.string(),
  clientId: v.number(),
  capability: v.picklist(CAPABILITIES),
  /** Of the document when the session began: what its holder wrote must not run into a restored one. */
  epoch: v.optional(v.number()),
  /** That the holder was taken to know. What a token of an older program does not say is never right. */
  layout: v.optional(v.number()),
  until: v.number(),
});

/** What a session may do, and until when (milliseconds). */
export type Token = v.InferOutput<typeof Token>;

/** A point stands in every token and in no secret. */
export const looksLikeToken = (credential: string): boolean => credential.includes(".");

export const seal = (sign: Sign, session: Omit<Token, "until">, now: number): string => {
  const token: Token = { ...session, until: now + HOURS * 3_600_000 };
  const body = Buffer.from(JSON.stringify(token)).toString("base64url");
  return `${body}.${sign("session", body).toString("base64url")}`;
};

/** What the token says; undefined unless this server signed it. Its age is the caller's to judge. */
export const unseal = (sign: Sign, token: string): Token | undefined => {
  const [body = "", proof = ""] = token.split(".", 2);
  if (!sameText(`${body}.${sign("session", body).toString("base64url")}`, `${body}.${proof}`)) return undefined;
  return v.parse(Token, JSON.parse(Buffer.from(body, "base64url").toString()));
};
