/** A01: every address × every method × every kind of link, asked of the real server, against a matrix written by hand. */
import { readFileSync } from "node:fs";
import { METHODS } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codes } from "../../server/routes/codes.ts";
import { condition } from "../../server/routes/condition.ts";
import { entrance } from "../../server/routes/entrance.ts";
import { installed } from "../../server/routes/installed.ts";
import { health } from "../../server/routes/health.ts";
import type { House } from "../../server/routes/house.ts";
import { reading } from "../../server/routes/reading.ts";
import { TABLE } from "../../server/routes/table.ts";
import { ask, bearer, type Told } from "../support/asking.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { credentialsFor, expected, KINDS, type Kind } from "./kinds.ts";

/** `+` let in, `-` known but not allowed (403), `0` nobody (401): one sign per kind, in the order above. */
const API: Record<string, string> = {
  "get /api/templates": "+++++ ++++++",
  "get /api/templates/{template}": "+++++ ++++++",
  "post /api/workshops": "+++++ ++++++",
  "get /api/workshops/{id}": "+++++ 000000",
  "get /api/workshops/{id}/document": "+++++ 000000",
  "get /api/workshops/{id}/minutes.{format}": "+++++ 000000",
  "post /api/workshops/{id}/duplicates": "++--+ 000000",
  "post /api/workshops/{id}/state": "+---- 000000",
  "post /api/workshops/{id}/code": "+---- 000000",
  "post /api/workshops/{id}/sessions": "+++++ 000000",
  // A name belongs to a session: no bare link can change one.
  "patch /api/workshops/{id}/sessions": "----+ 000000",
  // What is kept of oneself, only a session knows; it is told to its visitor alone.
  "get /api/workshops/{id}/contributions": "----+ 000000",
  "post /api/workshops/{id}/items": "++--+ 000000",
  "post /api/workshops/{id}/votes": "+++-+ 000000",
  "patch /api/workshops/{id}/votes": "+---- 000000",
  "get /api/workshops/{id}/stage": "+++++ 000000",
  "post /api/workshops/{id}/stage": "+++-+ 000000",
  // Deleted words are not for those who only read.
  "get /api/workshops/{id}/history": "++--+ 000000",
  "get /api/workshops/{id}/history/{seq}": "++--+ 000000",
  "get /api/workshops/{id}/history/{seq}/minutes.{format}": "++--+ 000000",
  "post /api/workshops/{id}/versions": "+---- 000000",
  "post /api/workshops/{id}/restore": "+---- 000000",
  "get /api/workshops/{id}/links": "+---- 000000",
  "post /api/workshops/{id}/links": "+---- 000000",
  "delete /api/workshops/{id}/links/{link}": "+---- 000000",
  "post /api/codes": "+++++ ++++++",
};

/** Pages: the kind of link stands in the path where there is one. */
const PAGES: Record<string, string> = {
  "get /": "+++++ ++++++",
  "get /templates/:id": "+++++ ++++++",
  "get /privacy": "+++++ ++++++",
  "get /w/:id": "+++++ ++++++",
  "get /w/:id/projector": "+++++ ++++++",
  "get /j": "+++++ ++++++",
  "get /j/:code": "+++++ ++++++",
  "get /service-worker.js": "+++++ ++++++",
  "get /manifest.webmanifest": "+++++ ++++++",
  "get /healthz": "+++++ ++++++",
  "get /readyz": "+++++ ++++++",
  "get /metrics": "+++++ ++++++",
  // Only whoever can read the key file makes the word; anybody else finds nothing there.
  "get /check/:secret": "00000 000000",
  "get /r/:secret": "000+0 000000",
  "get /r/:secret/projector": "000+0 000000",
  "get /r/:secret/minutes.:format": "000+0 000000",
  "head /r/:secret/changes": "000+0 000000",
  "get /r/:secret/changes": "000+0 000000",
};

/** What app.ts mounts beside the table and the pages. */
const ELSEWHERE = ["get /api/openapi.json"];

/** What app.ts puts before the routes, the routes, and what comes after them, in its order. */
const BEFORE = ["headers", "journal"];
const MOUNTED = [
  "health",
  "compression",
  "assets",
  "mount",
  "lanes",
  "entrance",
  "codes",
  "installed",
  "reading",
  "condition",
];
const AFTER = ["nothingHere", "tellError"];

const BODIES: Record<string, object> = {
  "post /api/workshops": { template: "vierge" },
  "post /api/workshops/{id}/duplicates": { text: false, kind: "workshop" },
  "post /api/workshops/{id}/state": { state: "live" },
  "post /api/workshops/{id}/sessions": { layout: 1 },
  "patch /api/workshops/{id}/sessions": { name: "Nadia" },
  "post /api/workshops/{id}/items": { section: "propositions", text: "Un banc" },
  "post /api/workshops/{id}/votes": { section: "propositions", item: "nothing" },
  "patch /api/workshops/{id}/votes": { section: "propositions", open: true },
  "post /api/workshops/{id}/stage": { do: "raise" },
  "post /api/workshops/{id}/versions": { name: "Midi" },
  "post /api/workshops/{id}/restore": { seq: 1 },
  "post /api/workshops/{id}/links": { capability: "read" },
};

let server: TestServer;
let target: Started;
let credentials: Record<Kind, string>;

beforeAll(async () => {
  server = await new TestServer().start();
  target = await startWorkshop(server.url, "propositions-en-direct");
  credentials = await credentialsFor(server, target);
});
afterAll(async () => {
  await server.remove();
});

const verdict = ({ status, body }: Told): string => {
  if (status === 401) return /unknown-link|session-expired/.test(body) || !body.startsWith("{") ? "0" : "?";
  if (status === 403) return body.includes("wrong-capability") ? "-" : "?";
  return status < 500 && status !== 405 ? "+" : "?";
};

const filled = (path: string): string =>
  path
    .replace("{id}", target.id)
    .replace("{template}", "vierge")
    .replace("{format}", "txt")
    .replace("{seq}", "1")
    .replace("{link}", "nothing");

describe("A01 the matrix", () => {
  test("knows every address there is, and no other", () => {
    expect(TABLE.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(Object.keys(API).toSorted());
    const nobody = {} as House;
    const routers = [
      entrance(nobody),
      codes(nobody, () => undefined),
      installed(nobody, "dist/service-worker.js"),
      reading(nobody),
      health(nobody, async () => undefined),
      condition(nobody, async () => []),
    ];
    const mounted = routers.flatMap(({ stack }) =>
      stack.flatMap(({ route }) =>
        [route!.path].flat().flatMap((path) => route!.stack.map(({ method }) => `${method} ${path}`)),
      ),
    );
    expect(mounted.toSorted()).toEqual(Object.keys(PAGES).toSorted());
    const app = readFileSync(new URL("../../server/app.ts", import.meta.url), "utf8");
    const others = [...app.matchAll(/\bapp\.(get|post|put|patch|delete|all)\("(\/[^"]*)"/g)];
    expect(others.map(([, method, path]) => `${method} ${path}`)).toEqual(ELSEWHERE);
    // Whoever mounts more has to say here, and in `lines.test.ts`, who may do what there.
    const mounts = [...app.matchAll(/\bapp\.use\((?:"[^"]*", )?(\w+)/g)].map(([, name]) => name);
    expect(mounts).toEqual([...BEFORE, ...MOUNTED, ...AFTER]);
  });

  test("holds for the API", async () => {
    const wrong: string[] = [];
    const minutes = (): Promise<Told> =>
      ask(server.url, `/api/workshops/${target.id}`, { headers: bearer(target.links.read) });
    for (const { method, path } of TABLE) {
      const cell = `${method} ${path}`;
      for (const kind of KINDS) {
        const before = await minutes();
        const told = await ask(server.url, filled(path), {
          method: method.toUpperCase(),
          headers: kind === "none" ? {} : bearer(credentials[kind]),
          body: BODIES[cell],
        });
        const [found, wanted] = [verdict(told), expected(API[cell], kind)];
        if (found !== wanted) wrong.push(`${cell} with ${kind}: ${found} (${told.status}), not ${wanted}`);
        // Who was refused has changed nothing.
        if (wanted !== "+" && (await minutes()).body !== before.body) wrong.push(`${cell} with ${kind} had an effect`);
      }
    }
    process.stdout.write(`A01 ${TABLE.length * KINDS.length} cells of the API, ${wrong.length} mismatches\n`);
    expect(wrong).toEqual([]);
  });

  test("holds for the pages; HEAD ends as GET does, without a body", async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const [cell, row] of Object.entries(PAGES)) {
      const path = cell.split(" ")[1]!.replace(":format", "txt").replace(":id", "vierge").replace(":code", "ABCDEF");
      for (const kind of KINDS) {
        const address = path.replace(":secret", encodeURIComponent(credentials[kind] || " "));
        // News goes on for as long as somebody listens.
        const news = path.endsWith("/changes") && kind === "read";
        const methods = cell.startsWith("head") || news ? ["HEAD"] : ["GET", "HEAD"];
        for (const method of methods) {
          cells += 1;
          const told = await ask(server.url, address, { method });
          const found = verdict({ ...told, body: method === "HEAD" ? "" : told.body });
          if (found !== expected(row, kind)) wrong.push(`${method} ${path} with ${kind}: ${found} (${told.status})`);
          if (method === "HEAD" && told.body !== "") wrong.push(`HEAD ${path} has a body`);
        }
      }
    }
    process.stdout.write(`A01 ${cells} cells of the pages, ${wrong.length} mismatches\n`);
    expect(wrong).toEqual([]);
  });

  test("A09 no other method does anything, whoever asks", async () => {
    const wrong: string[] = [];
    let cells = 0;
    const methods = METHODS.filter((method) => method !== "CONNECT" && method !== "HEAD");
    const paths = new Set(TABLE.map(({ path }) => path));
    for (const path of paths) {
      const known = new Set(TABLE.filter((route) => route.path === path).map(({ method }) => method.toUpperCase()));
      for (const method of methods.filter((each) => !known.has(each))) {
        cells += 1;
        const told = await ask(server.url, filled(path), { method, headers: bearer(target.links.manage), body: {} });
        if (told.status !== 405) wrong.push(`${method} ${path}: ${told.status}`);
      }
    }
    for (const cell of [...Object.keys(PAGES), ...ELSEWHERE]) {
      const path = cell.split(" ")[1]!.replace(":secret", target.links.read).replace(":format", "txt");
      for (const method of methods.filter((each) => each !== "GET")) {
        cells += 1;
        const told = await ask(server.url, path, { method });
        // Asked what it may do, a page says so, and to no other origin.
        const says = method === "OPTIONS" && told.body === "GET, HEAD";
        if (told.status !== 404 && told.status !== 405 && !says) wrong.push(`${method} ${cell}: ${told.status}`);
        if (Object.keys(told.headers).some((name) => name.startsWith("access-control"))) wrong.push(`${cell}: CORS`);
      }
    }
    process.stdout.write(`A09 ${cells} cells of other methods, ${wrong.length} with an effect\n`);
    expect(wrong).toEqual([]);
  });
});
