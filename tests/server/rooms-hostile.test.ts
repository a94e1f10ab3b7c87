/** Hostile sessions with a valid link, byte by byte: M02, M04 to M07, M09 to M11, M15. */
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { read } from "../../document/read.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import type { Started } from "../../server/access/access.ts";
import { FRAME, SYNC, writeFrame } from "../../server/rooms/frames.ts";
import type { LiveClient } from "../support/clients.ts";
import { content, forge, forgeOne, type ForgedStruct } from "../support/forged.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
});
afterEach(async () => {
  await place.remove();
  expect(place.faults).toEqual([]);
});

const head = async (): Promise<number> => (await place.log.load(workshop.id)).head;
const ME = 4242;

const hostile = async (): Promise<RawClient> => {
  const client = place.raw(workshop.id, workshop.links.write);
  client.frame(FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0)));
  client.frame(FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  await client.when((each) => each.acknowledged() === 1);
  client.frames.length = 0;
  return client;
};

/** Sends an update and waits for what comes of it: the close code, or undefined where it was acknowledged. */
const outcome = async (update: Uint8Array): Promise<number | undefined> => {
  const client = await hostile();
  client.update(update);
  await client.when((each) => each.closed !== undefined || each.acknowledged() > 0);
  const { closed } = client;
  if (closed !== undefined) expect(client.acknowledged()).toBe(0);
  client.leave();
  return closed;
};

const visitor = async (name: string): Promise<LiveClient> => {
  const client = await place.visit(workshop.id, workshop.links.write, name);
  await client.saved();
  return client;
};

const numbers = (...parts: (number | string)[]): Uint8Array => {
  const encoder = createEncoder();
  for (const part of parts) {
    if (typeof part === "string") writeVarString(encoder, part);
    else writeVarUint(encoder, part);
  }
  return toUint8Array(encoder);
};
/** A number that no safe integer holds: more bytes than any count needs. */
const ENDLESS = [255, 255, 255, 255, 255, 255, 255, 255, 255, 127];

describe("M02 R6 numbers beyond reason are refused before anything is made for them", () => {
  const huge = [3e7, 2 ** 31, 2 ** 45, 2 ** 53 - 1];
  // Thirty million clocks of one's own in one struct cost nothing and harm nobody.
  const beyond = (each: number): number => Math.max(each, 2 ** 31);
  const frames = huge.flatMap((each): [string, Uint8Array][] => [
    [`${each} clients`, numbers(each)],
    [`${each} structs`, numbers(1, each, 9, 0)],
    [`a clock of ${each}`, forgeOne([9, each], { parent: "title", content: content.words("x") })],
    [
      `a collected stretch of ${beyond(each)}`,
      forge([{ client: 9, clock: 0, structs: [{ stretch: "collected", length: beyond(each) }] }]),
    ],
    [
      `a skipped stretch of ${beyond(each)}`,
      forge([{ client: 9, clock: 0, structs: [{ stretch: "skipped", length: beyond(each) }] }]),
    ],
    [`${beyond(each)} deleted letters`, forgeOne([9, 0], { parent: "title", content: content.deleted(beyond(each)) })],
    [`a word of ${each} letters`, numbers(1, 1, 9, 0, 4, 1, "title", each)],
    [`${each} values`, numbers(1, 1, 9, 0, 8, 1, "title", each)],
    [`${each} clients who delete`, numbers(0, each)],
    [`${each} deletions`, numbers(0, 1, 9, each)],
    [`a deletion of ${each}`, forge([], [[9, 0, each]])],
    [`a deletion at ${each}`, forge([], [[9, each, 1]])],
  ]);
  frames.push(
    ["a count without an end", Uint8Array.of(...ENDLESS)],
    ["a clock without an end", Uint8Array.of(1, 1, 9, ...ENDLESS)],
  );

  test(`M02 R6 ${frames.length} of them`, async () => {
    const before = await head();
    for (const [what, update] of frames)
      expect({ what, closed: await outcome(update) }).toEqual({ what, closed: 4400 });
    expect(await head()).toBe(before);
  });
});

describe("R6 a frame whose length lies", () => {
  test("does not take what stands behind it in memory for its own words", async () => {
    const words = "le secret de quelqu'un d'autre";
    const whole = writeFrame(
      workshop.id,
      FRAME.sync,
      syncRest(SYNC.update, forgeOne([ME, 0], { parent: "title", content: content.words(words) })),
    );
    const neighbour = new Uint8Array(whole.length + 50);
    neighbour.set(whole);
    const client = await hostile();
    // Only its first part was sent; the rest happens to stand behind it.
    client.send(neighbour.subarray(0, whole.length - words.length));
    await client.when(({ closed }) => closed !== undefined);
    expect(client.closed).toBe(4400);
    const title = (await place.log.minutes(workshop.id)).title;
    expect(title).not.toContain("secret");
  });

  test("a sync frame of a step that does not exist is neither logged nor applied", async () => {
    const before = await head();
    const client = await hostile();
    client.frame(FRAME.sync, syncRest(7, forgeOne([ME, 0], { parent: "title", content: content.words("x") })));
    await client.when(({ closed }) => closed !== undefined);
    expect(client.closed).toBe(4400);
    expect(await head()).toBe(before);
  });
});

describe("M04 R7 nobody writes in another's name", () => {
  test("next clock, known clock, a collected stretch, an id nobody uses yet; the victim loses no letter", async () => {
    const nadia = await visitor("Nadia");
    nadia.write("mes mots");
    await nadia.saved();
    const { clientID } = nadia.doc;
    const clock = Y.getState(nadia.doc.store, clientID);
    const next: ForgedStruct = { left: [clientID, clock - 1], content: content.words("pas moi") };
    const before = await head();
    for (const [what, update] of [
      ["next clock", forgeOne([clientID, clock], next)],
      ["from a known clock on", forgeOne([clientID, clock - 1], { parent: "title", content: content.words("xyz") })],
      ["collected 2^45", forge([{ client: clientID, clock, structs: [{ stretch: "collected", length: 2 ** 45 }] }])],
      ["collected 1", forge([{ client: clientID, clock, structs: [{ stretch: "collected", length: 1 }] }])],
      [
        "hidden behind one's own",
        forge([
          { client: ME, clock: 0, structs: [{ parent: "title", content: content.words("x") }] },
          { client: clientID, clock, structs: [next] },
        ]),
      ],
    ] as const) {
      expect({ what, closed: await outcome(update) }).toEqual({ what, closed: 4400 });
    }
    // Told anew, what is known is nothing new: acknowledged, and not looked at.
    expect(
      await outcome(forgeOne([clientID, clock - 1], { parent: "meta", content: content.words("x") })),
    ).toBeUndefined();
    expect(await head()).toBe(before);
    nadia.write(", encore");
    await nadia.saved();
    const brice = await visitor("Brice");
    expect(brice.doc.getText("prose:text").toJSON()).toMatch(/mes mots, encore$/);
  });
});

describe("M05 R6 deletions", () => {
  test("of what is not there yet, of unknown people, a million of them: refused; the victim's next words arrive", async () => {
    const nadia = await visitor("Nadia");
    nadia.write("déjà");
    await nadia.saved();
    const { clientID } = nadia.doc;
    const clock = Y.getState(nadia.doc.store, clientID);
    const before = await head();
    expect(await outcome(forge([], [[clientID, clock, 10]]))).toBe(4400);
    expect(await outcome(forge([], [[clientID, clock - 1, 2]]))).toBe(4400);
    expect(await outcome(forge([], [[31337, 0, 1]]))).toBe(4400);
    const many = Array.from({ length: 300_000 }, () => [0, 1]).flat();
    expect(await outcome(forge([], [[clientID, ...many]]))).toBe(4413);
    expect(await head()).toBe(before);
    nadia.write(" là");
    await nadia.saved();
    expect((await visitor("Brice")).doc.getText("prose:text").toJSON()).toMatch(/déjà là$/);
  });

  test("of everything: taken, for whoever may write may delete; the log has it as one entry of its author", async () => {
    const nadia = await visitor("Nadia");
    nadia.write("tout");
    await nadia.saved();
    const before = await head();
    const all = [...nadia.doc.store.clients.keys()].map((client) => [client, 0, Y.getState(nadia.doc.store, client)]);
    expect(await outcome(forge([], all))).toBeUndefined();
    expect(await head()).toBe(before + 1);
    await nadia.when(() => nadia.doc.getText("prose:text").length === 0);
    nadia.write("je continue");
    await nadia.saved();
    expect(JSON.stringify((await place.log.minutes(workshop.id)).sections)).toContain("je continue");
  });
});

describe("M06 R6 what would wait is refused: nothing is ever pending", () => {
  test.each<[string, () => Uint8Array]>([
    ["a gap", () => forgeOne([ME, 5], { parent: "title", content: content.words("x") })],
    [
      "a skipped stretch",
      () =>
        forge([
          {
            client: ME,
            clock: 0,
            structs: [
              { stretch: "skipped", length: 3 },
              { parent: "title", content: content.words("x") },
            ],
          },
        ]),
    ],
    ["an unknown left neighbour", () => forgeOne([ME, 0], { left: [777, 0], content: content.words("x") })],
    ["an unknown right neighbour", () => forgeOne([ME, 0], { right: [777, 3], content: content.words("x") })],
    ["an unknown parent", () => forgeOne([ME, 0], { parent: [777, 0], content: content.words("x") })],
    [
      "two who wait for each other",
      () =>
        forge([
          { client: ME, clock: 0, structs: [{ left: [ME + 1, 0], content: content.words("x") }] },
          { client: ME + 1, clock: 0, structs: [{ left: [ME, 0], content: content.words("x") }] },
        ]),
    ],
  ])("%s", async (_, update) => {
    const before = await head();
    expect(await outcome(update())).toBe(4400);
    expect(await head()).toBe(before);
    const nadia = await visitor("Nadia");
    expect(nadia.doc.store.pendingStructs).toBeNull();
  });
});

describe("M07 R6 nests", () => {
  test.each([33, 500, 2000, 100_000])("%i deep, as types and as values", async (depth) => {
    const before = await head();
    const structs: ForgedStruct[] = [{ parent: "sections", key: "a", content: content.type(1) }];
    for (let i = 0; i < Math.min(depth, 40_000); i += 1)
      structs.push({ parent: [ME, i], key: "a", content: content.type(1) });
    expect(await outcome(forge([{ client: ME, clock: 0, structs }]))).toBe(4400);
    const value = Uint8Array.from([...Array.from({ length: depth }, () => [117, 1]).flat(), 126]);
    const held: ForgedStruct = { parent: "fields:x", key: "a", content: content.rawValue(value) };
    expect(await outcome(forgeOne([ME, 0], held))).toBe(4400);
    const json = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(await outcome(forgeOne([ME, 0], { parent: "title", content: content.format("link", json) }))).toBe(4400);
    expect(await head()).toBe(before);
  });
});

describe("M09 R6 the zoo of texts", () => {
  const zoo: [string, string][] = [
    ["non-characters", "\uFFFE\uFFFF\u{1FFFE}"],
    ["a long word", "x".repeat(500_000)],
    ["combining marks", `a${"\u0301".repeat(100_000)}`],
    ["directions", "\u202Eabc\u2066אבג\u2069\u200F"],
    ["families, flags, selectors", "👩‍👩‍👧‍👦🇫🇷❤️🏴‍☠️"],
    ["ends of lines", "a\nb\r\nc\u2028d\u2029e\u0085f"],
    ["control characters", "\u0001\u0008\u001B[31m\u007F"],
  ];
  test.each(zoo)("%s: the same for everybody, in every format, and after a reload", async (_, words) => {
    const [nadia, brice] = [await visitor("Nadia"), await visitor("Brice")];
    nadia.write(words);
    await nadia.saved();
    await brice.when(() => brice.doc.getText("prose:text").toJSON().endsWith(words));
    const later = await place.log.minutes(workshop.id);
    const live = read(brice.doc, { id: workshop.id, state: later.state });
    expect(later.sections).toEqual(live.sections);
    for (const { render } of FORMATS.values())
      expect(render(later)).toEqual(render({ ...later, sections: live.sections }));
  });

  test("U+0000 and half a character are refused", async () => {
    expect(await outcome(forgeOne([ME, 0], { parent: "title", content: content.words("a\0b") }))).toBe(4400);
    const half = content.rawWords(Uint8Array.of(0x61, 0xed, 0xa0, 0xbd));
    expect(await outcome(forgeOne([ME, 0], { parent: "title", content: half }))).toBe(4400);
    const json = content.format("link", '"https://example.org/\\ud83d"');
    expect(await outcome(forgeOne([ME, 0], { parent: "title", content: json }))).toBe(4400);
  });

  test("every emoji split by two people at once: the same for everybody, and nothing else is harmed", async () => {
    const [nadia, brice] = [await visitor("Nadia"), await visitor("Brice")];
    nadia.write("0🌱1😀2🇫3");
    await nadia.saved();
    await brice.when(() => brice.doc.getText("prose:text").toJSON().endsWith("3"));
    for (const each of [nadia, brice]) {
      const text = each.doc.getText("prose:text");
      const all = text.toJSON();
      const { length } = all;
      for (let at = length - 1; at > 0; at -= 1) {
        if (/[\uDC00-\uDFFF]/u.test(all.charAt(at))) text.insert(at + text.length - length, "x");
      }
    }
    await nadia.saved();
    await brice.saved();
    const later = await place.log.minutes(workshop.id);
    const same = (): boolean => nadia.doc.getText("prose:text").toJSON() === brice.doc.getText("prose:text").toJSON();
    await nadia.when(same);
    const shown = later.sections.flatMap((section) => (section.kind === "prose" ? section.body : []));
    const words = shown.flatMap(({ spans }) => spans.map(({ text }) => text)).join("");
    expect(words.replaceAll(/[^0-9]/gu, "")).toBe("0123");
    expect(words.isWellFormed()).toBe(true);
  });
});

describe("M10 R9 presence", () => {
  const states = (...each: (readonly [clientId: number, clock: number, json: string])[]): Uint8Array => {
    const inner = createEncoder();
    writeVarUint(inner, each.length);
    for (const [clientId, clock, json] of each) {
      writeVarUint(inner, clientId);
      writeVarUint(inner, clock);
      writeVarString(inner, json);
    }
    const outer = createEncoder();
    writeVarUint8Array(outer, toUint8Array(inner));
    return toUint8Array(outer);
  };

  test("stock cursors are translated; long, deep, polluting, foreign states are left out; own id, at most 2 kB", async () => {
    const nadia = await visitor("Nadia");
    const program = await hostile();
    const seen = (): Map<number, Record<string, unknown>> => nadia.provider.awareness?.getStates() ?? new Map();
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const show = async (clock: number, more: string): Promise<Record<string, unknown> | undefined> => {
      program.frame(
        FRAME.presence,
        states([ME, clock, `{"section":"s${clock}"${more}}`], [ME + 1, clock, '{"section":"x"}']),
      );
      await nadia.when(() => seen().get(ME)?.["section"] === `s${clock}`);
      return seen().get(ME);
    };
    const shown = { visitor: expect.any(String), name: expect.any(String), colour: expect.any(Number) };
    expect(await show(1, ',"user":{"name":"<b>x</b>","color":"url(//e)"},"cursor":{"anchor":{},"head":{}}')).toEqual({
      ...shown,
      section: "s1",
    });
    expect(await show(2, ',"colour":"red","name":"<img onerror=x>","visitor":"someone"')).toEqual({
      ...shown,
      section: "s2",
    });
    expect(await show(3, `,"x":"${"y".repeat(20_000)}"`)).toEqual({ ...shown, section: "s3" });
    expect(await show(4, `,"x":${deep}`)).toEqual({ ...shown, section: "s4" });
    expect(await show(5, ',"__proto__":{"polluted":true}')).toEqual({ ...shown, section: "s5" });
    expect(await show(6, `,"caret":{"place":"title","anchor":"${"y".repeat(5000)}","head":""}`)).toEqual({
      ...shown,
      section: "s6",
    });
    const caret = { place: "title", anchor: "AA", head: "AA" };
    expect(await show(7, `,"caret":${JSON.stringify({ ...caret, more: "x" })}`)).toEqual({
      ...shown,
      section: "s7",
      caret,
    });
    program.frame(FRAME.presence, states([ME, 8, `{"section":"s8","x":"${"y".repeat(900_000)}"}`]));
    program.frame(FRAME.presence, states([nadia.doc.clientID, 9, '{"section":"volé"}']));
    program.frame(FRAME.presence, states(...Array.from({ length: 1000 }, (_, i) => [i, 9, "{}"] as const)));
    await show(10, "");
    expect(new Set(seen().keys())).toEqual(new Set([ME, nadia.doc.clientID]));
    expect(JSON.stringify([...seen().values()]).length).toBeLessThan(2000);
    expect("polluted" in {}).toBe(false);
  });

  test("what is no presence at all ends the session", async () => {
    for (const rest of [
      Uint8Array.of(5, 1, 1, 1),
      Uint8Array.of(4, 1, 1, 1, 9),
      states([ME, 1, "{"]),
      Uint8Array.of(),
    ]) {
      const client = await hostile();
      client.frame(FRAME.presence, rest);
      await client.when(({ closed }) => closed !== undefined);
    }
  });

  test("a read link shows nothing", async () => {
    const nadia = await visitor("Nadia");
    const reader = place.raw(workshop.id, workshop.links.read);
    reader.frame(FRAME.presence, states([ME, 1, '{"section":"text"}']));
    await reader.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.presence));
    const writer = await hostile();
    writer.frame(FRAME.presence, states([ME + 1, 1, '{"section":"text"}']));
    await nadia.when(() => nadia.provider.awareness?.getStates().has(ME + 1) === true);
    expect(nadia.provider.awareness?.getStates().has(ME)).toBe(false);
  });
});

describe("M11 R10 every opcode", () => {
  test("0 to 255 with junk, behind every kind of link: the room goes on", async () => {
    const nadia = await visitor("Nadia");
    const before = await head();
    for (const token of [undefined, "nonsense", ...Object.values(workshop.links)]) {
      for (let kind = 0; kind <= 255; kind += 1) {
        const client = place.raw(workshop.id, token);
        client.frame(kind, Uint8Array.from([kind % 3, 200, 1, 2, 3]));
        client.frame(kind, Uint8Array.of());
        client.frame(kind, Uint8Array.of(3, 1, 2, 3));
        // Known kinds may pass; one nobody sends never does.
        if (kind > FRAME.pong) expect(client.closed).toBe(4400);
        client.leave();
      }
    }
    expect(await head()).toBe(before);
    nadia.write("encore là");
    await nadia.saved();
  });
});

describe("M15 R10 names that are not this workshop's", () => {
  test("are refused or lead nowhere, whatever they look like; no room is opened, no record made", async () => {
    const other = await place.start();
    const names = [
      "",
      " ",
      "\0",
      `${workshop.id} `,
      ` ${workshop.id}`,
      workshop.id.toUpperCase(),
      `${workshop.id}/`,
      `../${workshop.id}`,
      "__proto__",
      "constructor",
      "toString",
      "..",
      ".",
      "%2e%2e",
      "x".repeat(10_000),
      workshop.id.normalize("NFD") + "\u0301",
      Array.from(workshop.id, (each) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0)).join(""),
      other.id,
    ];
    for (const name of names) {
      const client = place.raw(name, workshop.links.write);
      client.frame(
        FRAME.sync,
        syncRest(SYNC.update, forgeOne([ME, 0], { parent: "title", content: content.words("x") })),
      );
      await client.when(({ closed, denied }) => closed !== undefined || denied() !== undefined);
      expect({ name, acknowledged: client.acknowledged() }).toEqual({ name, acknowledged: 0 });
    }
    expect(place.rooms.size.rooms).toBe(0);
    expect((await place.log.load(other.id)).head).toBe(1);
  });

  test("a session named behind the workshop's is that workshop's, and only that", async () => {
    const client = place.raw(`${workshop.id}\0session`, workshop.links.read);
    await client.when(({ frames }) => frames.length > 0);
    expect(client.denied()).toBeUndefined();
  });
});
