/** Times and dates of the interface: as people say them, and cheap enough to stand in each of three hundred items. */
import { expect, test, vi } from "vitest";
import { shortTime } from "../../client/sections/when.ts";

const NOW = new Date(2026, 10, 22, 15, 0);
const at = (...when: [number, number, number, number, number]): string => new Date(...when).toISOString();

test("a time is said as shortly as it can be understood", () => {
  expect(shortTime(at(2026, 10, 22, 10, 42), NOW, "fr")).toBe("10:42");
  expect(shortTime(at(2026, 1, 28, 10, 42), NOW, "fr")).toMatch(/^28 févr\.,? 10:42$/);
  expect(shortTime(at(2025, 1, 28, 10, 42), NOW, "en")).toMatch(/^28 Feb 2025, 10:42$/);
  expect(shortTime(at(2026, 10, 22, 14, 59), NOW, "fr")).toBe("14:59");
  expect(shortTime(NOW.toISOString(), NOW, "fr")).toBeUndefined();
  expect(shortTime("hier", NOW, "fr")).toBeUndefined();
});

test("L11 a format is made once, not for each of three hundred items", () => {
  const made = vi.spyOn(Intl, "DateTimeFormat");
  try {
    for (let day = 1; day <= 300; day += 1) {
      for (const language of ["fr", "en"] as const) shortTime(at(2026, 0, day, 10, 42), NOW, language);
    }
    expect(made.mock.calls.length).toBeLessThanOrEqual(6);
  } finally {
    made.mockRestore();
  }
});
