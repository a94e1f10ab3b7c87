/** M19, M20: the countdown, the phases in their order, where a workshop comes together. */
import { describe, expect, test } from "vitest";
import { closingOf, CLOSING_MINUTES, emptySections, phaseIn, phasesOf, synthesisIn } from "../../minutes/runsheet.ts";
import { clockText, countdown, extend, isRunning, leftAt, MINUTE, pause, resume } from "../../minutes/timer.ts";
import type { Item, Minutes, Section } from "../../minutes/value.ts";

describe("M19 a countdown", () => {
  test("runs towards its end, stands still while paused, and goes on with what was left", () => {
    const begun = countdown(10, 1000);
    expect(leftAt(begun, 1000)).toBe(10 * MINUTE);
    expect(leftAt(begun, 1000 + 3 * MINUTE)).toBe(7 * MINUTE);
    const paused = pause(begun, 1000 + 3 * MINUTE);
    expect(isRunning(paused)).toBe(false);
    expect(leftAt(paused, 99 * MINUTE)).toBe(7 * MINUTE);
    expect(pause(paused, 99 * MINUTE)).toEqual(paused);
    const resumed = resume(paused, 99 * MINUTE);
    expect(leftAt(resumed, 100 * MINUTE)).toBe(6 * MINUTE);
    expect(resume(resumed, 100 * MINUTE)).toEqual(resumed);
  });

  test("a minute more is a minute more, running, paused, or over since long", () => {
    const begun = countdown(10, 0);
    expect(leftAt(extend(begun, 1, MINUTE), MINUTE)).toBe(10 * MINUTE);
    expect(leftAt(extend(pause(begun, MINUTE), 1, 50 * MINUTE), 70 * MINUTE)).toBe(10 * MINUTE);
    const late = extend(begun, 1, 25 * MINUTE);
    expect(leftAt(late, 25 * MINUTE)).toBe(MINUTE);
    expect(late.of).toBe(11 * MINUTE);
  });

  test.each([
    [728_000, "12:08"],
    [727_001, "12:08"],
    [59_999, "1:00"],
    [0, "0:00"],
    [-999, "0:00"],
    [-1000, "+0:01"],
    [-90_000, "+1:30"],
    [3_600_000, "1:00:00"],
    [3_599_000, "59:59"],
  ])("%i ms are shown as %s", (left, shown) => {
    expect(clockText(left)).toBe(shown);
  });
});

const base = (id: string) => ({ id, heading: id });
const list = (id: string, items: Partial<Item>[] = []): Section => ({
  ...base(id),
  kind: "items",
  marker: "number",
  actions: false,
  grouped: false,
  groups: [],
  items: items.map((item, i) => ({
    id: `${id}-${i}`,
    number: i + 1,
    text: "mot",
    body: [{ kind: "paragraph", spans: [{ text: "mot" }] }],
    ...item,
  })),
});
const prose = (id: string): Section => ({ ...base(id), kind: "prose", body: [] });
const runsheet = (id: string, minutes: number[], closing?: number): Section => ({
  ...base(id),
  kind: "runsheet",
  phases: minutes.map((each, i) => ({ id: `${id}-${i}`, label: `Phase ${i}`, minutes: each })),
  ...(closing === undefined ? {} : { closing }),
});
const minutesWith = (...sections: Section[]): Minutes => ({
  id: "m",
  title: "",
  language: "fr",
  state: "live",
  sections,
});

describe("M20 the phases of a workshop and where they lead", () => {
  test("several run sheets are one after the other; a phase knows its neighbours and what comes after", () => {
    const minutes = minutesWith(runsheet("a", [15, 45]), prose("p"), runsheet("b", [45, 15]));
    expect(phasesOf(minutes).map(({ id }) => id)).toEqual(["a-0", "a-1", "b-0", "b-1"]);
    expect(phaseIn(minutes, "a-1")).toMatchObject({ position: 2, count: 4, after: 60, before: { id: "a-0" } });
    expect(phaseIn(minutes, "b-1")).toMatchObject({ position: 4, after: 0 });
    expect(phaseIn(minutes, "b-1")?.next).toBeUndefined();
    expect(phaseIn(minutes, "gone")).toBeUndefined();
    expect(phaseIn(minutes, null)).toBeUndefined();
  });

  test("the synthesis is offered a quarter of an hour before the end, unless the run sheet says otherwise", () => {
    expect(closingOf(minutesWith(runsheet("a", [60])))).toBe(CLOSING_MINUTES);
    expect(closingOf(minutesWith(runsheet("a", [60], 20)))).toBe(20);
    expect(closingOf(minutesWith(runsheet("a", [60], 0)))).toBe(0);
  });

  test("the room comes together in what condenses, else in the last list, else in the last text", () => {
    const condensing = list("s", [{ from: ["a-0"] }]);
    expect(synthesisIn(minutesWith(list("a", [{}]), condensing, list("z")))?.id).toBe("s");
    expect(synthesisIn(minutesWith(list("a"), prose("p"), list("z")))?.id).toBe("z");
    expect(synthesisIn(minutesWith(list("a"), prose("p")))?.id).toBe("p");
    expect(synthesisIn(minutesWith(list("a")))?.id).toBe("a");
    expect(synthesisIn(minutesWith(runsheet("r", [5])))).toBeUndefined();
  });

  test("what is still empty leaves out the notice and the run sheet", () => {
    const notice: Section = { ...base("n"), kind: "notice", text: "" };
    const minutes = minutesWith(runsheet("r", []), list("a", [{}]), list("b"), prose("p"), notice);
    expect(emptySections(minutes).map(({ id }) => id)).toEqual(["b", "p"]);
  });
});
