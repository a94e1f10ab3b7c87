/** One line in the log per answer, by the pattern of its address: addresses themselves carry secrets. */
import type { Request, RequestHandler } from "express";
import type { House } from "./house.ts";

/** The pattern that matched, e.g. `/r/:secret`; what matched nothing is not repeated. */
const patternOf = (request: Request): string => {
  const route: unknown = request.route;
  const known = typeof route === "object" && route !== null && "path" in route ? route.path : undefined;
  if (known !== undefined) return typeof known === "string" ? known : "several";
  return request.baseUrl.startsWith("/assets") ? "/assets" : "none";
};

export const journal =
  (house: House): RequestHandler =>
  (request, response, next) => {
    const began = process.hrtime.bigint();
    response.once("finish", () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const route = patternOf(request);
      house.gauges.answered(route, response.statusCode, seconds);
      const line = { method: request.method, route, status: response.statusCode, ms: Math.round(seconds * 1000) };
      house.logger.debug(line, "answered");
    });
    next();
  };
