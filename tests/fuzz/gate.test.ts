/** M01, S09: whatever arrives at a room, nothing wrong is acknowledged, kept or shown, and honest words stay. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, type Place } from "../support/rooms.ts";
import { batter } from "./gate.ts";
import { Random, seeds } from "./random.ts";

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(async () => {
  await place.remove();
  expect(place.faults).toEqual([]);
});

/** More when asked for by FRAMES. */
const FRAMES = Number(process.env["FRAMES"] ?? 20_000);

test("M01 R6 damaged frames: no crash, nothing acknowledged that is not applied, nothing changed that is not acknowledged", async () => {
  const [seed = 1] = seeds(1);
  const workshop = await place.start();
  const figures = await batter({ place, workshop, random: new Random(seed) }, FRAMES);
  process.stdout.write(`M01 seed ${seed}: ${JSON.stringify(figures)}\n`);
  expect({ seed, ...figures }).toMatchObject({ seed, sent: FRAMES, wrong: 0 });
  expect(figures.acknowledged).toBeGreaterThan(FRAMES / 1000);
  expect(figures.closed).toBeGreaterThan(FRAMES / 4);
}, 300_000);
