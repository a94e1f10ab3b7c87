/** D16, M01: the gate refuses nothing that is honestly written, whoever writes it and however it arrives. */
import { expect, test } from "vitest";
import { hearing, meet, type Room } from "./honest.ts";
import { MIXES, WORKSHOP } from "./moves.ts";
import { preserve } from "./preservation.ts";
import { Random, seeds } from "./random.ts";

const refusalsOf = (rooms: readonly Room[]): string[] => rooms.flatMap(({ refusals }) => refusals);

test.each([...MIXES, WORKSHOP])(
  "M01 D16 what the editor writes ($name) is let through, one by one and in batches",
  (mix) => {
    let frames = 0;
    for (const seed of seeds(6)) {
      const { hear, rooms } = hearing(1 + (seed % 7));
      preserve({ seed, mix, rhythm: 3, wide: seed % 2 === 0, hear });
      expect(refusalsOf(rooms), `seed ${seed}`).toEqual([]);
      frames += rooms[0]?.frames ?? 0;
    }
    process.stdout.write(`M01 ${frames} honest frames of the editor, ${mix.name}: refusals 0\n`);
    expect(frames).toBeGreaterThan(100);
  },
);

test("M01 D16 edits, stock clients, undo, duplicates, reconnections, the server: let through", () => {
  let frames = 0;
  for (const seed of seeds(60)) {
    const room = meet(new Random(seed), 150);
    expect(room.refusals, `seed ${seed}`).toEqual([]);
    frames += room.frames;
  }
  process.stdout.write(`M01 ${frames} honest frames of edits, stock clients, undo, reconnections: refusals 0\n`);
  expect(frames).toBeGreaterThan(3000);
});
