/** Access: sessions, visitors, client ids; the key. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { LAYOUT } from "../../document/layout.ts";
import { Refusal } from "../../document/refusal.ts";
import { openAccess, type Access, type Started } from "../../server/access/access.ts";
import { readKey } from "../../server/access/key.ts";
import { Newcomers } from "../../server/access/newcomers.ts";
import { seal } from "../../server/access/tokens.ts";
import { firstUpdate, newGround, newWorkshop, type Ground } from "../support/ground.ts";

const KEY = "0123456789abcdefABCDEF";

let ground: Ground;
let started: Started;

beforeEach(async () => {
  ground = await newGround();
  started = await newWorkshop(ground.access);
});

afterEach(async () => {
  vi.useRealTimers();
  await ground.remove();
});

const open = (who: Parameters<Ground["access"]["openSession"]>[2] = {}, secret = started.links.write) =>
  ground.access.openSession(started.id, secret, who);

describe("sessions", () => {
  test("A10 a secret is exchanged for a token that says the same, also after a restart", async () => {
    const { grant, token, clientId } = await open({ visitor: KEY, name: "Céline", layout: LAYOUT });
    expect(grant).toMatchObject({ workshop: started.id, capability: "write", clientId });
    await ground.reopen();
    expect(await ground.access.authorise(started.id, token)).toEqual(grant);
  });

  test("A10 a token is good for twelve hours, then says that it is too old", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { token } = await open();
    vi.setSystemTime(Date.now() + 12 * 3_600_000 - 1000);
    expect((await ground.access.authorise(started.id, token)).capability).toBe("write");
    vi.setSystemTime(Date.now() + 2000);
    await expect(ground.access.authorise(started.id, token)).rejects.toMatchObject({ code: "session-expired" });
  });

  test("A10 a token given before the layout changed, or by a program that named none, is too old", async () => {
    const { grant, visitor, clientId } = await open();
    const { epoch } = await ground.access.workshop(started.id);
    const capability = "write" as const;
    const session = { workshop: started.id, link: grant.link, visitor: visitor.id, clientId, capability, epoch };
    for (const layout of [LAYOUT - 1, undefined]) {
      const token = seal(readKey(ground.dataDir, false), { ...session, layout }, Date.now());
      await expect(ground.access.authorise(started.id, token)).rejects.toMatchObject({ code: "session-expired" });
    }
  });

  test("A10 a token that was changed, or is for another workshop, opens nothing", async () => {
    const other = await newWorkshop(ground.access);
    const { token } = await open({}, started.links.vote);
    const [body = "", proof = ""] = token.split(".");
    const said = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...said, capability: "manage" })).toString("base64url");
    for (const bad of [`${forged}.${proof}`, `${body}.`, `${body}.${proof}0`, `.${proof}`, `${forged}.x`]) {
      await expect(ground.access.authorise(started.id, bad)).rejects.toMatchObject({ code: "unknown-link" });
    }
    await expect(ground.access.authorise(other.id, token)).rejects.toMatchObject({ code: "unknown-link" });
  });

  test("A10 a program of another layout only reads; a stock one that announces none may write", async () => {
    expect((await open({ layout: LAYOUT + 1 })).grant.capability).toBe("read");
    expect((await open({ layout: "1" })).grant.capability).toBe("read");
    const { grant, token } = await open({ layout: 0 }, started.links.manage);
    expect(grant.capability).toBe("read");
    expect((await ground.access.authorise(started.id, token)).capability).toBe("read");
    expect((await open({})).grant.capability).toBe("write");
  });

  test("A10 while nothing can be written down, whoever may write reads, under the name given before", async () => {
    const { visitor } = await open({ visitor: KEY, name: "Céline" });
    ground.store.write = () => Promise.reject(new Refusal("not-saving"));
    const reduced = await open({ visitor: KEY });
    expect(reduced).toMatchObject({ grant: { capability: "read" }, writing: false, visitor });
    expect((await ground.access.authorise(started.id, reduced.token)).capability).toBe("read");
    expect(await open({}, started.links.read)).toMatchObject({ writing: true });
  });

  test("A10 who only reads is not written down", async () => {
    const { grant } = await open({ visitor: KEY, name: "Nadia" }, started.links.read);
    expect(grant.capability).toBe("read");
    expect(await ground.access.visitors(started.id)).toEqual([]);
    await expect(ground.access.rename(grant, { name: "N", organisation: "" })).rejects.toMatchObject({
      code: "wrong-capability",
    });
  });
});

describe("visitors", () => {
  test("A11 the same browser is the same visitor here, and somebody else elsewhere", async () => {
    const other = await newWorkshop(ground.access);
    const one = await open({ visitor: KEY, name: "Brice", organisation: "Mairie" });
    const again = await open({ visitor: KEY });
    expect(again.visitor).toEqual(one.visitor);
    expect(again.clientId).not.toBe(one.clientId);
    const elsewhere = await ground.access.openSession(other.id, other.links.write, { visitor: KEY });
    expect(elsewhere.visitor.id).not.toBe(one.visitor.id);
    expect((await open()).visitor.id).not.toBe((await open()).visitor.id);
  });

  test("A11 names and organisations are one harmless line, cut without cutting a character", async () => {
    const name = `  Cé\u202Eline\u0000 \n \u061CDupont ${"👍".repeat(100)}`;
    const { visitor, grant } = await open({ name, organisation: "é".repeat(500) });
    expect(visitor.name).toMatch(/^Cé line Dupont 👍+$/u);
    expect(Array.from(visitor.name)).toHaveLength(80);
    expect(visitor.name.isWellFormed()).toBe(true);
    expect(visitor.organisation).toHaveLength(120);
    const renamed = await ground.access.rename(grant, { name: "Céline", organisation: "" });
    expect(await ground.access.visitors(started.id)).toEqual([renamed]);
    expect(renamed).toEqual({ ...visitor, name: "Céline", organisation: "" });
  });

  test("A11 each gets the colour least used so far", async () => {
    const opened = await Promise.all(Array.from({ length: 24 }, () => open()));
    const colours = opened.map(({ visitor }) => visitor.colour).toSorted((a, b) => a - b);
    expect(colours).toEqual(Array.from({ length: 24 }, (_, i) => Math.floor(i / 2)));
  });
});

describe("A15 newcomers", () => {
  const narrow = (): Promise<Access> =>
    openAccess(ground.store, {
      dataDir: ground.dataDir,
      newcomers: new Newcomers({ first: { burst: 2, perSecond: 0.001 }, again: { burst: 3, perSecond: 0.001 } }),
    });
  const often = { code: "too-many-tries", status: 429 };

  test("through one link come so many and no more at once; whoever has been here, another link and readers come in", async () => {
    const access = await narrow();
    const { id, links } = started;
    await access.openSession(id, links.write, { visitor: KEY, layout: LAYOUT });
    await access.openSession(id, links.write, { layout: LAYOUT });
    await expect(access.openSession(id, links.write, { layout: LAYOUT })).rejects.toMatchObject(often);
    await access.openSession(id, links.write, { visitor: KEY, layout: LAYOUT });
    await access.openSession(id, links.manage, { layout: LAYOUT });
    for (let n = 0; n < 4; n += 1) await access.openSession(id, links.read, { layout: LAYOUT });
    expect(await access.visitors(id)).toHaveLength(3);
  });

  test("who is known comes again so many times at once, and tells the others only of what is new", async () => {
    const access = await narrow();
    const { id, links } = started;
    const come = async (name: string): Promise<boolean> =>
      (await access.openSession(id, links.write, { visitor: KEY, name, layout: LAYOUT })).news;
    expect(await come("Nadia")).toBe(true);
    expect(await come("Nadia")).toBe(false);
    expect(await come("Céline")).toBe(true);
    expect((await access.openSession(id, links.write, { visitor: KEY, layout: LAYOUT })).news).toBe(false);
    await expect(come("Céline")).rejects.toMatchObject(often);
    await access.openSession(id, links.write, { layout: LAYOUT });
    expect((await access.openSession(id, links.read, { visitor: KEY, layout: LAYOUT })).news).toBe(false);
  });

  test("by the code as well, counted by workshop with the links it gives; nothing is written for who is refused", async () => {
    const access = await narrow();
    const { secret } = await access.enterByCode(started.code!);
    await access.openSession(started.id, secret, { layout: LAYOUT });
    await expect(access.openSession(started.id, secret, { layout: LAYOUT })).rejects.toMatchObject(often);
    await expect(access.enterByCode(started.code!)).rejects.toMatchObject(often);
    expect(await access.links(started.id)).toHaveLength(5);
    const other = await newWorkshop(access);
    await access.enterByCode(other.code!);
  });
});

describe("client ids", () => {
  test("A12 a leased id is nobody else's, and stays its visitor's after a restart", async () => {
    const { clientId, grant } = await open({ visitor: KEY });
    expect(clientId).toBeGreaterThan(0);
    expect(clientId).toBeLessThan(2 ** 32);
    await ground.reopen();
    await ground.access.bindClient(started.id, grant.visitor, clientId);
    const foreign = { code: "foreign-client-id" };
    await expect(ground.access.bindClient(started.id, "somebody", clientId)).rejects.toMatchObject(foreign);
    await expect(ground.access.bindClient(started.id, "somebody", clientId)).rejects.toMatchObject(foreign);
    await ground.access.bindClient(started.id, grant.visitor, clientId);
  });

  test("A12 a stock client's id is its visitor's from the first use, whoever is faster", async () => {
    const results = await Promise.allSettled(
      ["v", "w", "v"].map((each) => ground.access.bindClient(started.id, each, 42)),
    );
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const other = await newWorkshop(ground.access);
    await ground.access.bindClient(other.id, "w", 42);
  });

  test("A12 nobody writes under the id the server began the document with", async () => {
    const update = firstUpdate();
    const { id } = await ground.access.createWorkshop({ update, kind: "workshop", language: "fr", template: "vierge" });
    const [client] = Y.parseUpdateMeta(update).to.keys();
    await expect(ground.access.bindClient(id, "v", client!)).rejects.toMatchObject({ code: "foreign-client-id" });
  });

  test("A12 an id that was known in memory is asked for once: binding it again commits nothing", async () => {
    await ground.access.bindClient(started.id, "v", 7);
    const before = ground.store.commits;
    await ground.access.bindClient(started.id, "v", 7);
    expect(ground.store.commits).toBe(before);
  });
});

const keyPath = (): string => join(ground.dataDir, "key");

describe("the key", () => {
  test("A13 it is made at the first start, for this account alone, and never changes", async () => {
    const before = readFileSync(keyPath(), "utf8");
    expect(before).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(keyPath()).mode & 0o777).toBe(0o600);
    await ground.reopen();
    expect(readFileSync(keyPath(), "utf8")).toBe(before);
    expect(existsSync(`${keyPath()}.new`)).toBe(false);
  });

  test("A13 lost while there are workshops, it is asked for rather than replaced", async () => {
    rmSync(keyPath());
    await expect(openAccess(ground.store, ground)).rejects.toMatchObject({ name: "CannotOpen" });
    expect(existsSync(keyPath())).toBe(false);
  });

  test("A13 a key that is none is refused and left as it is", async () => {
    writeFileSync(keyPath(), "secret");
    await expect(openAccess(ground.store, ground)).rejects.toThrow(/not the key/);
    expect(readFileSync(keyPath(), "utf8")).toBe("secret");
  });

  test("A13 with another key the same database opens nothing", async () => {
    const { token } = await open();
    writeFileSync(keyPath(), `${"ab".repeat(32)}\n`);
    const access = await openAccess(ground.store, ground);
    for (const credential of [...Object.values(started.links), token]) {
      await expect(access.authorise(started.id, credential)).rejects.toMatchObject({ code: "unknown-link" });
    }
  });
});
