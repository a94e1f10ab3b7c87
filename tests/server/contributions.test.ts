/** P06: what is kept of a person, told to that person alone; and the page that says what is kept of everybody. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { contributionsOf } from "../../document/contributions.ts";
import type { SessionAnswer } from "../../document/session.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

// Each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const CONTACT = "donnees@conseil.example";
const server = new TestServer({ CONTACT });
let workshop: Started;

beforeAll(async () => {
  await server.start();
  workshop = await startWorkshop(server.url, "propositions-en-direct");
});
afterAll(() => server.remove());

const call = (path: string, method: string, bearer: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/workshops/${workshop.id}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Comes in, writes, and stays known by its session. */
const visit = async (name: string, write: (doc: Y.Doc) => void): Promise<SessionAnswer> => {
  const body = { name, organisation: "Conseil de quartier", layout: 1 };
  const session = (await (await call("/sessions", "POST", workshop.links.write, body)).json()) as SessionAnswer;
  const client = new LiveClient({ url: server.live }, workshop.id, session.token, { clientId: session.clientId });
  await client.saved();
  write(client.doc);
  await client.saved();
  client.destroy();
  return session;
};

interface Kept {
  visitor: { id: string; name: string; organisation: string } | null;
  since: string | null;
  entries: { count: number; bytes: number; first: string | null; last: string | null };
  texts: { section: string; heading: string; text: string }[];
}

const keptOf = async (token: string): Promise<Kept> =>
  (await call("/contributions", "GET", token)).json() as Promise<Kept>;

describe("P06 access to one's own contributions", () => {
  test("everything one wrote that still stands, where and since when; nothing of anybody else", async () => {
    const before = Date.now();
    const celine = await visit("Céline", (doc) => {
      const text = doc.getText("prose:contexte");
      text.insert(0, "Le début de Céline. La fin de Céline.");
      text.insert(0, "retiré ");
      text.delete(0, 7);
    });
    const item = await call("/items", "POST", celine.token, {
      section: "propositions",
      text: "Un banc",
      author: "Céline",
    });
    expect(item.status).toBe(201);
    const brice = await visit("Brice", (doc) => doc.getText("prose:contexte").insert(20, "[Brice au milieu] "));

    const kept = await keptOf(celine.token);
    expect(kept.visitor).toMatchObject({ id: celine.visitor.id, name: "Céline", organisation: "Conseil de quartier" });
    expect(new Date(kept.since!).getTime()).toBeGreaterThanOrEqual(before);
    expect(kept.entries.count).toBeGreaterThan(1);
    expect(kept.entries.bytes).toBeGreaterThan(20);
    const texts = kept.texts.filter(({ section }) => section === "contexte" || section === "propositions");
    expect(texts.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["Le début de Céline.  … La fin de Céline.", "Un banc"]) as unknown,
    );
    expect(texts.every(({ heading }) => heading !== "")).toBe(true);
    expect(JSON.stringify(kept)).not.toMatch(/Brice|retiré/);
    const other = await keptOf(brice.token);
    expect(JSON.stringify(other)).toContain("[Brice au milieu]");
    expect(JSON.stringify(other)).not.toMatch(/Céline|banc/);
  });

  test("a bare link has nothing of its own, a reader is not written down", async () => {
    for (const secret of Object.values(workshop.links)) {
      expect((await call("/contributions", "GET", secret)).status).toBe(403);
    }
    const answer = await call("/sessions", "POST", workshop.links.read, { layout: 1 });
    const { token } = (await answer.json()) as SessionAnswer;
    expect(await keptOf(token)).toMatchObject({ visitor: null, since: null, entries: { count: 0 }, texts: [] });
  });

  test("one changes or erases one's own name; what one wrote stays", async () => {
    const session = await visit("Nadia", (doc) => doc.getText("prose:contexte").insert(0, "Nadia écrit. "));
    const rename = (name: string): Promise<Response> =>
      call("/sessions", "PATCH", session.token, { name, organisation: "" });
    expect((await rename("Céline")).status).toBe(200);
    expect((await keptOf(session.token)).visitor).toMatchObject({ name: "Céline", organisation: "" });
    expect((await rename("")).status).toBe(200);
    const kept = await keptOf(session.token);
    expect(kept.visitor).toMatchObject({ name: "", organisation: "" });
    expect(kept.texts.map(({ text }) => text)).toContain("Nadia écrit.");
  });

  test("any document gives some answer", () => {
    const doc = new Y.Doc();
    doc.getMap("items:x").set("a", 7);
    doc.getMap("items:x").set("b", new Y.Map([["text", "no text"]]));
    doc.getMap("fields:y").set("f", "une valeur");
    doc.getMap("people:z").set("p", new Y.Map([["name", "Céline"]]));
    doc.getText("title").insert(0, "Un titre");
    const all = new Set([doc.clientID]);
    expect(contributionsOf(doc, all).map(({ text }) => text)).toEqual(["une valeur", "Céline", "Un titre"]);
    expect(contributionsOf(doc, new Set([1]))).toEqual([]);
  });
});

describe("P06 the page about what is kept", () => {
  test("in both languages: what, where, how long, whom to ask", async () => {
    for (const [language, heading, where] of [
      ["fr", "Ce qui est gardé", "Sur le serveur"],
      ["en", "What is kept", "On the server"],
    ] as const) {
      const answer = await fetch(`${server.url}/privacy?lang=${language}`);
      const page = await answer.text();
      expect(answer.status).toBe(200);
      for (const part of [`<h1>${heading}</h1>`, where, server.url, `mailto:${CONTACT}`]) expect(page).toContain(part);
      expect(page).not.toMatch(/\bkept-\w+/);
    }
  });

  test("it is reached from the foot of every page", async () => {
    const pages = ["/", "/j", "/templates/vierge", `/r/${workshop.links.read}`, "/nowhere", "/privacy"];
    for (const path of pages) {
      const page = await (await fetch(server.url + path, { headers: { accept: "text/html" } })).text();
      const foot = page.slice(page.indexOf("<footer"));
      expect({ path, link: foot.includes('href="/privacy?lang=fr"') }).toEqual({ path, link: true });
    }
  });
});
