/** A12 A13 P03: what a busy server leaves behind on its disk and in its log, and what a reader finds who fetches everything. */
import { execFileSync } from "node:child_process";
import { readFileSync, globSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionAnswer } from "../../document/session.ts";
import { ask, bearer } from "../support/asking.ts";
import { LiveClient, yjsClient } from "../support/clients.ts";
import { TestServer, type Started } from "../support/server.ts";

let server: TestServer;
let workshop: Started;
/** Everything that opens something, as it was shown to the server. */
const secrets = new Map<string, string>();
/** What people told the server in confidence. */
const PRIVATE = ["Céline Indiscrète", "Commune de Confidence", "un mot que personne ne doit lire", "203.0.113.45"];
const KEY = "dGhlIGtleSBvZiBhIGJyb3dzZXI";
const PASSPHRASE = "ouvre-toi sésame";

const post = async <T>(path: string, credential: string, body: object): Promise<T> => {
  const headers = { ...bearer(credential), "x-forwarded-for": "203.0.113.45" };
  return JSON.parse((await ask(server.url, path, { method: "POST", headers, body })).body || "null") as T;
};

beforeAll(async () => {
  server = await new TestServer({ LOG_LEVEL: "debug", CREATE: PASSPHRASE, TRUST_PROXY: "1" }).start();
  const body = { template: "propositions-en-direct", passphrase: PASSPHRASE };
  workshop = JSON.parse((await ask(server.url, "/api/workshops", { method: "POST", body })).body) as Started;
  const at = `/api/workshops/${workshop.id}`;
  for (const [name, secret] of Object.entries(workshop.links)) secrets.set(name, secret);
  secrets.set("passphrase", PASSPHRASE);
  secrets.set("key of the browser", KEY);
  const who = { visitor: KEY, name: PRIVATE[0], organisation: PRIVATE[1], layout: 1 };
  const session = await post<SessionAnswer>(`${at}/sessions`, workshop.links.write, who);
  secrets.set("session", session.token);
  const { link } = await post<{ link: string }>("/api/codes", "", { code: workshop.code });
  secrets.set("personal", link);
  const given = await post<{ secret: string; id: string }>(`${at}/links`, workshop.links.manage, {
    capability: "write",
  });
  secrets.set("given", given.secret);
  const client = new LiveClient({ url: server.live }, workshop.id, session.token, { clientId: session.clientId });
  await client.saved();
  client.write(PRIVATE[2]!, "contexte");
  await client.saved();
  const script = yjsClient(server.yjs, workshop.id, given.secret);
  await script.when(() => script.provider.synced);
  await post(`${at}/items`, workshop.links.write, { section: "propositions", text: PRIVATE[2]!, author: PRIVATE[0]! });
  // And everything goes wrong that can: secrets in the wrong places, withdrawn, malformed, of another kind.
  for (const secret of secrets.values()) {
    const part = encodeURIComponent(secret);
    for (const path of [
      `/r/${part}`,
      `/w/${part}`,
      `/j/${part}`,
      `/${part}`,
      `/api/workshops/${part}`,
      `/?secret=${part}`,
    ])
      await ask(server.url, path, { headers: { ...bearer(part), referer: `${server.url}/w/x#${part}`, cookie: part } });
    await post("/api/codes", "", { code: secret.slice(0, 40) });
    await post(`${at}/sessions`, part, { visitor: secret, layout: secret });
    const stranger = new LiveClient({ url: server.live }, workshop.id, `${secret}x`);
    await stranger.when(() => stranger.denied.length > 0 || stranger.closed.length > 0);
    stranger.destroy();
  }
  await ask(server.url, `${at}/links/${given.id}`, { method: "DELETE", headers: bearer(workshop.links.manage) });
  client.destroy();
  script.destroy();
});
afterAll(async () => {
  await server.remove();
});

/** The forms in which a text may stand in bytes. */
const forms = (text: string): Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, "utf16le"),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(JSON.stringify(text).slice(1, -1)),
  Buffer.from(Buffer.from(text).toString("base64").replaceAll("=", "")),
];

const found = (bytes: Buffer, texts: Iterable<[string, string]>): string[] =>
  [...texts].filter(([, text]) => forms(text).some((form) => bytes.includes(form))).map(([name]) => name);

describe("A12 nothing that opens anything is left behind", () => {
  test("in the log at its most talkative, on the disk, in the figures, in the list of processes", async () => {
    const files = globSync("**/*", { cwd: server.dataDir, withFileTypes: true }).filter((each) => each.isFile());
    const kept = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    const processes = existsSync("/proc") ? execFileSync("cat", [`/proc/${server.pid}/cmdline`]) : Buffer.from("");
    const places = {
      log: Buffer.from(server.output),
      disk: Buffer.concat(kept),
      figures: Buffer.from((await ask(server.url, "/metrics")).body),
      processes,
    };
    expect(server.output).toContain("answered");
    expect(places.disk.length).toBeGreaterThan(10_000);
    const hits = Object.entries(places).flatMap(([place, bytes]) =>
      found(bytes, secrets).map((name) => `${name}: ${place}`),
    );
    const searched = Object.values(places).reduce((sum, { length }) => sum + length, 0);
    process.stdout.write(`A12 ${secrets.size} secrets, ${searched} bytes searched, hits ${hits.length}\n`);
    expect(hits).toEqual([]);
  });

  test("P03 and the log holds no text, no name, no code, no address of anybody", () => {
    const wanted = [...PRIVATE, workshop.code, "127.0.0.1"].map((each): [string, string] => [each, each]);
    // Where it listens is the host's own business, and stands in the line that says so.
    const log = Buffer.from(server.output.replaceAll(/ready at \S+/g, ""));
    expect(found(log, wanted)).toEqual([]);
  });
});

describe("A13 what a reader finds who fetches everything", () => {
  test("no other link, no session, no code, no key of a browser", async () => {
    const read = workshop.links.read;
    const at = `/api/workshops/${workshop.id}`;
    const bodies: string[] = [];
    const page = await ask(server.url, `/r/${read}`);
    bodies.push(page.body, JSON.stringify(page.headers));
    const assets = [...page.body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    const shell = (await ask(server.url, `/w/${workshop.id}`)).body;
    for (const [, path] of shell.matchAll(/"(\/assets\/[^"]+)"/g)) assets.push(path!);
    for (const path of assets)
      bodies.push((await ask(server.url, path)).body, (await ask(server.url, `${path}.map`)).body);
    for (const format of ["html", "md", "txt", "csv", "json"]) {
      bodies.push((await ask(server.url, `/r/${read}/minutes.${format}`)).body);
      bodies.push((await ask(server.url, `${at}/minutes.${format}`, { headers: bearer(read) })).body);
    }
    for (const path of ["", "/links", "/items", "/sessions", "/history", "/duplicates", "/state"])
      bodies.push((await ask(server.url, `${at}${path}`, { headers: bearer(read) })).body);
    for (const path of ["/", "/api/templates", "/api/openapi.json", "/metrics"])
      bodies.push((await ask(server.url, path)).body);
    const headers = bearer(read);
    const session = await ask(server.url, `${at}/sessions`, { method: "POST", headers, body: { layout: 1 } });
    bodies.push(session.body);
    const { token } = JSON.parse(session.body) as SessionAnswer;
    for (const credential of [read, token]) {
      const reader = new LiveClient({ url: server.live }, workshop.id, credential);
      await reader.when(() => reader.provider.isSynced);
      bodies.push(JSON.stringify(reader.doc.toJSON()), JSON.stringify(reader.signals));
      bodies.push(JSON.stringify([...(reader.provider.awareness?.getStates() ?? [])]));
      reader.destroy();
    }
    const everything = Buffer.from(bodies.join("\n"));
    const others = [...secrets].filter(([name]) => name !== "read");
    const hits = found(everything, [...others, ["code", workshop.code]]);
    process.stdout.write(
      `A13 ${everything.length} bytes searched for ${others.length + 1} secrets, hits ${hits.length}\n`,
    );
    expect(hits).toEqual([]);
    expect(bodies.some((body) => body.includes(PRIVATE[2]!))).toBe(true);
  });
});
