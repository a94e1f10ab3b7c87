/** Unknown JSON read as minutes: the value, or a mistake named by its path. */
import * as v from "valibot";
import { MINUTES } from "./schema.ts";
import type { Minutes } from "./value.ts";

export class ParseError extends Error {
  /** Where the mistake is, as in `sections[2].items[0].text`; "" for the value itself. */
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(path === "" ? message : `${path}: ${message}`, options);
    this.name = "ParseError";
    this.path = path;
  }
}

/**
 * Gives a new value that holds the known keys only: what a newer version added is left out, not refused.
 * @throws {ParseError} for the first thing that is not as it should be
 */
export function parseMinutes(input: unknown): Minutes {
  return parseWith(MINUTES, input);
}

/** @throws {ParseError} for the first issue the schema finds */
export function parseWith<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ParseError(pathOf(issue), issue.expected === "never" ? "an unknown key" : issue.message);
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  let path = "";
  for (const { key } of issue.path ?? []) {
    path += typeof key === "number" ? `[${key}]` : path === "" ? String(key) : `.${String(key)}`;
  }
  return path;
}
