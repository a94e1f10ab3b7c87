/** One route of the JSON API: what mounts it and what documents it is the same declaration. */
import type { Request, Response } from "express";
import type { GenericSchema, InferOutput } from "valibot";
import { parseRequest, type Capability } from "../../document/session.ts";
import type { Grant } from "../access/access.ts";
import { mustBePlain } from "./body.ts";
import { bearerOf } from "./credential.ts";
import type { House } from "./house.ts";
import { atLeast } from "../../document/session.ts";
import { Refusal } from "../../document/refusal.ts";

/** Which limit a route counts against, beside the one on the size of a body. */
export type Limit = "codes" | "creation";

interface Declaration {
  method: "get" | "post" | "patch" | "delete";
  /** As OpenAPI writes it: `/api/workshops/{id}`. */
  path: string;
  summary: string;
  /** What the bearer must allow; absent: anybody may call. */
  needs?: Capability;
  limit?: Limit;
  body?: GenericSchema;
  /** Headers of its own that a request may carry, and what they do. */
  headers?: Readonly<Record<string, string>>;
  /** What may stand behind the `?` of the address, and what it does; the handler is given nothing else from there. */
  query?: Readonly<Record<string, string>>;
  /** Status of success; 200 unless told. */
  status?: number;
  /** What the answer holds, in words. */
  answer: string;
  /** Media type of the answer when it is not JSON. */
  produces?: string;
}

/** What a handler is given. */
export interface Call<Body, Granted, Asked extends string = never> {
  house: House;
  params: Readonly<Record<string, string>>;
  /** What is declared and no more, as it came: several times, or as something else than text. */
  query: Readonly<Partial<Record<Asked, unknown>>>;
  body: Body;
  grant: Granted;
  request: Request;
  response: Response;
}

export interface Route extends Declaration {
  run: (house: House, request: Request, response: Response) => Promise<unknown>;
}

type BodyOf<D extends Declaration> = D["body"] extends GenericSchema ? InferOutput<D["body"]> : undefined;
type GrantOf<D extends Declaration> = D["needs"] extends Capability ? Grant : undefined;
type AskedOf<D extends Declaration> = D["query"] extends object ? keyof D["query"] & string : never;
type QueryOf<D extends Declaration> = Call<BodyOf<D>, GrantOf<D>, AskedOf<D>>["query"];

const paramsOf = (request: Request): Record<string, string> =>
  Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));

/** The grant of a request for a workshop. Throws Refusal `wrong-capability` where it is not enough. */
const grantFor = async (house: House, request: Request, workshop: string, needs: Capability): Promise<Grant> => {
  const grant = await house.access.authorise(workshop, bearerOf(request));
  if (!atLeast(grant.capability, needs)) throw new Refusal("wrong-capability", needs);
  return grant;
};

/**
 * Declares a route. `handle` is called with a body that fits `body` and a grant that allows `needs`; what it gives is
 * the answer (undefined: the handler has answered itself, or there is nothing to say).
 */
export const route = <const D extends Declaration>(
  declaration: D,
  handle: (call: Call<BodyOf<D>, GrantOf<D>, AskedOf<D>>) => unknown,
): Route => ({
  ...declaration,
  async run(house, request, response) {
    const params = paramsOf(request);
    const { needs, body, query = {} } = declaration;
    // Who asks comes before what is asked: a wrong body must tell nothing to somebody who may not send any.
    const grant = needs ? await grantFor(house, request, params["id"] ?? "", needs) : undefined;
    if (body) mustBePlain(request);
    const parsed = body ? parseRequest(body, request.body) : undefined;
    return handle({
      house,
      params,
      query: Object.fromEntries(Object.keys(query).map((name) => [name, request.query[name]])) as QueryOf<D>,
      request,
      response,
      body: parsed as BodyOf<D>,
      grant: grant as GrantOf<D>,
    });
  },
});
