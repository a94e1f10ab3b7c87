/** What every answer of the real server says of itself, and what none of them gives away, whoever asks and however. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, bearer, type Told } from "../support/asking.ts";
import { openLine } from "../support/line.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

let server: TestServer;
let workshop: Started;

beforeAll(async () => {
  server = await new TestServer({ LOG_LEVEL: "debug" }).start();
  workshop = await startWorkshop(server.url, "forum-ouvert");
});
afterAll(async () => {
  await server.remove();
});

const POLICY = "default-src 'none'";
const UPGRADE = "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

describe("X07 the policy stands on every answer", () => {
  /** What Node or `ws` would answer by themselves, and a request that asks for it. */
  const raw: [string, string, number][] = [
    ["headers beyond any measure", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(40_000)}\r\n\r\n`, 431],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["no HTTP", "GARBAGE\r\n\r\n", 400],
    ["two lengths", "POST /api/codes HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
    [
      "a length and chunks",
      "POST /api/codes HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    [
      "an unknown expectation",
      "GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n",
      200,
    ],
    [
      "an upgrade that is no WebSocket",
      "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
      200,
    ],
    [
      "two hosts behind an expectation",
      "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\nExpect: a-miracle\r\n\r\n",
      400,
    ],
    [
      "an upgrade for two hosts",
      `GET /live HTTP/1.1\r\nHost: x\r\nHost: y\r\nUpgrade: websocket\r\n${UPGRADE}\r\n`,
      400,
    ],
    ["an upgrade to nowhere", `GET /nowhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n${UPGRADE}\r\n`, 404],
    ["an upgrade by POST", `POST /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n${UPGRADE}\r\n`, 400],
    [
      "an upgrade without a key",
      "GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      400,
    ],
    [
      "an upgrade from a foreign page",
      `GET /live HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\nUpgrade: websocket\r\n${UPGRADE}\r\n`,
      403,
    ],
  ];

  test.each(raw)("also for %s", async (_what, request, status) => {
    const line = await openLine(server.url, request);
    // An answer that keeps the line open is complete with its headers.
    const seen = new Promise<void>((resolve) => {
      line.socket.on("data", () => line.said().includes("\r\n\r\n") && resolve());
    });
    await Promise.race([seen, line.closed]);
    line.socket.destroy();
    expect(line.said()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(line.said()).toContain(POLICY);
    expect(line.said().toLowerCase()).toContain("cache-control: no-store");
    expect(line.said()).not.toMatch(/set-cookie|x-powered-by|unsafe-/i);
  });

  test("and for every status the routes answer with", async () => {
    const read = workshop.links.read;
    const at = `/api/workshops/${workshop.id}`;
    const huge = { template: "x".repeat(400_000) };
    const answers: [number, Told][] = [
      [200, await ask(server.url, `/r/${read}`)],
      [200, await ask(server.url, `/r/${read}/changes`, { method: "HEAD" })],
      [201, await ask(server.url, `${at}/sessions`, { method: "POST", headers: bearer(read), body: {} })],
      [400, await ask(server.url, "/api/codes", { method: "POST", body: { code: 1 } })],
      [401, await ask(server.url, at)],
      [403, await ask(server.url, `${at}/links`, { headers: bearer(read) })],
      [404, await ask(server.url, "/assets/nothing.js")],
      [404, await ask(server.url, "/assets/../../package.json")],
      [405, await ask(server.url, at, { method: "PUT" })],
      [413, await ask(server.url, "/api/workshops", { method: "POST", body: huge })],
    ];
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(answers[0]![1].body)?.[1] ?? "";
    const { headers } = await ask(server.url, style);
    const again = { "if-modified-since": headers["last-modified"] ?? "" };
    const kept: [number, Told][] = [
      [200, await ask(server.url, style)],
      [304, await ask(server.url, style, { headers: again })],
      [200, await ask(server.url, style, { method: "HEAD" })],
    ];
    for (const [status, told] of [...answers, ...kept]) {
      expect(told.status).toBe(status);
      expect(told.headers["content-security-policy"]).toContain(POLICY);
      expect(told.headers["content-security-policy"]).toContain("require-trusted-types-for 'script'");
      expect(told.headers["content-security-policy"]).not.toContain("unsafe");
      expect(told.headers).toMatchObject({ "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" });
      // A18: no frame around us, no handle on our window.
      expect(told.headers).toMatchObject({ "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin" });
      expect(told.headers["set-cookie"]).toBeUndefined();
    }
    // A11: whatever a proxy keeps, it is nothing that a link opened.
    for (const [, { headers: each }] of answers) expect(each["cache-control"]).toBe("no-store");
  });

  test("A14 a robot that asks for the head of the news is not kept waiting, nor does it keep us", async () => {
    const line = await openLine(server.url, `HEAD /r/${workshop.links.read}/changes HTTP/1.1\r\nHost: x\r\n\r\n`);
    line.socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    // The second answer on the same line comes only after the first has ended.
    expect(await line.closed).toMatch(/text\/event-stream[\s\S]+HTTP\/1.1 200 [\s\S]+ok\n$/);
  });
});

describe("A09 nothing happens from another site", () => {
  const at = (): string => `/api/workshops/${workshop.id}`;
  const minutes = async (): Promise<string> =>
    (await ask(server.url, at(), { headers: bearer(workshop.links.read) })).body;

  test("a form, a plain text, a GET with an override, a preflight: no effect and no permission", async () => {
    const before = await minutes();
    const origin = { origin: "http://evil.example", "sec-fetch-site": "cross-site" };
    const form = { ...origin, "content-type": "application/x-www-form-urlencoded" };
    const plain = { ...origin, "content-type": "text/plain" };
    const override = {
      ...bearer(workshop.links.manage),
      "x-http-method-override": "DELETE",
      "x-method-override": "POST",
    };
    const wanted = {
      ...origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    };
    const json = '{"template":"vierge"}';
    const answers = {
      form: await ask(server.url, "/api/workshops", { method: "POST", headers: form, body: "template=vierge" }),
      plain: await ask(server.url, "/api/workshops", { method: "POST", headers: plain, body: json }),
      item: await ask(server.url, `${at()}/items`, { method: "POST", headers: form, body: "section=actions&text=x" }),
      query: await ask(
        server.url,
        `${at()}/items?_method=POST&text=x&section=actions&authorization=${workshop.links.write}`,
      ),
      override: await ask(server.url, `${at()}/links`, { headers: override }),
      preflight: await ask(server.url, `${at()}/items`, { method: "OPTIONS", headers: wanted }),
    };
    expect(Object.fromEntries(Object.entries(answers).map(([what, { status }]) => [what, status]))).toEqual({
      form: 400,
      plain: 400,
      item: 401,
      query: 405,
      override: 200,
      preflight: 405,
    });
    for (const { headers } of Object.values(answers)) {
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    expect(await minutes()).toBe(before);
  });
});

describe("A15 a link that leads nowhere never says why", () => {
  test("withdrawn, forged, another workshop's and never existed are told alike, over HTTP and for a page", async () => {
    const given = await ask(server.url, `/api/workshops/${workshop.id}/links`, {
      method: "POST",
      headers: bearer(workshop.links.manage),
      body: { capability: "read" },
    });
    const link = JSON.parse(given.body) as { id: string; secret: string };
    await ask(server.url, `/api/workshops/${workshop.id}/links/${link.id}`, {
      method: "DELETE",
      headers: bearer(workshop.links.manage),
    });
    const other = await startWorkshop(server.url);
    const forged = `${link.secret.slice(0, -1)}${link.secret.endsWith("A") ? "B" : "A"}`;
    const told: unknown[] = [];
    for (const secret of [link.secret, forged, other.links.read, "x".repeat(33)]) {
      const api = await ask(server.url, `/api/workshops/${workshop.id}`, { headers: bearer(secret) });
      const { date: _date, ...headers } = api.headers;
      told.push([api.status, api.body, headers]);
    }
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    const pages: string[] = [];
    for (const secret of [link.secret, forged, "x".repeat(33)]) {
      const page = await ask(server.url, `/r/${secret}`);
      pages.push(`${page.status} ${page.body}`);
    }
    expect(new Set(pages).size).toBe(1);
    // A workshop that never existed is no different from one whose link is wrong.
    const nowhere = await ask(server.url, "/api/workshops/m6hit9kusse3j1it", { headers: bearer("x".repeat(33)) });
    expect(nowhere.body).toBe((told[0] as [number, string])[1]);
  });
});

describe("A17 an error tells nothing of the machine", () => {
  test.each([
    ["a broken path", "/r/%E0%A4%A"],
    ["a NUL", "/r/%00"],
    ["a path upwards", "/assets/..%2f..%2fpackage.json"],
    ["a very long address", `/r/${"x".repeat(8000)}`],
    ["a range that is none", "/assets/"],
    ["a repeated query", "/?lang=fr&lang=en&lang[x]=1"],
    ["a code of any length", `/j/${encodeURIComponent("<script>".repeat(500))}`],
    ["a template of any name", "/templates/__proto__"],
    ["a format of any name", `/r/x/minutes.constructor`],
  ])("%s", async (_what, path) => {
    const { status, body, headers } = await ask(server.url, path, { headers: { range: "bytes=9-1,x" } });
    expect(status).toBeLessThan(500);
    const all = body + JSON.stringify(headers);
    expect(all).not.toMatch(/\n\s+at |node_modules|\/server\/|SQLITE|express|Error:|file:\/\//);
    expect(all).not.toContain(server.dataDir);
    expect(all).not.toContain("<script>");
  });
});

describe("L05 whoever dawdles is hung up on", () => {
  test("half a request, a body that never ends, and silence, while others are served", async () => {
    const began = Date.now();
    const half = await openLine(server.url, "GET / HTTP/1.1\r\nHost: x\r\n");
    const dribble = await openLine(server.url, "GET / HTTP/1.1\r\n");
    const timer = setInterval(() => dribble.socket.write("X: y\r\n"), 500);
    const silent = await openLine(server.url);
    const upgrade = await openLine(server.url, "GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n");
    const closed = Promise.all([half, dribble, silent, upgrade].map((line) => line.closed));
    expect((await ask(server.url, "/healthz")).status).toBe(200);
    const said = await closed;
    clearInterval(timer);
    const seconds = (Date.now() - began) / 1000;
    process.stdout.write(`L05 four slow lines closed after ${seconds.toFixed(1)} s\n`);
    expect(said[0]).toMatch(/^HTTP\/1.1 408 /);
    expect(said[0]).toContain(POLICY);
  });
});
