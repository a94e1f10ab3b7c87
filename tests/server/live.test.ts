/** The two WebSocket addresses of the real server, with the real clients of both protocols. */
import { request, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type * as Y from "yjs";
import { LiveClient, yjsClient } from "../support/clients.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

let server: TestServer;
let workshop: Started;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  server = await new TestServer({ LOG_LEVEL: "debug" }).start();
  workshop = await startWorkshop(server.url, "propositions-en-direct");
});
afterEach(() => {
  for (const client of open.splice(0)) client.destroy();
});
afterAll(async () => {
  await server.remove();
});

const live = (token: string, name = workshop.id): LiveClient => {
  const client = new LiveClient({ url: server.live }, name, token);
  open.push(client);
  return client;
};

const yjs = (link: string, name = workshop.id): ReturnType<typeof yjsClient> => {
  const client = yjsClient(server.yjs, name, link);
  open.push(client);
  return client;
};

const prose = (doc: Y.Doc): string => doc.getText("prose:contexte").toJSON();

describe("T5 /live and /yjs lead to the same room", () => {
  test("each sees the other's words and who is there", async () => {
    const [one, other] = [live(workshop.links.write), yjs(workshop.links.write)];
    await one.saved();
    await other.when(() => other.provider.synced);
    one.write("par Hocuspocus ", "contexte");
    await other.when(() => prose(other.doc).includes("par Hocuspocus"));
    other.doc.getText("prose:contexte").insert(0, "par y-websocket ");
    await one.when(() => prose(one.doc).includes("par y-websocket"));
    other.provider.awareness.setLocalStateField("section", "contexte");
    await one.when(() => one.provider.awareness?.getStates().get(other.doc.clientID)?.["section"] === "contexte");
    expect(prose(one.doc)).toBe(prose(other.doc));
  });

  test("what a y-websocket client wrote survives kill -9 once another has seen it", async () => {
    const [one, other] = [live(workshop.links.write), yjs(workshop.links.write)];
    await one.saved();
    await other.when(() => other.provider.synced);
    other.doc.getText("prose:contexte").insert(0, "avant la panne ");
    await one.when(() => prose(one.doc).includes("avant la panne"));
    for (const client of open.splice(0)) client.destroy();
    await server.kill();
    await server.start();
    const fresh = live(workshop.links.read);
    await fresh.when(() => fresh.provider.isSynced);
    expect(prose(fresh.doc)).toContain("avant la panne");
  });

  test("a read link reads over /yjs, and writes nothing", async () => {
    const [reader, writer] = [yjs(workshop.links.read), live(workshop.links.write)];
    await reader.when(() => reader.provider.synced);
    await writer.saved();
    reader.doc.getText("prose:contexte").insert(0, "en fraude ");
    writer.write("après la fraude", "contexte");
    await reader.when(() => prose(reader.doc).includes("après la fraude"));
    expect(prose(writer.doc)).not.toContain("en fraude");
  });

  test("a y-websocket client comes back by itself when rights change", async () => {
    const { id, links } = await startWorkshop(server.url, "propositions-en-direct");
    const client = yjs(links.write, id);
    await client.when(() => client.provider.synced);
    for (const state of ["closed", "open"]) {
      const closed = new Promise((resolve) => client.provider.once("connection-close", resolve));
      await fetch(`${server.url}/api/workshops/${id}/state`, {
        method: "POST",
        headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
        body: JSON.stringify({ state }),
      });
      await closed;
      await client.when(() => client.provider.synced);
    }
    const reader = live(links.read, id);
    client.doc.getText("prose:contexte").insert(0, "rouvert");
    await reader.when(() => prose(reader.doc).includes("rouvert"));
    expect(client.provider.shouldConnect).toBe(true);
  });

  test.each([
    ["no link", () => yjs("")],
    ["a wrong link", () => yjs("x".repeat(32))],
    ["another workshop's link", () => yjs(workshop.links.write, "m6hit9kusse3j1it")],
  ])("%s over /yjs is closed for good", async (_what, enter) => {
    const client = enter();
    let closed: { code: number } | undefined;
    client.provider.on("closed", (event) => {
      closed = event;
    });
    await client.when(() => closed !== undefined);
    expect(closed?.code).toBe(4403);
    expect(client.doc.share.size).toBeLessThanOrEqual(1);
  });

  test("another workshop's link over /live is denied, and says nothing of the document", async () => {
    const other = await startWorkshop(server.url);
    const client = live(other.links.manage);
    await client.when(() => client.denied.length > 0);
    expect(client.doc.share.size).toBe(0);
  });
});

describe("T6 who may open a socket", () => {
  const upgrade = async (path: string, headers: Record<string, string>): Promise<IncomingMessage> => {
    const asked = request(`${server.url}${path}`, {
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ...headers,
      },
    });
    asked.end();
    asked.on("upgrade", (_answer, socket) => socket.destroy());
    const [answer] = (await Promise.race([once(asked, "response"), once(asked, "upgrade")])) as [IncomingMessage];
    return answer;
  };
  const host = (): string => new URL(server.url).host;

  test.each([
    ["none", () => ({}), 101],
    ["the same host", () => ({ Origin: `http://${host()}` }), 101],
    ["null", () => ({ Origin: "null" }), 403],
    ["a foreign one", () => ({ Origin: "http://evil.example" }), 403],
    ["a suffix of ours", () => ({ Origin: `http://evil-${host()}` }), 403],
    ["ours as a prefix", () => ({ Origin: `http://${host()}.evil.example` }), 403],
    ["another port", () => ({ Origin: "http://127.0.0.1:1" }), 403],
  ])("A08 origin: %s", async (_what, headers, status) => {
    expect((await upgrade("/live", headers())).statusCode).toBe(status);
  });

  test("there is nothing elsewhere, and every refusal carries the policy", async () => {
    for (const path of ["/", "/live/x", "/yjs", "/yjs/", "/yjs/a/b", "/yjs/%00"]) {
      const answer = await upgrade(path, {});
      expect(answer.statusCode).toBe(404);
      expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    }
  });

  test("a frame beyond a mebibyte closes 1009 and harms nobody", async () => {
    const socket = new WebSocket(server.live);
    await once(socket, "open");
    socket.send(new Uint8Array(1024 * 1024 + 1));
    const [event] = (await once(socket, "close")) as [CloseEvent];
    expect(event.code).toBe(1009);
    const client = live(workshop.links.write);
    await client.saved();
  });
});

describe("T7 nothing secret is logged", () => {
  test("no link, token, name or word stands in the log, at the most talkative level", async () => {
    const { id, links } = workshop;
    const answer = await fetch(`${server.url}/api/workshops/${id}/sessions`, {
      method: "POST",
      headers: { authorization: `Bearer ${links.write}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Céline Indiscrète", layout: 1 }),
    });
    const { token } = (await answer.json()) as { token: string };
    const client = live(token);
    await client.saved();
    client.write("confidentiel", "contexte");
    await client.saved();
    const script = yjs(links.vote);
    await script.when(() => script.provider.synced);
    await fetch(`${server.url}/r/${links.read}`);
    await fetch(`${server.url}/r/${links.read}/minutes.txt`);
    await fetch(`${server.url}/yjs/${id}?link=${links.manage}`);
    expect(server.output).toContain("answered");
    for (const secret of [...Object.values(links), token, "Indiscrète", "confidentiel", workshop.code]) {
      expect(server.output).not.toContain(secret);
    }
  });
});
