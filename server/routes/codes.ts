/** The page of a code: a form for all, and for whoever opens it to look at it, what the code leads to. */
import { Router, type Request, type RequestHandler, type Response } from "express";
import { Refusal } from "../../document/refusal.ts";
import { joinPage } from "../pages/join.ts";
import { words } from "../pages/language.ts";
import type { House } from "./house.ts";
import { askedAhead } from "../pages/shell.ts";
import { sendBytes } from "./large.ts";
import { rendered } from "./renderings.ts";
import { settingOf } from "./setting.ts";

/** By these a browser says that nobody looks at the page yet, if anybody ever will. */
const AHEAD = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/** Whether the browser says that it goes to this page; over plain http, and where it is some years old, it has one word for that. */
const isGoing = (request: Request): boolean => {
  const [mode, dest] = [request.get("sec-fetch-mode"), request.get("sec-fetch-dest")];
  if (mode === undefined && dest === undefined) return request.get("upgrade-insecure-requests") === "1";
  return mode === "navigate" && dest === "document";
};

/** A browser says so when somebody opens an address in it; robots, previews and programs, which do not, see the form. */
const isOpened = (request: Request): boolean =>
  request.method === "GET" && isGoing(request) && AHEAD.every((name) => request.get(name) === undefined);

/** The workshop behind `code`; a refusal of the code itself is given, whatever else fails is left to the answer at the door. */
const lookBehind = async (
  { house, request, response, limit }: { house: House; request: Request; response: Response; limit: RequestHandler },
  code: string,
): Promise<{ workshop: string } | { refusal: Refusal } | undefined> => {
  try {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    void limit(request, response, resolve);
    const refused = await promise;
    if (refused) throw refused;
    return { workshop: await house.access.behindCode(code) };
  } catch (error) {
    return error instanceof Refusal && error.status < 500 ? { refusal: error } : undefined;
  }
};

/** `limit` counts wrong codes, here and wherever else one can be tried. */
export const codes = (house: House, limit: RequestHandler): Router => {
  const router = Router();

  router.get(["/j", "/j/:code"], async (request, response) => {
    const asked = request.params["code"] ?? request.query["code"];
    const code = typeof asked === "string" ? asked.slice(0, 40) : undefined;
    const setting = settingOf(house, request);
    const found = code && isOpened(request) ? await lookBehind({ house, request, response, limit }, code) : undefined;
    response.type("html");
    if (found && "workshop" in found) {
      response.set("Link", askedAhead(setting));
      await sendBytes(response, await rendered(house.log, found.workshop, "doorPage", setting));
      return;
    }
    const mistake = found && words(setting.language)(`refusal-${found.refusal.code}`);
    if (found) response.status(found.refusal.status);
    response.send(joinPage({ ...setting, ...(code ? { code } : {}), ...(mistake ? { mistake } : {}) }));
  });

  return router;
};
