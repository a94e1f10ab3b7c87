/** The description of the JSON API for programs, made from the very table that mounts it. */
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

/** What a valibot schema shows of itself; its types hide it, its documentation does not. */
interface Shape {
  type: string;
  entries?: Record<string, Shape>;
  wrapped?: Shape;
  options?: unknown[];
  literal?: unknown;
  pipe?: Shape[];
}

/** A valibot schema as JSON Schema: the kinds our requests are made of; anything else may be anything. */
const jsonSchema = (schema: object): Json => {
  const { type, entries, wrapped, options, literal, pipe } = schema as Shape;
  // The checks of a pipe stand beside its first schema, which is the one that says what arrives.
  if (pipe && pipe[0] && pipe[0] !== schema) return jsonSchema(pipe[0]);
  if (type === "optional" && wrapped) return jsonSchema(wrapped);
  if (type === "nullable" && wrapped) return { anyOf: [jsonSchema(wrapped), { type: "null" }] };
  if (type === "literal") return { const: literal };
  if (type === "variant") return { oneOf: (options ?? []).map((each) => jsonSchema(each as object)) };
  if (type === "picklist") return { type: "string", enum: options };
  if (type === "object" && entries) {
    const required = Object.entries(entries).filter(([, each]) => each.type !== "optional");
    return {
      type: "object",
      properties: Object.fromEntries(Object.entries(entries).map(([name, each]) => [name, jsonSchema(each)])),
      ...(required.length > 0 ? { required: required.map(([name]) => name) } : {}),
    };
  }
  return ["string", "number", "boolean"].includes(type) ? { type } : {};
};

const ERROR = {
  description: "A refusal",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
};

const optional = (where: "header" | "query", all: Readonly<Record<string, string>>): Json[] =>
  Object.entries(all).map(([name, description]) => ({
    name,
    in: where,
    description,
    required: false,
    schema: { type: "string" },
  }));

const operation = ({
  path,
  summary,
  needs,
  body,
  headers = {},
  query = {},
  status = 200,
  answer,
  produces = "application/json",
}: Route): Json => ({
  summary,
  ...(needs ? { description: `The bearer must allow: ${needs}.`, security: [{ link: [] }] } : { security: [] }),
  parameters: [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...optional("header", headers),
    ...optional("query", query),
  ],
  ...(body ? { requestBody: { required: true, content: { "application/json": { schema: jsonSchema(body) } } } } : {}),
  responses: {
    [status]: { description: answer, ...(status === 204 ? {} : { content: { [produces]: {} } }) },
    default: ERROR,
  },
});

export const openApi = (routes: readonly Route[], version: string): Json => {
  const paths: Record<string, Json> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: "3.1.0",
    info: { title: "Minutier", version, description: "Workshops, their minutes, their links." },
    paths,
    components: {
      securitySchemes: {
        link: { type: "http", scheme: "bearer", description: "The secret of a link, or the token of a session." },
      },
      schemas: {
        Error: {
          type: "object",
          properties: {
            error: {
              type: "object",
              properties: { code: { type: "string" }, message: { type: "string" }, id: { type: "string" } },
              required: ["code", "message"],
            },
          },
          required: ["error"],
        },
      },
    },
  };
};
