/** One HTTP request as a test wants it: any method, any header, any path, nothing tidied up on the way. */
import { request, type IncomingHttpHeaders } from "node:http";

export interface Told {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as it is; anything but text is sent as JSON. */
  body?: unknown;
}

/** Asks `path` of the server at `url` over a connection of its own. */
export const ask = (url: string, path: string, { method = "GET", headers = {}, body }: Asking = {}): Promise<Told> => {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const type = body === undefined || typeof body === "string" ? {} : { "content-type": "application/json" };
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      // A length even without a body: a POST that says neither is told apart by some parsers.
      {
        hostname,
        port,
        path,
        method,
        agent: false,
        headers: { ...type, "content-length": String(Buffer.byteLength(text ?? "")), ...headers },
      },
      (answer) => {
        let told = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => (told += chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: told }));
        answer.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end(text);
  });
};

export const bearer = (credential: string): Record<string, string> => ({ authorization: `Bearer ${credential}` });
