/** D16: wherever a program says that its letters stand, what others type stands in one order for everybody. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { content, forge, type At } from "../support/forged.ts";
import { Random, seeds } from "./random.ts";

const BASE = 100;
const LETTERS = 4;
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];
/** How often in one seed. */
const ROUNDS = 40;

const textOf = (doc: Y.Doc): Y.Text => doc.getText("title");

const base = (random: Random): Y.Doc => {
  const doc = new Y.Doc();
  doc.clientID = BASE;
  for (let letter = 0; letter < LETTERS; letter += 1) {
    textOf(doc).insert(random.below(letter + 1), "abcd".charAt(letter));
  }
  return doc;
};

/** Capitals, between any two letters that are there: in the wrong order, far apart, or past its own. */
const hostile = (random: Random, client: number): Uint8Array => {
  const anywhere = (): At | undefined => (random.chance(0.2) ? undefined : [BASE, random.below(LETTERS)]);
  const structs = Array.from({ length: 1 + random.below(3) }, (_, at) => {
    const [left, right] = [anywhere(), anywhere()];
    const held = content.words("XYZ".charAt(at));
    return left || right
      ? { ...(left && { left }), ...(right && { right }), content: held }
      : { parent: "title", content: held };
  });
  return forge([{ client, clock: 0, structs }]);
};

const honest = (random: Random, client: number, state: Uint8Array): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = client;
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  const at = random.below(LETTERS + 1);
  textOf(doc).insert(at, "1");
  if (random.chance(0.5)) textOf(doc).insert(at + random.below(2), "2");
  return Y.encodeStateAsUpdate(doc, before);
};

test.each(seeds(5))("D16 wherever a program says that it stands, others stand as they stood (seed %i)", (seed) => {
  const random = new Random(seed);
  for (let round = 0; round < ROUNDS; round += 1) {
    const state = Y.encodeStateAsUpdate(base(random));
    const clients = [1 + random.below(90), 101 + random.below(90), 201 + random.below(90)];
    const updates = clients.map((client, index) =>
      index === 0 || random.chance(0.5) ? hostile(random, client) : honest(random, client, state),
    );
    const read = ORDERS.map((order) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      for (const index of order) Y.applyUpdate(doc, updates[index]!);
      const again = new Y.Doc();
      Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
      return [doc, again].map((each) => textOf(each).toJSON().replaceAll(/[XYZ]/gu, ""));
    });
    expect(new Set(read.flat()).size, `seed ${seed}, round ${round}: ${JSON.stringify(read)}`).toBe(1);
  }
});
