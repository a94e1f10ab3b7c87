/** What may come as the body of a request: so many bytes, answered as soon as there are more, unpacked by nobody. */
import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import express, { type RequestHandler } from "express";
import { Refusal } from "../../document/refusal.ts";

/** Enough for the longest item and its neighbours; documents never travel this way. */
const MAX_BODY = 256 * 1024;

/**
 * Says no as soon as a body is longer than `limit`, by what it announces or by what has come: the parsers of Express
 * would first hear it to its end, if it has one.
 */
export const atMost =
  (limit: number): RequestHandler =>
  (request, response, next) => {
    const refuse = (): void => {
      request.off("data", count);
      response.set("Connection", "close");
      next(Object.assign(new Error("too large"), { status: 413 }));
    };
    let seen = 0;
    const count = (chunk: Buffer): void => {
      seen += chunk.length;
      if (seen > limit) refuse();
    };
    if (Number(request.headers["content-length"] ?? 0) > limit) return refuse();
    // Only in the same breath as the parser, which listens from here on as well.
    if (request.headers["transfer-encoding"] !== undefined) request.on("data", count);
    next();
  };

/** Nothing is unpacked: what a few bytes hold could be gigabytes. */
const parse = express.json({
  limit: MAX_BODY,
  inflate: false,
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new Refusal("malformed-request", "UTF-8");
  },
});

/** No request of ours has more than entries with values in them. */
const DEEPEST = 8;

const isDeep = (body: unknown): boolean => {
  let level = [body];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
};

/** Throws Refusal `malformed-request` unless the body is an object as our requests are, or nothing at all. */
export const mustBePlain = ({ body, headers }: { body?: unknown; headers: IncomingHttpHeaders }): void => {
  const { "content-length": length = "0", "transfer-encoding": chunks } = headers;
  if (body === undefined && (chunks !== undefined || Number(length) > 0)) {
    throw new Refusal("malformed-request", "Content-Type: application/json");
  }
  if (Array.isArray(body) || isDeep(body)) throw new Refusal("malformed-request", "an object");
};

/** Reads the body of a request of the JSON API, or refuses it. */
export const jsonBody: readonly RequestHandler[] = [atMost(MAX_BODY), parse];
