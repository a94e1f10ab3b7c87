/** L7 L13: large documents are folded, read and compacted in another thread; the same, whole, in order, and not without end. */
import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Desk, type Ask } from "../../server/log/desk.ts";
import { openLog } from "../../server/log/log.ts";
import { Readers } from "../../server/log/readers.ts";
import { rebuild } from "../../server/log/rebuild.ts";
import type { Statement } from "../../server/store/driver.ts";
import type { Store } from "../../server/store/store.ts";
import { newGround, newWorkshop, type Ground } from "../support/ground.ts";

let ground: Ground;
let id: string;
let doc: Y.Doc;

/** Changes the document, and the log with it. */
const change = async (how: () => void): Promise<void> => {
  const before = Y.encodeStateVector(doc);
  how();
  await ground.log.append({ document: id, update: Y.encodeStateAsUpdate(doc, before) });
};

/** Writes at the end of the notes. */
const write = (words: string): Promise<void> => {
  const text = doc.getText("prose:notes");
  return change(() => text.insert(text.length, words));
};

const asText = async (): Promise<string> =>
  new TextDecoder().decode(
    await ground.log.rendered(id, {
      module: new URL("readers-rendering.ts", import.meta.url).href,
      name: "title",
      options: {},
    }),
  );

beforeEach(async () => {
  ground = await newGround();
  id = (await newWorkshop(ground.access)).id;
  doc = rebuild(await ground.log.load(id));
  const section = new Y.Map<unknown>(Object.entries({ kind: "prose", heading: "Notes", order: "a0" }));
  await change(() => doc.getMap("sections").set("notes", section));
  await write("au début ");
});
afterEach(async () => {
  await ground.remove();
});

const LARGE = "une salle ouverte le soir ".repeat(6_000);

test("L7 a document that grows goes on being read as it is, whichever thread reads it", async () => {
  expect(JSON.stringify(await ground.log.minutes(id))).toContain("au début");
  await write(LARGE);
  const ending = async (words: string): Promise<void> =>
    expect(JSON.stringify(await ground.log.minutes(id))).toContain(`ouverte le soir ${words}"`);
  await ending("");
  await write("un");
  await ending("un");
  await write(", deux");
  await ending("un, deux");
  await ground.log.compact(id);
  await write(", trois");
  await ending("un, deux, trois");
  const kept = rebuild(await ground.log.load(id));
  expect(kept.getText("prose:notes").toJSON()).toBe(doc.getText("prose:notes").toJSON());
});

test("L13 whoever asks for the same at once shares one reading; what is asked after an acknowledgement is in it", async () => {
  await write(LARGE);
  for (let i = 0; i < 5; i += 1) {
    const crowd = Array.from({ length: 40 }, asText);
    await write(`<${i}>`);
    const [mine] = await Promise.all([asText(), ...crowd]);
    expect(mine).toContain(`<${i}>`);
  }
});

test("L11 the thread ends when nobody has asked for a while, and the next question starts another", async () => {
  await write(LARGE);
  const loaded = await ground.log.load(id);
  const started: Worker[] = [];
  const note = (thread: Worker): unknown => started.push(thread);
  process.on("worker", note);
  const readers = new Readers(20);
  const first = await readers.snapshot(loaded);
  await once(started[0]!, "exit");
  expect(await readers.snapshot(loaded)).toEqual(first);
  expect(started).toHaveLength(2);
  await once(started[1]!, "exit");
  process.off("worker", note);
});

test("L13 too many different wishes are refused with 503, and those for whom somebody waits at the door are not", async () => {
  await write(LARGE);
  await ground.log.minutes(id);
  const module = new URL("readers-rendering.ts", import.meta.url).href;
  const wishes = Array.from({ length: 200 }, (_, wish) =>
    ground.log.rendered(id, { module, name: "title", options: { wish } }).then(
      () => "answered",
      (error: { code: string; status: number }) => `${error.code} ${error.status}`,
    ),
  );
  const door = ground.log.minutes(id);
  const answers = await Promise.all(wishes);
  expect(JSON.stringify(await door)).toContain("au début");
  expect(new Set(answers)).toEqual(new Set(["answered", "busy 503"]));
  expect(answers.filter((each) => each === "answered").length).toBeLessThanOrEqual(70);
  // And then there is room again.
  expect(await asText()).toContain("au début");
});

test("L11 whoever asks for too many moments of the past is refused before they are read; others' are not kept waiting by them", async () => {
  await write(LARGE);
  const small = (await newWorkshop(ground.access)).id;
  const title = { module: new URL("readers-rendering.ts", import.meta.url).href, name: "title", options: {} };
  let read = 0;
  const counting: Store = Object.assign(Object.create(ground.store) as Store, {
    read: <const S extends readonly Statement[]>(...asked: S) => {
      if (asked.some(({ sql }) => sql.includes("FROM snapshots"))) read += 1;
      return ground.store.read(...asked);
    },
  });
  const log = openLog(counting, () => undefined);
  const order: string[] = [];
  const asked = Array.from({ length: 100 }, () =>
    log.past(id, 3, title).then(
      () => order.push("answered"),
      ({ code }: { code: string }) => order.push(code),
    ),
  );
  const other = log.past(small, 1, title).then(() => order.push("other"));
  expect(read).toBe(3);
  await Promise.all([...asked, other]);
  expect(order.slice(0, 34)).toEqual(Array.from({ length: 34 }, () => "busy"));
  expect(order.indexOf("other")).toBeLessThan(order.indexOf("answered") + 4);
  expect(order.filter((each) => each === "answered")).toHaveLength(66);
  expect(new TextDecoder().decode(await log.past(id, 3, title))).toContain("au début");
});

test("L13 while somebody writes, files wait between each other, and whoever stands at the door waits for none of them", async () => {
  await write(LARGE);
  let over = false;
  const first = asText().finally(() => (over = true));
  while (!over) await write(".");
  await first;
  const order: string[] = [];
  await Promise.all([asText().then(() => order.push("file")), ground.log.minutes(id).then(() => order.push("door"))]);
  expect(order).toEqual(["door", "file"]);
});

test("L11 a rendering is told when what it holds was written", async () => {
  const module = new URL("readers-rendering.ts", import.meta.url).href;
  for (const words of ["peu", LARGE]) {
    await write(words);
    const written = await ground.log.changed(id);
    const told = await ground.log.rendered(id, { module, name: "changed", options: { changed: "never" } });
    expect(new TextDecoder().decode(told)).toBe(written.toISOString());
  }
});

test("L7 a rendering that throws fails whoever asked, and nobody after", async () => {
  await write(LARGE);
  const module = new URL("readers-rendering.ts", import.meta.url).href;
  await expect(ground.log.rendered(id, { module, name: "broken", options: {} })).rejects.toThrow(/broken on purpose/);
  await expect(ground.log.rendered(id, { module, name: "ending", options: {} })).rejects.toThrow(/ended/);
  expect(await asText()).toContain("au début");
});

test("L6 an entry that is no update makes a large document unavailable as well", async () => {
  await write(LARGE);
  await ground.log.minutes(id);
  await ground.log.append({ document: id, update: new Uint8Array([255, 255, 255]) });
  await expect(ground.log.minutes(id)).rejects.toMatchObject({ code: "unavailable" });
  await expect(ground.log.compact(id)).rejects.toMatchObject({ code: "unavailable" });
});

describe("L7 L13 many ask for different things while people write", () => {
  /** What was written after entry `after`, up to `head`, of a document whose every entry is a word. */
  const asking = (entries: readonly Uint8Array[], after: number, head: number): Ask => {
    const news = { after, loaded: { updates: entries.slice(after, head) } };
    return { document: "d", epoch: 1, head, changed: 0, state: "live", names: new Map(), news };
  };
  const entriesOf = (words: readonly string[]): Uint8Array[] => {
    const writer = new Y.Doc();
    const entries: Uint8Array[] = [];
    writer.on("update", (update: Uint8Array) => entries.push(update));
    for (const word of words) writer.getText("title").insert(writer.getText("title").length, word);
    return entries;
  };
  const titleIn = async (desk: Desk, ask: Ask): Promise<unknown> => {
    const told = await desk.answer(ask);
    return "minutes" in told ? told.minutes.title : told;
  };

  test("whoever asked before others brought news is answered without reading everything again", async () => {
    const entries = entriesOf(["un", " deux", " trois", " quatre", " cinq", " six"]);
    const desk = new Desk(1_000_000);
    expect(await titleIn(desk, asking(entries, 0, 3))).toBe("un deux trois");
    // Entries it has in part, none of which is said twice.
    expect(await titleIn(desk, asking(entries, 1, 5))).toBe("un deux trois quatre cinq");
    // What it has gone past.
    const { news: _news, ...known } = asking(entries, 0, 4);
    expect(await titleIn(desk, known)).toBe("un deux trois quatre cinq");
    expect(await titleIn(desk, asking(entries, 5, 6))).toBe("un deux trois quatre cinq six");
  });

  test("a hole is never passed over, nor another epoch", async () => {
    const entries = entriesOf(["un", " deux", " trois", " quatre"]);
    const desk = new Desk(1_000_000);
    await desk.answer(asking(entries, 0, 1));
    expect(await desk.answer(asking(entries, 2, 4))).toEqual({ needsAfter: 1 });
    expect(await desk.answer({ ...asking(entries, 1, 4), epoch: 2 })).toEqual({ needsAfter: 0 });
  });
});

describe("a desk keeps what fits", () => {
  const ask = (document: string): Ask => {
    const state = Y.encodeStateAsUpdate(doc);
    const news = { after: 0, loaded: { state, updates: [] } };
    return { document, epoch: 1, head: 1, changed: 0, state: "live", names: new Map(), news };
  };

  test("bytes are counted, not documents; what was asked for last stays", async () => {
    await write(LARGE);
    const size = Y.encodeStateAsUpdate(doc).length;
    const desk = new Desk(size * 2.5);
    for (const document of ["a", "b", "c"]) await desk.answer(ask(document));
    expect(["a", "b", "c"].map((document) => desk.sizeOf(document))).toEqual([0, size, size]);
    const { news: _news, ...known } = ask("b");
    expect(await desk.answer(known)).toHaveProperty("minutes");
    expect(await desk.answer({ ...known, document: "a" })).toEqual({ needsAfter: 0 });
    // Larger than there is room for: it is read all the same, and is then alone.
    const small = new Desk(10);
    expect(await small.answer(ask("a"))).toHaveProperty("minutes");
    await small.answer(ask("b"));
    expect(small.sizeOf("a")).toBe(0);
  });
});

test("L12 a document that is nearly full is looked at once at a time, however much is written meanwhile", async () => {
  let looks = 0;
  const counting: Store = Object.assign(Object.create(ground.store) as Store, {
    read: (...asked: readonly Statement[]) => {
      if (asked.some(({ sql }) => sql.includes("FROM snapshots"))) looks += 1;
      return ground.store.read(...asked);
    },
  });
  const faults: unknown[] = [];
  const log = openLog(counting, (error) => faults.push(error));
  const text = doc.getText("prose:notes");
  const typed = (words: string): Promise<number> => {
    const before = Y.encodeStateVector(doc);
    text.insert(text.length, words);
    return log.append({ document: id, update: Y.encodeStateAsUpdate(doc, before) });
  };
  // Thirteen times half a megabyte: from the twelfth on, how much of it still stands is to be known.
  // Each builds on the one before.
  // oxlint-disable-next-line no-await-in-loop
  for (let i = 0; i < 13; i += 1) await typed("x".repeat(500_000));
  const before = looks;
  await Promise.all(Array.from({ length: 50 }, () => typed("y")));
  expect(looks - before).toBeLessThan(10);
  await log.compact(id);
  const { state } = await log.load(id);
  const kept = new Y.Doc();
  Y.applyUpdate(kept, state!);
  expect(kept.getText("prose:notes").length).toBe(text.length);
  expect(faults).toEqual([]);
});
