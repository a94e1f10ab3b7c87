/** Access: workshops and their states, links and what they open, codes. */
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LAYOUT } from "../../document/layout.ts";
import type { Refusal } from "../../document/refusal.ts";
import { CAPABILITIES } from "../../document/session.ts";
import type { Started } from "../../server/access/access.ts";
import { ConflictingRow } from "../../server/store/driver.ts";
import { setStateAndCode, withdrawLink } from "../../server/store/workshops.ts";
import { firstUpdate, newGround, newWorkshop, type Ground } from "../support/ground.ts";

let ground: Ground;
let started: Started;

beforeEach(async () => {
  ground = await newGround();
  started = await newWorkshop(ground.access);
});

afterEach(() => ground.remove());

const linkId = async (capability: string): Promise<string> => {
  const links = await ground.access.links(started.id);
  return links.find((each) => each.capability === capability && each.withdrawn === null)!.id;
};

describe("workshops", () => {
  test("A1 one is begun live, with a code, four links and its first entry", async () => {
    expect(await ground.access.workshop(started.id)).toMatchObject({
      id: started.id,
      kind: "workshop",
      language: "fr",
      template: "vierge",
      state: "live",
      code: started.code,
    });
    expect((await ground.log.load(started.id)).updates).toEqual([expect.any(Uint8Array)]);
    for (const capability of CAPABILITIES) {
      const grant = await ground.access.authorise(started.id, started.links[capability]);
      expect(grant).toMatchObject({ workshop: started.id, capability, personal: false });
    }
  });

  test("A1 one that could not be begun whole leaves nothing", async () => {
    const count = { sql: "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM links) AS n", values: [] };
    const counted = () => ground.store.read({ ...count, row: ({ n }: { n?: unknown }) => n });
    const before = await counted();
    const path = join(ground.dataDir, "minutier.db");
    renameSync(path, `${path}.away`);
    await expect(newWorkshop(ground.access)).rejects.toMatchObject({ code: "not-saving" });
    renameSync(`${path}.away`, path);
    expect(await counted()).toEqual(before);
  });

  test("A1 two begun with the same words have nothing in common", async () => {
    const other = await newWorkshop(ground.access);
    const all = [...Object.values(started.links), ...Object.values(other.links), started.id, other.id];
    expect(new Set(all).size).toBe(all.length);
    const [one, two] = await Promise.all([ground.log.load(started.id), ground.log.load(other.id)]);
    expect(one.epoch).not.toBe(two.epoch);
  });

  test("A2 templates are listed, oldest first, and have neither code nor live state", async () => {
    const first = await newWorkshop(ground.access, "template");
    const second = await newWorkshop(ground.access, "template");
    expect(first.code).toBeNull();
    expect((await ground.access.templates()).map(({ id, state, code }) => ({ id, state, code }))).toEqual(
      [first, second].map(({ id }) => ({ id, state: "open", code: null })),
    );
    expect((await ground.access.setState(first.id, "live")).code).toBeNull();
  });

  test("A3 in a closed workshop everybody reads and only who manages it still may; it can be opened again", async () => {
    const capabilities = () =>
      Promise.all(
        CAPABILITIES.map(async (each) => (await ground.access.authorise(started.id, started.links[each])).capability),
      );
    const { token } = await ground.access.openSession(started.id, started.links.write, {});
    await ground.access.setState(started.id, "closed");
    expect(await capabilities()).toEqual(["read", "read", "read", "manage"]);
    expect((await ground.access.authorise(started.id, token)).capability).toBe("read");
    await ground.access.setState(started.id, "open");
    expect(await capabilities()).toEqual([...CAPABILITIES]);
    expect((await ground.access.authorise(started.id, token)).capability).toBe("write");
  });

  test("A3 a workshop that is not there is refused", async () => {
    await expect(ground.access.workshop("nowhere")).rejects.toMatchObject({ code: "unknown-workshop" });
    await expect(ground.access.setState("nowhere", "open")).rejects.toMatchObject({ code: "unknown-workshop" });
    await expect(ground.access.leaseClient("nowhere", "v")).rejects.toMatchObject({ code: "unknown-workshop" });
    await expect(ground.access.bindClient("nowhere", "v", 1)).rejects.toMatchObject({ code: "unknown-workshop" });
  });
});

describe("links", () => {
  test("A4 a secret is letters and digits, 128 bits of them derived, and the same after a restart", async () => {
    for (const secret of Object.values(started.links)) expect(secret).toMatch(/^[0-9A-Za-z]{33}$/);
    await ground.reopen();
    expect((await ground.access.authorise(started.id, started.links.write)).capability).toBe("write");
    const links = await ground.access.links(started.id);
    expect(Object.fromEntries(links.map(({ capability, secret }) => [capability, secret]))).toEqual(started.links);
  });

  test("A4 no secret, and no token, is anywhere in the data directory", async () => {
    const { token } = await ground.access.openSession(started.id, started.links.write, { name: "Céline" });
    const { secret } = await ground.access.enterByCode(started.code!);
    const files = readdirSync(ground.dataDir).map((name) => readFileSync(join(ground.dataDir, name), "latin1"));
    // The oracle is awake: what is kept is found.
    expect(files.some((text) => text.includes(started.id))).toBe(true);
    for (const hidden of [...Object.values(started.links), secret]) {
      // The first part is the link's id; what follows is what nobody may find.
      expect(files.some((text) => text.includes(hidden) || text.includes(hidden.slice(11)))).toBe(false);
    }
    expect(files.some((text) => text.includes(token.split(".")[1]!))).toBe(false);
  });

  test("A5 what never existed, was withdrawn, was forged or is another workshop's is refused with the same words", async () => {
    const other = await newWorkshop(ground.access);
    const { token } = await ground.access.openSession(started.id, started.links.vote, {});
    await ground.access.withdraw(started.id, await linkId("vote"));
    const { write, vote } = started.links;
    const bad: [workshop: string, credential: string][] = [
      [started.id, vote],
      [started.id, token],
      [started.id, other.links.write],
      [other.id, write],
      ["nowhere", write],
      [started.id, `${write.slice(0, -1)}${write.endsWith("0") ? "1" : "0"}`],
      [started.id, `${write}0`],
      [started.id, `00000000000${write.slice(11)}`],
      [started.id, ""],
      [started.id, "."],
      [started.id, "é".repeat(33)],
      [started.id, `${token.slice(0, -2)}AA`],
    ];
    const refusals = await Promise.all(
      bad.map(([workshop, credential]) =>
        ground.access.authorise(workshop, credential).then(
          () => "opened",
          ({ code, status, closeCode, message }: Refusal) => ({ code, status, closeCode, message }),
        ),
      ),
    );
    expect(refusals).toEqual(
      bad.map(() => ({ code: "unknown-link", status: 401, closeCode: 4403, message: "unknown-link" })),
    );
  });

  test("A5 behind a reading address only a reading link answers", async () => {
    expect(await ground.access.fromReadSecret(started.links.read)).toMatchObject({ capability: "read" });
    for (const secret of [started.links.write, started.links.manage, "nothing"]) {
      await expect(ground.access.fromReadSecret(secret)).rejects.toMatchObject({ code: "unknown-link" });
    }
    await ground.access.withdraw(started.id, await linkId("read"));
    await expect(ground.access.fromReadSecret(started.links.read)).rejects.toMatchObject({ code: "unknown-link" });
  });

  test("A6 several are given and withdrawn one by one; listeners are told once it is on disk", async () => {
    const given = await ground.access.give(started.id, { capability: "write", label: "Table  3\n" });
    expect(given).toMatchObject({ label: "Table 3", capability: "write", withdrawn: null });
    const told: unknown[] = [];
    const stop = ground.access.onWithdrawn((withdrawn) => told.push(withdrawn));
    await ground.access.withdraw(started.id, given.id);
    expect(told).toEqual([{ workshop: started.id, link: given.id }]);
    stop();
    await expect(ground.access.authorise(started.id, given.secret!)).rejects.toMatchObject({ code: "unknown-link" });
    expect((await ground.access.authorise(started.id, started.links.write)).capability).toBe("write");
    await ground.reopen();
    expect((await ground.access.links(started.id)).find(({ id }) => id === given.id)).toMatchObject({
      withdrawn: expect.any(Date),
      secret: null,
    });
  });

  test("A6 the last link that manages cannot be withdrawn, another one can", async () => {
    const manage = await linkId("manage");
    await expect(ground.access.withdraw(started.id, manage)).rejects.toMatchObject({ code: "last-manage-link" });
    await ground.access.give(started.id, { capability: "manage" });
    await ground.access.withdraw(started.id, manage);
    await expect(ground.access.authorise(started.id, started.links.manage)).rejects.toMatchObject({
      code: "unknown-link",
    });
  });

  test("A6 nobody withdraws another workshop's link", async () => {
    const other = await newWorkshop(ground.access);
    const link = await linkId("write");
    await expect(ground.access.withdraw(other.id, link)).rejects.toMatchObject({ code: "unknown-address" });
    await expect(ground.access.withdraw(started.id, "nothing")).rejects.toMatchObject({ code: "unknown-address" });
    expect((await ground.access.authorise(started.id, started.links.write)).capability).toBe("write");
  });

  test("A14 what a link opens is asked of the disk once, until something of its workshop changes", async () => {
    const { access, store } = ground;
    const authorise = () => access.authorise(started.id, started.links.write);
    expect(await authorise()).toMatchObject({ capability: "write" });
    await access.setState(started.id, "closed");
    expect(await authorise()).toMatchObject({ capability: "read" });
    await access.setState(started.id, "live");
    expect(await authorise()).toMatchObject({ capability: "write" });
    // Nobody else writes to the disk; where somebody does, as here, it is not noticed.
    await store.write(withdrawLink(started.id, await linkId("write"), Date.now()));
    expect(await authorise()).toMatchObject({ capability: "write" });
    access.forget(started.id);
    await expect(authorise()).rejects.toMatchObject({ code: "unknown-link" });
    // A refusal is not remembered: nothing has to be forgotten for a link that is given later.
    expect(
      await access.authorise(started.id, (await access.give(started.id, { capability: "vote" })).secret!),
    ).toMatchObject({
      capability: "vote",
    });
  });

  test("A14 whoever looked while a link was withdrawn remembers nothing of what it was", async () => {
    const { access } = ground;
    for (let round = 0; round < 20; round += 1) {
      const given = await access.give(started.id, { capability: "write" });
      const looks = () => access.authorise(started.id, given.secret!).catch(() => undefined);
      const before = Array.from({ length: round % 4 }, looks);
      const withdrawn = access.withdraw(started.id, given.id);
      await Promise.all([...before, looks(), withdrawn, looks()]);
      await expect(access.authorise(started.id, given.secret!)).rejects.toMatchObject({ code: "unknown-link" });
    }
  });

  test("A14 who a visitor is changes when they say so, or when their name is erased", async () => {
    const { access, log } = ground;
    const { grant } = await access.openSession(started.id, started.links.write, { name: "Nadia", layout: LAYOUT });
    const who = async () => (await access.visitor(started.id, grant.visitor))?.name;
    expect([await who(), await access.visitor(started.id, "nobody")]).toEqual(["Nadia", undefined]);
    await access.rename(grant, { name: "Nadia B.", organisation: "" });
    expect(await who()).toBe("Nadia B.");
    await log.erase(started.id, grant.visitor);
    access.forget(started.id);
    expect(await who()).toBe("");
  });

  test("A7 whoever may write is shown the shared writing address, whoever reads only their own", async () => {
    const { read, vote, write, manage } = started.links;
    const shown = async (secret: string) =>
      ground.access.shownSecrets(await ground.access.authorise(started.id, secret));
    expect(await shown(manage)).toEqual({ write, read });
    expect(await shown(write)).toEqual({ write, read });
    expect(await shown(vote)).toEqual({ write: null, read });
    const second = await ground.access.give(started.id, { capability: "read" });
    expect(await shown(second.secret!)).toEqual({ write: null, read: second.secret });
    await ground.access.withdraw(started.id, await linkId("write"));
    expect(await shown(manage)).toEqual({ write: null, read });
  });
});

describe("codes", () => {
  test("A8 a code has six signs that nobody mistakes, and is read however it is written", async () => {
    expect(started.code).toMatch(/^[2-9A-HJKMNP-Z]{6}$/);
    const code = started.code!.toLowerCase();
    for (const written of [code, ` ${code.slice(0, 3)} ${code.slice(3)} `, `${code.slice(0, 3)}-${code.slice(3)}`]) {
      expect((await ground.access.enterByCode(written)).workshop).toBe(started.id);
    }
    for (const wrong of ["", "222222", code.slice(1), `${code}2`, "ÉÉÉÉÉÉ", "10OIL0"]) {
      await expect(ground.access.enterByCode(wrong)).rejects.toMatchObject({ code: "wrong-code" });
    }
  });

  test("A8 it gives each person a writing link of their own: one is stopped, the room goes on", async () => {
    const [one, two] = [await ground.access.enterByCode(started.code!), await ground.access.enterByCode(started.code!)];
    const grant = await ground.access.authorise(started.id, one.secret);
    expect(grant).toMatchObject({ capability: "write", personal: true });
    expect((await ground.access.shownSecrets(grant)).write).toBe(one.secret);
    await ground.access.openSession(started.id, one.secret, { name: "Brice" });
    const listed = (await ground.access.links(started.id)).find(({ id }) => id === grant.link);
    expect(listed).toMatchObject({ personal: true, visitors: [{ name: "Brice" }] });
    await ground.access.withdraw(started.id, grant.link);
    await expect(ground.access.authorise(started.id, one.secret)).rejects.toMatchObject({ code: "unknown-link" });
    expect((await ground.access.authorise(started.id, two.secret)).capability).toBe("write");
  });

  test("A9 it dies with the live state; the links it gave live on; live again, there is another one", async () => {
    const { secret } = await ground.access.enterByCode(started.code!);
    expect((await ground.access.setState(started.id, "live")).code).toBe(started.code);
    expect((await ground.access.setState(started.id, "open")).code).toBeNull();
    await expect(ground.access.enterByCode(started.code!)).rejects.toMatchObject({ code: "wrong-code" });
    expect((await ground.access.authorise(started.id, secret)).capability).toBe("write");
    const again = await ground.access.setState(started.id, "live");
    expect(again.code).toMatch(/^.{6}$/);
    expect(again.code).not.toBe(started.code);
    expect((await ground.access.enterByCode(again.code!)).workshop).toBe(started.id);
  });

  test("A9 another one while it is live: the first leads nowhere, whoever came by it stays", async () => {
    const { id, code } = await newWorkshop(ground.access);
    const { secret } = await ground.access.enterByCode(code!);
    const renewed = await ground.access.renewCode(id);
    expect(renewed.code).not.toBe(code);
    await expect(ground.access.enterByCode(code!)).rejects.toMatchObject({ code: "wrong-code" });
    expect((await ground.access.enterByCode(renewed.code!)).workshop).toBe(id);
    expect((await ground.access.authorise(id, secret)).capability).toBe("write");
    await ground.access.setState(id, "open");
    await expect(ground.access.renewCode(id)).rejects.toMatchObject({ code: "not-live" });
    await expect(ground.access.renewCode("nowhere")).rejects.toMatchObject({ code: "unknown-workshop" });
  });

  test("A9 two live workshops never share one", async () => {
    const other = await newWorkshop(ground.access);
    await ground.access.setState(other.id, "open");
    await expect(ground.store.write(setStateAndCode(other.id, "live", started.code))).rejects.toBeInstanceOf(
      ConflictingRow,
    );
    await ground.access.setState(started.id, "open");
    await ground.store.write(setStateAndCode(other.id, "live", started.code));
    expect((await ground.access.enterByCode(started.code!)).workshop).toBe(other.id);
  });

  test("A9 many workshops begun at once all get one", async () => {
    const update = firstUpdate();
    const many = await Promise.all(
      Array.from({ length: 50 }, () =>
        ground.access.createWorkshop({ update, kind: "workshop", language: "en", template: "vierge" }),
      ),
    );
    expect(new Set(many.map(({ code }) => code)).size).toBe(50);
  });
});
