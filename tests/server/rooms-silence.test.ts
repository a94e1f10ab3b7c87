/** Whoever is not heard any more is let go of; by a clock that nobody sets. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

const MINUTE = 60_000;

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(async () => {
  vi.useRealTimers();
  await place.remove();
});

const entered = async (): Promise<RawClient> => {
  const { id, links } = await place.start();
  const client = place.raw(id, links.write);
  client.frame(FRAME.sync, syncRest(SYNC.step2, Uint8Array.of(0, 0)));
  await client.when((each) => each.acknowledged() === 1);
  return client;
};

test.each([1, -1])("O07 R17 nobody is sent away by a clock that jumps by %i hours", async (hours) => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  const client = await entered();
  vi.setSystemTime(Date.now() + hours * 60 * MINUTE);
  // Every look that anybody takes at who is there, while next to no time goes by.
  vi.advanceTimersByTime(3 * MINUTE);
  expect(client.closed).toBeUndefined();
});

test("R18 whoever has come in and is not heard for minutes is let go of, whatever the clock on the wall says", async () => {
  vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
  const [heard, silent] = [await entered(), await entered()];
  for (let minute = 0; minute < 3; minute += 1) {
    heard.frame(FRAME.queryPresence, new Uint8Array());
    vi.advanceTimersByTime(MINUTE - 1);
  }
  expect([heard.closed, silent.closed]).toEqual([undefined, 4408]);
});
