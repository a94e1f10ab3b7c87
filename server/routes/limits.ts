/** How often one address may try: wide enough for a whole room behind one router, too narrow for guessing. */
import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import { Refusal } from "../../document/refusal.ts";
import type { Limit } from "./route.ts";
import { limitTries } from "./tries.ts";

const MINUTE = 60_000;

/** Wrong codes count, right ones do not: with 6 of 31 characters a thousand addresses would guess for years. */
const CODES = { windowMs: MINUTE, limit: 30 };
const CREATION = { windowMs: 10 * MINUTE, limit: 300 };

/** One counter per limit and server; an answer beyond it is Refusal `too-many-tries`. */
export const limiters = (): Record<Limit, RequestHandler> => ({
  codes: limitTries(CODES),
  creation: rateLimit({
    ...CREATION,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // A proxy that the host has not declared is the host's business; it must not print to the console.
    validate: false,
    handler: (_request, _response, next) => next(new Refusal("too-many-tries")),
  }),
});
