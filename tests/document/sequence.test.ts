/** D17: the work an update would give Yjs is counted exactly before it is done, and refused where it is too much. */
import { describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { checkStructure } from "../../document/updates/structure.ts";
import { inspectUpdate, leavesGap } from "../../document/updates.ts";
import { Random, seeds } from "../fuzz/random.ts";
import { content, forge, type At, type ForgedStruct } from "../support/forged.ts";

vi.setConfig({ testTimeout: 180_000 });

/** How many items Yjs really looks at: each is put into two sets. */
const stepsOf = (act: () => void): number => {
  const usual = Reflect.getOwnPropertyDescriptor(Set.prototype, "add") as TypedPropertyDescriptor<
    (each: unknown) => Set<unknown>
  >;
  let added = 0;
  const counting = function (this: Set<unknown>, each: unknown): Set<unknown> {
    if (each instanceof Y.Item) added += 1;
    return usual.value!.call(this, each);
  };
  Reflect.defineProperty(Set.prototype, "add", { ...usual, value: counting });
  try {
    act();
  } finally {
    Reflect.defineProperty(Set.prototype, "add", usual);
  }
  return added / 2;
};

const told = (doc: Y.Doc, update: Uint8Array): number | string => {
  const contents = inspectUpdate(update);
  if (leavesGap(contents, doc)) return "gap";
  try {
    return checkStructure(contents, doc);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

/** An id of the document, at the edge of an item or within it. */
const anyAt = (doc: Y.Doc, random: Random): At => {
  const [client, structs] = random.pick([...doc.store.clients]);
  const { id, length } = random.pick(structs);
  return [client, id.clock + random.below(length)];
};

/** One to twelve structs by one or two hands, next to what is there, to each other, in any order. */
const anyUpdate = (doc: Y.Doc, random: Random): Uint8Array => {
  const hands = Array.from({ length: 1 + random.below(2) }, () => ({
    client: 1 + random.below(40),
    structs: [] as ForgedStruct[],
  })).filter(({ client }, i, all) => all.findIndex((each) => each.client === client) === i);
  return forge(
    hands.map(({ client, structs }) => {
      const clock = Y.getState(doc.store, client);
      let next = clock;
      for (let left = random.below(12); left >= 0; left -= 1) {
        const at = (): At => (random.chance(0.4) && next > clock ? [client, random.below(next)] : anyAt(doc, random));
        const words = "m".repeat(1 + random.below(3));
        structs.push({
          ...random.pick<() => Partial<ForgedStruct>>([
            () => ({ left: at() }),
            () => ({ right: at() }),
            () => ({ left: at(), right: at() }),
            () => ({ parent: "prose:text" }),
          ])(),
          content: content.words(words),
        });
        next += words.length;
      }
      return { client, clock, structs };
    }),
  );
};

describe("D17 the work of an update", () => {
  test("M08 is counted as Yjs will do it, whatever stands next to whatever", () => {
    let [compared, steps] = [0, 0];
    for (const seed of seeds(25)) {
      const random = new Random(seed);
      const doc = new Y.Doc();
      doc.clientID = 5;
      doc.getText("prose:text").insert(0, "le début d'un texte");
      for (let round = 0; round < 40; round += 1) {
        const update = anyUpdate(doc, random);
        const counted = told(doc, update);
        if (typeof counted !== "number") continue;
        const real = stepsOf(() => Y.applyUpdate(doc, update));
        expect({ seed, round, counted }).toEqual({ seed, round, counted: real });
        if (random.chance(0.3)) doc.getText("prose:text").delete(random.below(doc.getText("prose:text").length - 2), 2);
        compared += 1;
        steps += real;
      }
    }
    process.stdout.write(`M08 ${compared} updates, ${steps} steps, all counted\n`);
    expect(steps).toBeGreaterThan(compared);
  });

  test("of people who were away is nothing, or little", () => {
    const [one, other] = [new Y.Doc(), new Y.Doc()];
    [one.clientID, other.clientID] = [7, 8];
    const write = (doc: Y.Doc, backwards: boolean): void => {
      const text = doc.getText("prose:text");
      for (let i = 0; i < 3000; i += 1) {
        text.insert(backwards ? 0 : text.length, "x", i % 3 ? {} : { bold: i % 2 === 0 });
        if (i % 5 === 0) text.delete(text.length >> 1, 1);
      }
    };
    write(one, false);
    write(other, false);
    expect(told(one, Y.encodeStateAsUpdate(other))).toBeLessThan(20_000);
    expect(told(other, Y.encodeStateAsUpdate(one))).toBeLessThan(20_000);
    // Three thousand letters, each before the last, while somebody wrote a line at the very same place.
    const [backwards, line] = [new Y.Doc(), new Y.Doc()];
    [backwards.clientID, line.clientID] = [10, 9];
    write(backwards, true);
    line.getText("prose:text").insert(0, "une ligne", { bold: true });
    expect(told(line, Y.encodeStateAsUpdate(backwards))).toBeLessThan(100_000);
    expect(told(new Y.Doc(), Y.encodeStateAsUpdate(backwards))).toBeLessThan(100);
  });

  const many = (count: number, struct: (i: number) => ForgedStruct): ForgedStruct[] =>
    Array.from({ length: count }, (_, i) => struct(i));
  const word = content.words("x");

  test.each<[string, () => Uint8Array]>([
    [
      "M08 eighty thousand letters told to stand at one place by one hand",
      () => {
        const chain = many(40_000, (i) => ({
          ...(i ? { right: [9, i - 1] } : { parent: "prose:text" }),
          content: word,
        }));
        return forge([
          { client: 9, clock: 0, structs: [...chain, ...many(40_000, (i) => ({ right: [9, i], content: word }))] },
        ]);
      },
    ],
    [
      "M08 twenty thousand values under one key, none of which follows another",
      () =>
        forge([
          {
            client: 9,
            clock: 0,
            structs: many(20_000, () => ({ parent: "meta", key: "subtitle", content: content.values("x") })),
          },
        ]),
    ],
    [
      "M08 more texts than a workshop can have",
      () => forge([{ client: 9, clock: 0, structs: many(5_000, (i) => ({ parent: `prose:${i}`, content: word })) }]),
    ],
  ])("%s: refused", (_what, make) => {
    const doc = new Y.Doc();
    expect(told(doc, make())).toBe("too-large");
    expect(doc.store.clients.size).toBe(0);
  });

  test("M08 a second hand that goes on at a place where ten thousand stand: refused, and what it brings is not there", () => {
    const backwards = (client: number): Uint8Array =>
      forge([
        {
          client,
          clock: 0,
          structs: many(10_000, (i) => ({
            ...(i ? { right: [client, i - 1] } : { parent: "prose:text" }),
            content: word,
          })),
        },
      ]);
    const doc = new Y.Doc();
    expect(told(doc, backwards(8))).toBe(0);
    Y.applyUpdate(doc, backwards(8));
    // The lower hand stands before all of them and looks once; the higher one after all of them, each time again.
    expect(told(doc, backwards(7))).toBe(10_000);
    expect(told(doc, backwards(9))).toBe("too-large");
  });

  test("M08 forty thousand marks on one word cost Yjs no search, and are counted as none", () => {
    const structs = many(40_000, (i) => ({
      ...(i ? { left: [9, i - 1] } : { parent: "prose:text" }),
      content: content.format("bold", i % 2 ? "null" : "true"),
    }));
    expect(told(new Y.Doc(), forge([{ client: 9, clock: 0, structs }]))).toBe(0);
  });
});
