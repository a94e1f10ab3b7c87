/** The addresses of the real server: what each gives, to whom, and what every answer says about itself. */
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LAYOUT } from "../../document/layout.ts";
import { CAPABILITIES, type Capability, type CodeAnswer, type SessionAnswer } from "../../document/session.ts";
import type { Minutes } from "../../minutes/value.ts";
import { TABLE } from "../../server/routes/table.ts";
import { LiveClient } from "../support/clients.ts";
import { fillArranged } from "../../document/updates/filling.ts";
import { unpack } from "../../document/updates/packed.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

let server: TestServer;
let workshop: Started;

beforeAll(async () => {
  server = await new TestServer().start();
  workshop = await startWorkshop(server.url, "forum-ouvert");
});
afterAll(async () => {
  await server.remove();
});

interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

const api = async <T = { error: { code: string; message: string; id?: string } }>(
  method: string,
  path: string,
  { bearer, body, headers = {} }: { bearer?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> => {
  const answer = await fetch(server.url + path, {
    method,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get("content-type")?.includes("json") && text !== "";
  return { status: answer.status, headers: answer.headers, body: (json ? JSON.parse(text) : text) as T };
};

const at = (path = ""): string => `/api/workshops/${workshop.id}${path}`;

describe("T1 one table mounts and documents the API", () => {
  test("every route of the table is described, and nothing else", async () => {
    const { body } = await api<{ paths: Record<string, Record<string, object>> }>("GET", "/api/openapi.json");
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual(TABLE.map(({ method, path }) => `${method} ${path}`).toSorted());
    expect(body.paths["/api/workshops/{id}/items"]?.["post"]).toMatchObject({
      parameters: [{ name: "id" }, { name: "Idempotency-Key", in: "header", required: false }],
      requestBody: {
        content: {
          "application/json": {
            schema: { type: "object", required: ["section", "text"], properties: { text: { type: "string" } } },
          },
        },
      },
    });
  });

  test("whatever a route reads behind the `?` of its address is described", async () => {
    interface Parameter {
      name: string;
      in: string;
      required: boolean;
    }
    type Paths = Record<string, Record<string, { parameters: Parameter[] }>>;
    const { body } = await api<{ paths: Paths }>("GET", "/api/openapi.json");
    const asked = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters }) =>
        parameters.filter((each) => each.in === "query" && !each.required).map(({ name }) => `${path}?${name}`),
      ),
    );
    expect(asked.toSorted()).toEqual([
      "/api/templates/{template}?language",
      "/api/templates?language",
      "/api/workshops/{id}/document?epoch",
      "/api/workshops/{id}/history?before",
    ]);
    // Handlers are given what is declared: none may look for more.
    const sources = globSync("server/routes/*.ts").map((file) => ({ file, source: readFileSync(file, "utf8") }));
    const declaring = sources.filter(({ source }) => /^\s+route\($/mu.test(source));
    expect(declaring.length).toBeGreaterThan(5);
    expect(declaring.filter(({ source }) => source.includes(".query")).map(({ file }) => file)).toEqual([]);
  });

  const cells = TABLE.filter(({ needs }) => needs).flatMap((route) =>
    (["none", "malformed", "other", ...CAPABILITIES] as const).map((link) => ({ route, link })),
  );

  test.each(cells)("A01 $route.method $route.path with $link", async ({ route, link }) => {
    const target = await startWorkshop(server.url);
    const path = route.path.replace("{id}", target.id).replace("{format}", "txt").replace("{link}", "nothing");
    const bearer =
      link === "none"
        ? undefined
        : link === "malformed"
          ? "x".repeat(33)
          : link === "other"
            ? workshop.links.manage
            : target.links[link];
    const { status, body } = await api(route.method.toUpperCase(), path, {
      ...(bearer ? { bearer } : {}),
      ...(route.body ? { body: {} } : {}),
    });
    const verdicts = new Map([
      ["401 unknown-link", "nobody"],
      ["403 wrong-capability", "not enough"],
    ]);
    const verdict = verdicts.get(`${status} ${body.error?.code}`);
    const outsider = link === "none" || link === "malformed" || link === "other";
    // A name belongs to a session, and so does what somebody wrote: no bare link can change or see it.
    const personal =
      (route.method === "patch" && route.path.endsWith("/sessions")) || route.path.endsWith("/contributions");
    const enough =
      !outsider && !personal && CAPABILITIES.indexOf(link) >= CAPABILITIES.indexOf(route.needs as Capability);
    expect(verdict ?? "let in").toBe(outsider ? "nobody" : enough ? "let in" : "not enough");
    expect(status).toBeLessThan(500);
  });

  test("another method is a plain no that says which ones there are", async () => {
    const { status, headers, body } = await api("DELETE", at("/items"), { bearer: workshop.links.manage });
    expect([status, body.error.code, headers.get("allow")]).toEqual([405, "wrong-method", "POST"]);
  });
});

describe("T2 every answer says the same of itself", () => {
  const pages = (): string[] => [
    "/",
    "/j",
    `/j/${workshop.code}`,
    `/w/${workshop.id}`,
    `/r/${workshop.links.read}`,
    `/r/${workshop.links.read}/minutes.html`,
    "/templates/forum-ouvert",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/openapi.json",
    "/api/templates",
    // And everything that goes wrong:
    "/nothing",
    "/api/nothing",
    "/api/workshops/nothing",
    "/r/wrong",
    "/r/%E0%A4%A",
    "/api/%E0%A4%A",
    "/templates/nothing",
    "/assets/nothing.js",
    `/r/${workshop.links.write}`,
    `/r/${workshop.links.read}/minutes.exe`,
  ];

  test("X07 A11 a strict policy, no cookie, no referrer, nothing stored, nothing of the machine", async () => {
    for (const path of pages()) {
      const { headers, body, status } = await api<string>("GET", path);
      const policy = headers.get("content-security-policy") ?? "";
      expect({
        path,
        strict: policy.includes("default-src 'none'") && !policy.includes("unsafe"),
        cookie: headers.get("set-cookie"),
        referrer: headers.get("referrer-policy"),
        sniffing: headers.get("x-content-type-options"),
        made: headers.get("x-powered-by"),
        kept: headers.get("cache-control"),
        leaks: status >= 400 && /\n\s+at |node_modules|\/server\/|SQLITE/.test(JSON.stringify(body)),
        failed: status >= 500,
      }).toEqual({
        path,
        strict: true,
        cookie: null,
        referrer: "no-referrer",
        sniffing: "nosniff",
        made: null,
        kept: "no-store",
        leaks: false,
        failed: false,
      });
    }
  });

  test("a request that is none at all is answered with the policy too", async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write("GARBAGE\r\n\r\n");
    let answer = "";
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain("default-src 'none'");
  });
});

describe("T3 what goes wrong is told in a sentence", () => {
  test("to programs as JSON, to people as a page, in their language", async () => {
    const french = await api("GET", "/api/nothing", { headers: { "accept-language": "fr" } });
    const english = await api("GET", "/api/nothing", { headers: { "accept-language": "en" } });
    expect(french.body.error.code).toBe("unknown-address");
    expect(french.body.error.message).not.toBe(english.body.error.message);
    const page = await api<string>("GET", "/nothing", { headers: { "accept-language": "en" } });
    expect(page.status).toBe(404);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.body).toContain('lang="en"');
  });

  test.each([
    ["not JSON", "{", "application/json", 400],
    ["another type", "template=vierge", "application/x-www-form-urlencoded", 400],
    ["a list", "[]", "application/json", 400],
    ["a number for the template", '{"template":1}', "application/json", 400],
    ["very deep", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "application/json", 400],
    ["a prototype", '{"__proto__":{"template":"vierge"}}', "application/json", 400],
    ["too much", JSON.stringify({ template: "x".repeat(400_000) }), "application/json", 413],
  ])("M13 a body that is %s", async (_what, body, type, status) => {
    const answer = await fetch(`${server.url}/api/workshops`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/\n\s+at |node_modules/);
  });

  test("what is wrong in a body is named", async () => {
    const { body } = await api("POST", at("/items"), { bearer: workshop.links.write, body: { section: "x", text: 3 } });
    expect(body.error.code).toBe("malformed-request");
    expect(body.error.message).toContain("text");
  });
});

describe("T4 workshops over the API", () => {
  test("a workshop can be started from every template, in both languages, and read back", async () => {
    const { body: templates } = await api<{ id: string; title: string; kind: string }[]>("GET", "/api/templates");
    expect(templates.map(({ id }) => id)).toEqual([
      "forum-ouvert",
      "atelier-facilite",
      "propositions-en-direct",
      "retour-suites",
      "vierge",
    ]);
    for (const { id: template } of templates) {
      const shown = await api<{ example: Minutes }>("GET", `/api/templates/${template}?language=en`);
      expect(shown.body.example.language).toBe("en");
      for (const language of ["fr", "en"]) {
        const body = { template, language, title: "Œuvrer ensemble ?" };
        const started = await api<Started>("POST", "/api/workshops", { body });
        expect(started.status).toBe(201);
        const { id, links } = started.body;
        const { body: minutes } = await api<Minutes>("GET", `/api/workshops/${id}`, { bearer: links.read });
        expect(minutes).toMatchObject({ id, language, title: "Œuvrer ensemble ?", state: "live" });
        expect(minutes.sections.length).toBeGreaterThan(0);
      }
    }
  });

  test("an unknown template is refused", async () => {
    const { status, body } = await api("POST", "/api/workshops", { body: { template: "../../etc/passwd" } });
    expect([status, body.error.code]).toEqual([404, "unknown-template"]);
  });

  test("a bearer may be any address that holds the secret", async () => {
    for (const bearer of [workshop.addresses.write, workshop.addresses.read, workshop.links.vote]) {
      expect((await api("GET", at(), { bearer })).status).toBe(200);
    }
  });

  test("a session tells what the first paint needs, and no more than its link allows", async () => {
    for (const capability of CAPABILITIES) {
      const { status, body } = await api<SessionAnswer>("POST", at("/sessions"), {
        bearer: workshop.links[capability],
        body: { name: "Nadia", layout: 1 },
      });
      expect(status).toBe(201);
      expect(body).toMatchObject({ workshop: workshop.id, capability, kind: "workshop", state: "live" });
      expect(body.minutes?.id).toBe(workshop.id);
      const told = JSON.stringify(body);
      for (const more of CAPABILITIES.slice(CAPABILITIES.indexOf(capability) + 1)) {
        expect(told).not.toContain(workshop.links[more]);
      }
      // The code lets one write, so readers are not told.
      expect(told.includes(workshop.code)).toBe(capability === "write" || capability === "manage");
    }
  });

  test("T31 who comes for the first time is given the document, unless it is large; nobody else is", async () => {
    const { id, links } = await startWorkshop(server.url, "forum-ouvert");
    const [key, foreign] = ["k".repeat(22), "f".repeat(22)];
    const enter = async (visitor: string, layout = 1): Promise<string | undefined> => {
      const call = { bearer: links.write, body: { visitor, layout } };
      return (await api<SessionAnswer>("POST", `/api/workshops/${id}/sessions`, call)).body.document;
    };
    const client = new LiveClient({ url: server.live }, id, links.write);
    client.write("Où le mettre ?", "sujet");
    await client.saved();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from((await enter(key)) ?? "", "base64"));
    expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(client.doc));
    expect(doc.getText("prose:sujet").toString()).toContain("Où le mettre ?");
    expect(await enter(key)).toBeUndefined();
    expect(await enter(foreign, 999)).toBeUndefined();
    client.doc.transact(() => {
      const text = client.doc.getText("prose:discussion");
      for (let letter = 0; letter < 2_000; letter += 1) text.insert(0, "a");
    });
    await client.saved();
    expect(await enter("l".repeat(22))).toBeUndefined();
    client.destroy();
  });

  test("T32 all of a large document is sent as it was arranged, to whoever may read, of the epoch that is asked for", async () => {
    const { id, links } = await startWorkshop(server.url, "forum-ouvert");
    const client = new LiveClient({ url: server.live }, id, links.write);
    await client.saved();
    client.doc.transact(() => {
      const text = client.doc.getText("prose:discussion");
      for (let letter = 0; letter < 2_000; letter += 1) text.insert(0, "é");
    });
    await client.saved();
    const get = (secret: string, query = ""): Promise<Response> =>
      fetch(`${server.url}/api/workshops/${id}/document${query}`, { headers: { authorization: `Bearer ${secret}` } });
    const { epoch } = (await api<SessionAnswer>("POST", `/api/workshops/${id}/sessions`, { bearer: links.read })).body;
    const response = await get(links.read, `?epoch=${epoch}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-encoding")).not.toBeNull();
    const arranged = unpack(new Uint8Array(await response.arrayBuffer()))!;
    const doc = new Y.Doc();
    expect(fillArranged(doc, arranged)).toBe(true);
    expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(client.doc));
    expect(doc.getText("prose:discussion").toString()).toContain("ééé");
    expect((await get(links.read, `?epoch=${epoch + 1}`)).status).toBe(503);
    expect((await get("x".repeat(43))).status).toBe(401);
    client.destroy();
  });

  test("T33 whoever has the minutes comes back for a session without them", async () => {
    const call = (body: object) =>
      api<SessionAnswer>("POST", at("/sessions"), { bearer: workshop.links.write, body: { layout: 1, ...body } });
    const visitor = "m".repeat(22);
    expect((await call({ visitor })).body.minutes?.id).toBe(workshop.id);
    const { status, body } = await call({ visitor, minutes: false });
    expect(status).toBe(201);
    expect(body.token).toMatch(/./);
    expect(body).not.toHaveProperty("minutes");
    expect(body).not.toHaveProperty("own");
    // Nor is a reader or a screen of whom nothing is kept, so that they always come as if they were new.
    const without = async (secret: string, more: object): Promise<SessionAnswer> =>
      (await api<SessionAnswer>("POST", at("/sessions"), { bearer: secret, body: { layout: 1, ...more } })).body;
    for (const told of [
      await without(workshop.links.read, { minutes: false }),
      await without(workshop.links.write, { minutes: false, capability: "read" }),
    ]) {
      expect(told).not.toHaveProperty("minutes");
      expect(told).not.toHaveProperty("document");
    }
    expect(await without(workshop.links.write, { capability: "read" })).not.toHaveProperty("document");
    expect((await call({ visitor, minutes: true })).status).toBe(400);
  });

  test("a session of another layout only reads", async () => {
    const { body } = await api<SessionAnswer>("POST", at("/sessions"), {
      bearer: workshop.links.write,
      body: { layout: 999 },
    });
    expect(body.capability).toBe("read");
  });

  test("a name can be changed with the token, not with the bare link", async () => {
    const opened = await api<SessionAnswer>("POST", at("/sessions"), {
      bearer: workshop.links.write,
      body: { name: "Nadia", layout: 1 },
    });
    const renamed = await api<{ name: string }>("PATCH", at("/sessions"), {
      bearer: opened.body.token,
      body: { name: "Céline", organisation: "Mairie" },
    });
    expect(renamed.body).toMatchObject({ name: "Céline", organisation: "Mairie" });
    expect((await api("PATCH", at("/sessions"), { bearer: workshop.links.write, body: { name: "x" } })).status).toBe(
      403,
    );
  });

  test("items are added with a number, an author, and in the order they came", async () => {
    const { id, links } = await startWorkshop(server.url, "propositions-en-direct");
    const add = (text: string, author: string) =>
      api<{ number: number; author: string; text: string; at: string }>("POST", `/api/workshops/${id}/items`, {
        bearer: links.write,
        body: { section: "propositions", text, author },
      });
    const added = await Promise.all([add("Une place", "Brice"), add("Deux bancs", "Nadia"), add("Un arbre", "Brice")]);
    expect(added.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(added.map(({ body }) => body.number))).toEqual(new Set([1, 2, 3]));
    expect(added.map(({ body }) => body.author)).toEqual(["Brice", "Nadia", "Brice"]);
    const { body: minutes } = await api<Minutes>("GET", `/api/workshops/${id}`, { bearer: links.read });
    expect(JSON.stringify(minutes)).toContain("Deux bancs");
    const wrong = { section: "contexte", text: "x" };
    expect(
      (await api("POST", `/api/workshops/${id}/items`, { bearer: links.write, body: wrong })).body.error.code,
    ).toBe("unknown-section");
  });

  test("a workshop is duplicated as another one, and kept as a template", async () => {
    const copy = await api<Started>("POST", at("/duplicates"), {
      bearer: workshop.links.write,
      body: { text: false, kind: "workshop", title: "Suite" },
    });
    expect(copy.status).toBe(201);
    const kept = await api<Started>("POST", at("/duplicates"), {
      bearer: workshop.links.write,
      body: { text: false, kind: "template", title: "Notre forum" },
    });
    const { body: templates } = await api<{ id: string; title: string; kind: string }[]>("GET", "/api/templates");
    expect(templates).toContainEqual(expect.objectContaining({ id: kept.body.id, title: "Notre forum", kind: "kept" }));
    const again = await api<Started>("POST", "/api/workshops", { body: { template: kept.body.id } });
    expect(again.status).toBe(201);
    const { body: minutes } = await api<Minutes>("GET", `/api/workshops/${again.body.id}`, {
      bearer: again.body.links.read,
    });
    const { body: original } = await api<Minutes>("GET", at(), { bearer: workshop.links.read });
    expect(minutes.sections.map(({ heading }) => heading)).toEqual(original.sections.map(({ heading }) => heading));
  });

  test("the code opens the workshop while it is live, and dies with the live state", async () => {
    const { id, code, links } = await startWorkshop(server.url);
    const entered = await api<{ workshop: string; link: string; address: string }>("POST", "/api/codes", {
      body: { code },
    });
    expect(entered.body.workshop).toBe(id);
    expect(entered.body.address).toBe(`${server.url}/w/${id}#${entered.body.link}`);
    const set = await api<{ state: string; code: string | null }>("POST", `/api/workshops/${id}/state`, {
      bearer: links.manage,
      body: { state: "open" },
    });
    expect(set.body).toEqual({ state: "open", code: null });
    expect((await api("POST", "/api/codes", { body: { code } })).status).toBe(404);
  });

  test("T22 the code also gives a session in the same answer, which is that of the link it gives", async () => {
    const { id, code } = await startWorkshop(server.url, "forum-ouvert");
    const visitor = "a".repeat(22);
    const { status, body } = await api<CodeAnswer>("POST", "/api/codes", {
      body: { code, session: { visitor, layout: LAYOUT } },
    });
    expect(status).toBe(200);
    expect(body.session).toMatchObject({ workshop: id, capability: "write", code, writing: true });
    const again = await api<SessionAnswer>("POST", `/api/workshops/${id}/sessions`, {
      bearer: body.link,
      body: { visitor, layout: LAYOUT },
    });
    expect(body.session?.visitor).toEqual(again.body.visitor);
    expect(body.session?.minutes).toEqual(again.body.minutes);
    expect(body.session?.address).toBe(again.body.address);
    const named = await api<{ name: string }>("PATCH", `/api/workshops/${id}/sessions`, {
      bearer: body.session!.token,
      body: { name: "Nadia" },
    });
    expect(named.body.name).toBe("Nadia");
    const refused = await api("POST", "/api/codes", { body: { code, session: { visitor: "short" } } });
    expect(refused.status).toBe(400);
  });

  test("links are given, shown and withdrawn", async () => {
    const given = await api<{ id: string; secret: string; address: string }>("POST", at("/links"), {
      bearer: workshop.links.manage,
      body: { capability: "write", label: "Secrétaire" },
    });
    expect(given.status).toBe(201);
    expect(given.body.address).toBe(`${server.url}/w/${workshop.id}#${given.body.secret}`);
    expect((await api("GET", at(), { bearer: given.body.secret })).status).toBe(200);
    expect((await api("DELETE", at(`/links/${given.body.id}`), { bearer: workshop.links.manage })).status).toBe(204);
    expect((await api("GET", at(), { bearer: given.body.secret })).status).toBe(401);
    const { body } = await api<{ id: string; withdrawn: string | null }[]>("GET", at("/links"), {
      bearer: workshop.links.manage,
    });
    expect(body.find(({ id }) => id === given.body.id)?.withdrawn).toEqual(expect.any(String));
  });

  test("wrong codes are counted, right ones are not", async () => {
    const own = await new TestServer().start();
    const { code } = await startWorkshop(own.url);
    const enter = async (tried: string): Promise<number> => {
      const body = JSON.stringify({ code: tried });
      const answer = await fetch(`${own.url}/api/codes`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      return answer.status;
    };
    for (let count = 0; count < 60; count += 1) expect(await enter(code)).toBe(200);
    const statuses: number[] = [];
    for (let count = 0; count < 40; count += 1) statuses.push(await enter("AAAAAA"));
    expect(statuses.at(0)).toBe(404);
    expect(statuses.at(-1)).toBe(429);
    await own.remove();
  });
});

describe("T8 what a read link opens", () => {
  test("the page is complete without a script, and holds no address that lets one write", async () => {
    const { body } = await api<string>("GET", `/r/${workshop.links.read}`);
    const { body: minutes } = await api<Minutes>("GET", at(), { bearer: workshop.links.read });
    for (const { heading } of minutes.sections)
      expect(body.replaceAll("\u00A0", " ")).toContain(heading.replaceAll("\u00A0", " "));
    for (const capability of ["vote", "write", "manage"] as const)
      expect(body).not.toContain(workshop.links[capability]);
  });

  test.each(["html", "md", "txt", "csv", "json"])(
    "T25 minutes.%s, by the address and by the API alike",
    async (format) => {
      const page = await api<string>("GET", `/r/${workshop.links.read}/minutes.${format}`);
      const program = await api<string>("GET", at(`/minutes.${format}`), { bearer: workshop.links.read });
      expect([page.status, program.status]).toEqual([200, 200]);
      expect(program.body).toEqual(page.body);
      expect(program.headers.get("content-type")).toBe(page.headers.get("content-type"));
      const attached = format === "csv" ? "attachment; filename=minutes.csv" : null;
      for (const { headers } of [page, program]) expect(headers.get("content-disposition")).toBe(attached);
    },
  );

  test("a link that writes does not open it: only a read link may stand in a path", async () => {
    for (const capability of ["vote", "write", "manage"] as const) {
      expect((await api("GET", `/r/${workshop.links[capability]}`)).status).toBe(401);
    }
  });

  test("it hears of changes, until its link is withdrawn", async () => {
    const { id, links } = await startWorkshop(server.url, "propositions-en-direct");
    const answer = await fetch(`${server.url}/r/${links.read}/changes`);
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    const next = async (wanted: RegExp): Promise<boolean> => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return false;
        if (wanted.test(value)) return true;
      }
    };
    await next(/welcome/);
    const body = { section: "propositions", text: "Du neuf" };
    await api("POST", `/api/workshops/${id}/items`, { bearer: links.write, body });
    expect(await next(/event: changed/)).toBe(true);
    const { body: given } = await api<{ id: string; capability: string }[]>("GET", `/api/workshops/${id}/links`, {
      bearer: links.manage,
    });
    const read = given.find(({ capability }) => capability === "read")!;
    await api("DELETE", `/api/workshops/${id}/links/${read.id}`, { bearer: links.manage });
    expect(await next(/never/)).toBe(false);
    expect((await api("GET", `/r/${links.read}`)).status).toBe(401);
  });

  test("what was written between the page and its first ear for changes is told at once", async () => {
    const { id, links } = await startWorkshop(server.url, "propositions-en-direct");
    const listening = async (): Promise<string> => {
      const { body } = await api<string>("GET", `/r/${links.read}`);
      return /data-changes="([^"]+)"/.exec(body)?.[1]?.replaceAll("&amp;", "&") ?? "";
    };
    const address = await listening();
    const body = { section: "propositions", text: "Entre deux" };
    await api("POST", `/api/workshops/${id}/items`, { bearer: links.write, body });
    const answer = await fetch(server.url + address);
    let heard = "";
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
      heard += part;
      if (heard.includes("event: changed")) break;
    }
    expect(await listening()).not.toBe(address);
  });

  test("L05 of whoever hangs up before they are told anything nothing is kept", async () => {
    const { port } = new URL(server.url);
    const timers = async (): Promise<number> =>
      Number(/active_resources\{type="Timeout"\} (\d+)/.exec((await api<string>("GET", "/metrics")).body)?.[1] ?? 0);
    const before = await timers();
    for (let round = 0; round < 4; round += 1) {
      const gone = Array.from({ length: 25 }, async () => {
        const socket = connect(Number(port), "127.0.0.1");
        await once(socket, "connect");
        // The end comes with the request, which is heard all the same.
        socket.resume().end(`GET /r/${workshop.links.read}/changes HTTP/1.1\r\nHost: localhost\r\n\r\n`);
        await once(socket, "close");
      });
      await Promise.all(gone);
    }
    await expect.poll(timers).toBeLessThan(before + 5);
  });

  test("an answer that was ended while it waits behind another on the same line is written to no more", async () => {
    const { id, links } = await startWorkshop(server.url, "propositions-en-direct");
    const another = await api<{ id: string; secret: string }>("POST", `/api/workshops/${id}/links`, {
      bearer: links.manage,
      body: { capability: "read" },
    });
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    const ask = (secret: string): string => `GET /r/${secret}/changes HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    // The second answer cannot leave before the first is over, and the first goes on.
    socket.write(ask(links.read) + ask(another.body.secret));
    let heard = "";
    const hears = async (wanted: string): Promise<void> => {
      while (!heard.includes(wanted)) heard += String((await once(socket, "data"))[0]);
    };
    await hears("welcome");
    await api("POST", `/api/workshops/${id}/items`, {
      bearer: links.write,
      body: { section: "propositions", text: "Du neuf" },
    });
    await api("DELETE", `/api/workshops/${id}/links/${another.body.id}`, { bearer: links.manage });
    await hears("event: changed");
    expect((await api("GET", `/r/${links.read}`)).status).toBe(200);
    socket.destroy();
    expect(server.output).not.toContain("unforeseen");
  });
});

describe("T9 who may start a workshop", () => {
  test("with a passphrase, whoever knows it", async () => {
    const own = await new TestServer({ CREATE: "ouvre-toi sésame" }).start();
    const start = (passphrase?: string): Promise<Response> =>
      fetch(`${own.url}/api/workshops`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ template: "vierge", ...(passphrase === undefined ? {} : { passphrase }) }),
      });
    expect((await start()).status).toBe(403);
    expect((await start("ouvre-toi")).status).toBe(403);
    expect((await start("ouvre-toi sésame")).status).toBe(201);
    await own.remove();
  });
});
