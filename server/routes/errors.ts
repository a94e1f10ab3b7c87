/** How everything that goes wrong is told: a refusal with its sentence, as JSON to programs and as a page to people. */
import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler, Request, RequestHandler } from "express";
import { Refusal } from "../../document/refusal.ts";
import type { ErrorAnswer } from "../../document/session.ts";
import { chooseLanguage, words } from "../pages/language.ts";
import { refusalPage } from "../pages/refusal.ts";
import type { House } from "./house.ts";

const RETRY_AFTER_SECONDS = 5;

/** What Express and its parsers throw carries a status of its own. */
const statusOf = (error: unknown): number =>
  error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;

/** The refusal behind anything that was thrown; what nobody foresaw is `unexpected`. */
const refusalFor = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  const status = statusOf(error);
  if (status === 413) return new Refusal("too-large");
  if (status === 404) return new Refusal("unknown-address");
  return new Refusal(status >= 400 && status < 500 ? "malformed-request" : "unexpected");
};

const forPrograms = ({ path }: Request): boolean => path === "/api" || path === "/live" || path.startsWith("/api/");

/** The last handler: never a stack, never a path of this machine; an id by which the host finds it in the log. */
export const tellError =
  (house: House): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const refusal = refusalFor(error);
    const id = refusal.code === "unexpected" ? randomUUID() : undefined;
    if (id) house.logger.error({ err: error, id }, "a request failed");
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const accept = request.get("accept-language");
    const language = chooseLanguage(request.query["lang"], accept, house.config.language);
    const sentence = words(language)(`refusal-${refusal.code}`);
    response.status(refusal.status).set("Cache-Control", "no-store").vary("Accept-Language");
    if (refusal.status === 429 || refusal.status === 503) response.set("Retry-After", String(RETRY_AFTER_SECONDS));
    if (forPrograms(request)) {
      // The detail names an entry or a limit, never what somebody wrote: programs need it more than the sentence.
      const detail = refusal.code === "malformed-request" && refusal.message !== refusal.code ? refusal.message : "";
      const message = detail ? `${sentence} (${detail.slice(refusal.code.length + 2)})` : sentence;
      const answer: ErrorAnswer = { error: { code: refusal.code, message, ...(id ? { id } : {}) } };
      response.json(answer);
    } else {
      response.type("html").send(refusalPage({ language, assets: house.assets, sentence, ...(id ? { id } : {}) }));
    }
  };

/** After every route: there is nothing at this address. */
export const nothingHere: RequestHandler = () => {
  throw new Refusal("unknown-address");
};
