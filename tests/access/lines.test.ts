/** A01 A02 T5: the three ways into a room × every kind of link, over real sockets: who enters, who reads, who writes. */
import { readFileSync } from "node:fs";
import { METHODS } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { FRAME, readDenial, SYNC } from "../../server/rooms/frames.ts";
import { ask, bearer } from "../support/asking.ts";
import { syncRest } from "../support/raw-client.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import { WAYS } from "../support/ways.ts";
import { credentialsFor, expected, KINDS, type Kind } from "./kinds.ts";

vi.setConfig({ testTimeout: 120_000 });

/** `+` reads and writes, `r` only reads, `0` is told nothing: one sign per kind, in the order of KINDS. */
const ROW = "++rr+ 000000";

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

const minutes = async (): Promise<string> =>
  (await ask(server.url, `/api/workshops/${target.id}`, { headers: bearer(target.links.read) })).body;

describe("A01 the ways into a room", () => {
  test("there are these, and no other", () => {
    const sockets = readFileSync(new URL("../../server/routes/sockets.ts", import.meta.url), "utf8");
    expect([...sockets.matchAll(/rooms\.connect\(/g)]).toHaveLength(2);
    const lanes = readFileSync(new URL("../../server/routes/lanes.ts", import.meta.url), "utf8");
    const routes = [...lanes.matchAll(/router\.(\w+)\("([^"]+)"/g)].map(([, method, path]) => `${method} ${path}`);
    expect(routes).toEqual(["use /live", "get /live", "post /live", "all /live"]);
  });

  test.each(WAYS)("A02 %s × every kind of link", async (way, enter) => {
    const wrong: string[] = [];
    for (const kind of KINDS) {
      const line = await enter(server, target.id, kind === "none" ? undefined : credentials[kind]);
      const mark = `par-${kind}-${way.length}-`;
      const doc = new Y.Doc();
      doc.getText("prose:contexte").insert(0, mark);
      const answered = (): boolean => line.heard().some(({ kind: each, rest }) => each === FRAME.sync && rest[0] === 1);
      const denied = (): boolean => line.heard().some((each) => each.kind === FRAME.auth && readDenial(each.rest));
      const over = (): boolean => line.closed() || denied();
      const tell = async (type: number, payload: Uint8Array): Promise<void> => {
        if (!over()) await line.send(FRAME.sync, syncRest(type, payload));
      };
      await tell(SYNC.update, Y.encodeStateAsUpdate(doc));
      await tell(SYNC.step2, Y.encodeStateAsUpdate(doc));
      await tell(SYNC.step1, new Uint8Array([0]));
      // Who has shown nothing is not answered until they are sent away: what somebody else asks comes after it.
      if (kind === "none" && !over()) await ask(server.url, "/healthz");
      else await line.when(() => answered() || over());
      const told = line.heard().filter((each) => each.kind === FRAME.sync || each.kind === FRAME.presence).length > 0;
      const wrote = (await minutes()).includes(mark);
      const found = wrote ? "+" : answered() ? "r" : told ? "?" : "0";
      if (found !== expected(ROW, kind)) wrong.push(`${kind}: ${found}, not ${expected(ROW, kind)}`);
      line.leave();
    }
    process.stdout.write(`A02 ${way}: ${KINDS.length} kinds of link, ${wrong.length} mismatches\n`);
    expect(wrong).toEqual([]);
  });

  test("A09 /live by any other method, without asking for a stream, or as a lane nobody opened: nothing", async () => {
    const wrong: string[] = [];
    for (const method of METHODS.filter((each) => each !== "CONNECT")) {
      for (const kind of ["manage", "none"] as const) {
        const headers = kind === "none" ? {} : bearer(credentials[kind]);
        const { status } = await ask(server.url, "/live", { method, headers, body: "x" });
        const right = method === "GET" || method === "HEAD" || method === "POST" ? 404 : 405;
        if (status !== right) wrong.push(`${method} with ${kind}: ${status}`);
      }
    }
    for (const path of ["/live/", "/live/x", "/yjs", `/yjs/${target.id}`, `/yjs/${target.id}/x`, "/LIVE"]) {
      const { status } = await ask(server.url, path, { headers: bearer(target.links.manage) });
      if (status !== 404) wrong.push(`${path}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});
