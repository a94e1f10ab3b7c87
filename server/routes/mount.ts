/** Puts the route table on Express: the limit, the body, the handler, and a plain no to every other method. */
import { Router, type RequestHandler } from "express";
import { Refusal } from "../../document/refusal.ts";
import { jsonBody } from "./body.ts";
import type { House } from "./house.ts";
import type { Limit, Route } from "./route.ts";

/** `/api/workshops/{id}` as Express writes it. */
const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

const answering =
  (route: Route, house: House): RequestHandler =>
  async (request, response) => {
    const answer = await route.run(house, request, response);
    if (response.headersSent) return;
    response.status(route.status ?? 200);
    if (answer === undefined) response.end();
    else response.json(answer);
  };

export const mount = (routes: readonly Route[], house: House, limits: Record<Limit, RequestHandler>): Router => {
  const router = Router();
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = expressPath(route.path);
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    const before = [...(route.limit ? [limits[route.limit]] : []), ...(route.body ? jsonBody : [])];
    router[route.method](path, ...before, answering(route, house));
  }
  for (const [path, allowed] of methods) {
    router.all(path, (_request, response) => {
      response.set("Allow", allowed.join(", "));
      throw new Refusal("wrong-method");
    });
  }
  return router;
};
