/** M01, S09: whatever arrives at a room, nothing wrong is acknowledged, kept or shown, and honest words stay. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Caution } from "../../server/rooms/caution.ts";
import { newPlace, type Place } from "../support/rooms.ts";
import { batter } from "./gate.ts";
import { Random, seeds } from "./random.ts";
import { besiege } from "./siege.ts";
import { sift } from "./sieve.ts";

let place: Place;
beforeEach(async () => {
  // Each frame has a connection of its own: it is what is sent that is tried here, not how often one may come back.
  place = await newPlace(undefined, new Caution({ free: Number.POSITIVE_INFINITY }));
});
afterEach(async () => {
  await place.remove();
  expect(place.faults).toEqual([]);
});

/** More when asked for by FRAMES. */
const FRAMES = Number(process.env["FRAMES"] ?? 20_000);
/** The same without a door and a disk, which take most of the time: more when asked for by SIFTED. */
const SIFTED = Number(process.env["SIFTED"] ?? 20_000);
const SIEGE = Number(process.env["SIEGE"] ?? 1500);
/** After so many a new workshop begins: each comparison reads a whole log. */
const ROUND = 20_000;
const PATIENCE = 300_000 + (FRAMES + SIEGE) * 20;

const [seed = 1] = seeds(1);

test(
  "M01 R6 damaged frames: no crash, nothing acknowledged that is not applied, nothing changed that is not acknowledged",
  async () => {
    const random = new Random(seed);
    const all = { sent: 0, acknowledged: 0, closed: 0, wrong: 0 };
    let stall = 0;
    const began = performance.now();
    while (all.sent < FRAMES) {
      const workshop = await place.start();
      const round = await batter({ place, workshop, random }, Math.min(ROUND, FRAMES - all.sent));
      for (const key of ["sent", "acknowledged", "closed", "wrong"] as const) all[key] += round[key];
      stall = Math.max(stall, round.stall);
    }
    const rate = (FRAMES * 1000) / (performance.now() - began);
    const figures = `${rate.toFixed()} frames/s, longest stall ${stall} ms of processor`;
    process.stdout.write(`M01 seed ${seed}: ${JSON.stringify(all)}, ${figures}\n`);
    expect({ seed, ...all }).toMatchObject({ seed, sent: FRAMES, wrong: 0 });
    expect(all.acknowledged).toBeGreaterThan(FRAMES / 1000);
    expect(all.closed).toBeGreaterThan(FRAMES / 4);
  },
  PATIENCE,
);

test(
  "M01 R6 damaged frames at the gate itself: no exception but a refusal, nothing pending, no other effect than was said",
  () => {
    const began = performance.now();
    const { longest, slowest, ...all } = sift(new Random(seed), SIFTED);
    const rate = (SIFTED * 1000) / (performance.now() - began);
    process.stdout.write(
      `M01 seed ${seed}, the gate itself: ${JSON.stringify(all)}, ${rate.toFixed()} frames/s, the longest ${longest.toFixed(1)} ms of processor, number ${slowest}\n`,
    );
    expect({ seed, ...all }).toMatchObject({ seed, frames: SIFTED, wrong: 0 });
    expect(all.taken).toBeGreaterThan(SIFTED / 1000);
    expect(all.refused).toBeGreaterThan(SIFTED / 4);
  },
  300_000 + SIFTED,
);

test(
  "S09 R6 a hostile session beside three people who type: no word lost or doubled, nobody disturbed, nothing pending",
  async () => {
    const workshop = await place.start();
    const outcome = await besiege({ place, workshop, random: new Random(seed) }, SIEGE);
    process.stdout.write(`S09 seed ${seed}: ${JSON.stringify(outcome)}\n`);
    const { sent, refused, typed, ...harm } = outcome;
    expect({ seed, ...harm }).toEqual({ seed, lost: 0, doubled: 0, disturbed: 0, different: 0, pending: 0 });
    expect([sent, typed]).toEqual([SIEGE, SIEGE]);
    // Awake on both sides: some of it is refused, and some of it is well-formed mischief that comes through.
    expect(refused).toBeGreaterThan(SIEGE / 4);
    expect(refused).toBeLessThan(SIEGE);
  },
  PATIENCE,
);
