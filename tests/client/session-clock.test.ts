/** C35: the server's time, whatever the clock of the device says; and the stage told out of its order. */
import { describe, expect, test, vi } from "vitest";
import { createClock } from "../../client/session/clock.ts";
import { createStaged } from "../../client/session/staged.ts";
import { createStanding } from "../../client/session/standing.ts";
import { LAYOUT } from "../../document/layout.ts";
import { BARE } from "../../document/stage.ts";

describe("C35 the server's clock", () => {
  /** A device that is wrong by `off`, and a network that takes `there` and `back`. */
  const device = (off: number) => {
    let at = 1_000_000;
    const clock = createClock(() => at + off);
    return {
      clock,
      set: (by: number) => (off += by),
      real: () => at,
      pass: (ms: number) => (at += ms),
      ask: (there: number, back: number) => {
        const sent = at + off;
        at += there;
        const told = at;
        at += back;
        clock.take({ sent, received: at + off, told });
      },
    };
  };

  test.each([0, -3_600_000, 7 * 60_000, 12_345_678])("a device that is %i ms off shows the same time", (off) => {
    const { clock, ask, real, pass } = device(off);
    ask(40, 40);
    expect(clock.now().getTime()).toBe(real());
    pass(3_600_000);
    expect(clock.now().getTime()).toBe(real());
  });

  test("the quickest round trip is believed, a slow one later changes nothing", () => {
    const { clock, ask, real } = device(500_000);
    ask(10, 400);
    expect(Math.abs(clock.now().getTime() - real())).toBe(195);
    ask(10, 20);
    expect(Math.abs(clock.now().getTime() - real())).toBe(5);
    ask(900, 10);
    expect(Math.abs(clock.now().getTime() - real())).toBe(5);
  });

  test("a device whose clock is set while the page is open is believed anew, however slow the answer", () => {
    const { clock, ask, real, set } = device(0);
    ask(5, 5);
    set(60_000);
    ask(300, 100);
    expect(Math.abs(clock.now().getTime() - real())).toBeLessThanOrEqual(200);
  });
});

describe("C36 the stage on this device", () => {
  test("an older stage is no news, and a freeze ends by the server's clock without a word", () => {
    vi.useFakeTimers();
    try {
      const clock = createClock();
      clock.take({ sent: Date.now(), received: Date.now(), told: Date.now() + 90_000 });
      const staged = createStaged(BARE, clock);
      const server = (): number => Date.now() + 90_000;
      staged.take({ ...BARE, seq: 5, frozen: server() + 30_000 });
      staged.take({ ...BARE, seq: 4 });
      expect([staged.stage.value.seq, staged.frozen.value]).toEqual([5, true]);
      vi.advanceTimersByTime(29_900);
      expect(staged.frozen.value).toBe(true);
      vi.advanceTimersByTime(200);
      expect(staged.frozen.value).toBe(false);
      staged.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ["write", "frozen"],
    ["manage", undefined],
    ["vote", "capability"],
    ["read", "capability"],
  ] as const)("whoever may %s reads %s in a freeze", (capability, reason) => {
    const standing = createStanding(1);
    standing.admit({ capability, layout: LAYOUT, epoch: 1, state: "live" });
    standing.setFrozen(true);
    expect(standing.reason.value).toBe(reason);
    standing.setFrozen(false);
    expect(standing.reason.value).toBe(reason === "frozen" ? undefined : reason);
  });
});
