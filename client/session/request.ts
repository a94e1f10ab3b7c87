/** One call of the JSON API: the words of a refusal come back as an error people can read. */
import type { ErrorAnswer } from "../../document/session.ts";
import { languageNow } from "../wanted.ts";

/** Whoever asks whether the server is there wants to know it soon. */
const PATIENCE = 4_000;

/** The server said no; `message` is its sentence, in the language of the interface. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Nobody answered: no network, or no server. */
export class Unreachable extends Error {}

interface Call {
  /** Origin of the server; none in a page, which talks to where it came from. */
  server?: string | undefined;
  method: string;
  path: string;
  bearer?: string;
  body?: unknown;
  signal?: AbortSignal;
}

/** The code and the sentence of an answer that says no; a proxy's own page has neither. */
const words = async (response: Response): Promise<ErrorAnswer["error"]> => {
  const answer = (await response.json().catch(() => null)) as Partial<ErrorAnswer> | null;
  return answer?.error ?? { code: "unexpected", message: "" };
};

/** Gives the response of a successful call; throws Refused or Unreachable. */
export const request = async ({ server = "", method, path, bearer, body, signal }: Call): Promise<Response> => {
  const headers: Record<string, string> = { "accept-language": languageNow() };
  if (bearer !== undefined) headers["authorization"] = `Bearer ${bearer}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(server + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw new Unreachable("unreachable", { cause: error });
  }
  if (response.ok) return response;
  // A proxy in between answers 502 to 504 with a page of its own while the server restarts.
  if (response.status >= 502 && response.status <= 504) throw new Unreachable(`status ${response.status}`);
  const { code, message } = await words(response);
  throw new Refused(code, response.status, message);
};

/** Whether the server answers at all. */
export const isThere = async (server = ""): Promise<boolean> => {
  try {
    const response = await fetch(`${server}/healthz`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return response.ok;
  } catch {
    return false;
  }
};
