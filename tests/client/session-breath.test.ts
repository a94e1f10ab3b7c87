/** How long a page rests from what it took in. */
import { afterEach, expect, test, vi } from "vitest";
import { Breath } from "../../client/session/breath.ts";

const REST = 1_000;
const BUSY_MS = 5;

const busy = (): void => {
  for (const free = performance.now() + BUSY_MS; performance.now() < free;);
};

afterEach(() => vi.unstubAllGlobals());

test("C49 what was taken in is rested from, and what waits for it is taken in all the same", async () => {
  const breath = new Breath(REST);
  expect(breath.rested).toBe(true);
  breath.spend(busy);
  expect(breath.rested).toBe(false);
  // Far sooner than five seconds: nothing waits longer than a quarter of one.
  await new Promise<void>((resolve) => breath.after(resolve));
  expect(breath.rested).toBe(false);
});

test("C49 a page that nobody sees takes everything at once: its clocks may come a minute late", () => {
  vi.stubGlobal("document", { visibilityState: "hidden" });
  const breath = new Breath(REST);
  breath.spend(busy);
  expect(breath.rested).toBe(true);
});
