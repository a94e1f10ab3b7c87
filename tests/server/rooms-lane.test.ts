/** A lane on its own, with a room behind it and nothing in front: its heartbeat, its limit, its silence. */
import { createEncoder, toUint8Array, writeVarUint8Array } from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Lanes, type Outlet } from "../../server/rooms/lane.ts";
import { writeToken } from "../../server/rooms/frames.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(async () => {
  vi.useRealTimers();
  await place.remove();
});

interface Listener extends Outlet {
  heard: string[];
  ended: boolean;
  waiting: number;
  /** Resolves once something written holds these words. */
  says: (words: string) => Promise<void>;
}

const listener = (): Listener => {
  let look = (): void => undefined;
  const outlet: Listener = {
    heard: [],
    ended: false,
    waiting: 0,
    entered: () => undefined,
    write(text) {
      outlet.heard.push(text);
      look();
    },
    end() {
      outlet.ended = true;
    },
    async says(words) {
      while (!outlet.heard.some((text) => text.includes(words))) {
        await new Promise<void>((resolve) => (look = resolve));
      }
    },
  };
  return outlet;
};

const lanes = (): Lanes => new Lanes((carrier) => place.rooms.connect(carrier));
const body = (frame: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint8Array(encoder, frame);
  return toUint8Array(encoder);
};

describe("R22 nothing on the way holds the stream back", () => {
  test("a quiet lane is heard of every 15 seconds, until it ends", () => {
    vi.useFakeTimers();
    const outlet = listener();
    // Nobody behind it: a room would send away whoever shows no credential.
    const nobody = { receive: () => undefined, closed: () => undefined };
    const lane = new Lanes(() => nobody).open(outlet);
    expect(outlet.heard).toEqual([`event: open\ndata: ${lane.id}\n\n`]);
    vi.advanceTimersByTime(46_000);
    expect(outlet.heard.slice(1)).toEqual([":\n\n", ":\n\n", ":\n\n"]);
    lane.lost();
    vi.advanceTimersByTime(60_000);
    expect(outlet.heard).toHaveLength(4);
  });
});

describe("R21 the lane is limited, and closes like a socket", () => {
  test("a client that reads nothing is cut before it costs the others their memory", async () => {
    const { id, links } = await place.start();
    const outlet = listener();
    const all = lanes();
    const lane = all.open(outlet);
    outlet.waiting = 5 * 1024 * 1024;
    lane.take(1, body(writeToken(id, links.write)));
    await outlet.says("event: close");
    expect(outlet.heard.at(-1)).toContain('"code":1013');
    expect(outlet.ended).toBe(true);
    expect(() => all.find(lane.id)).toThrow("unknown-address");
  });

  test("whoever brings more than a connection's share is answered later, and at once when the lane ends", async () => {
    const { id, links } = await place.start();
    const lane = lanes().open(listener());
    const many = createEncoder();
    for (let count = 0; count < 120; count += 1) writeVarUint8Array(many, writeToken(id, links.write));
    lane.take(1, toUint8Array(many));
    let answered = false;
    const ready = lane.ready().then(() => (answered = true));
    await new Promise((next) => setImmediate(next));
    expect(answered).toBe(false);
    lane.lost();
    await ready;
  });

  test("whether somebody is there is asked through the stream and answered by any POST; silence is an answer too", async () => {
    const outlet = listener();
    const lane = lanes().open(outlet);
    const asked = lane.answers();
    await outlet.says("event: ask");
    lane.take(1, new Uint8Array());
    expect(await asked).toBe(true);
    vi.useFakeTimers();
    const again = lane.answers();
    vi.advanceTimersByTime(2000);
    expect(await again).toBe(false);
  });
});
