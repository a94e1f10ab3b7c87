/** C10: when a line is given up, for which silence, and how long an answer is waited with while others are heard. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchPulse } from "../../client/session/pulse.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line of which a test says what is heard on it; counts how often it was made anew. */
const watched = (heardEvery: number | undefined, waits: boolean) => {
  const began = Date.now();
  const seen = { renewed: [] as number[], spoken: 0 };
  let heard = began;
  const hearing = heardEvery === undefined ? undefined : setInterval(() => (heard = Date.now()), heardEvery);
  const stop = watchPulse({
    heard: () => heard,
    waitingSince: () => (waits ? began : undefined),
    connected: () => seen.renewed.length === 0,
    lacks: () => false,
    speak: () => void (seen.spoken += 1),
    renew: () => void seen.renewed.push(Date.now() - began),
  });
  return {
    seen,
    stop: () => {
      clearInterval(hearing);
      stop();
    },
  };
};

test.each([
  ["nobody is heard, nothing waits", undefined, false, [9_000]],
  ["nobody is heard, a word waits", undefined, true, [9_000]],
  ["others are heard, nothing waits", 1_000, false, []],
  // A server whose every sync takes two seconds and more answers late; a new line would cost it more of them.
  ["D20 others are heard, a word waits", 1_000, true, [17_000]],
])("C10 %s: given up when that has lasted", (_what, heardEvery, waits, renewed) => {
  const { seen, stop } = watched(heardEvery, waits);
  vi.advanceTimersByTime(30_000);
  expect(seen.renewed).toEqual(renewed);
  stop();
});
