/** What a stay may do, and what each farewell of the server leads to. */
import { describe, expect, test } from "vitest";
import { createStanding } from "../../client/session/standing.ts";
import { LAYOUT } from "../../document/layout.ts";

const answer = { capability: "write", layout: LAYOUT, epoch: 1, state: "live" } as const;

describe("standing", () => {
  test("C3 whoever may write and is at home in the layout has no reason against writing", () => {
    const standing = createStanding(1);
    expect(standing.admit(answer)).toBe("again");
    expect(standing.reason.value).toBeUndefined();
  });

  test("C3 a page of another layout, older or newer, stops: it sends nothing any more", () => {
    for (const layout of [LAYOUT - 1, LAYOUT + 1]) {
      const standing = createStanding(1);
      expect(standing.admit({ ...answer, layout })).toBe("stop");
      expect(standing.reason.value).toBe("layout");
    }
  });

  test("C4 another epoch stops before anything could be merged", () => {
    const standing = createStanding(1);
    standing.admit(answer);
    expect(standing.admit({ ...answer, epoch: 2 })).toBe("stop");
    expect(standing.reason.value).toBe("epoch");
  });

  test("C5 a right narrower than write reads, and says why", () => {
    const standing = createStanding(1);
    standing.admit({ ...answer, capability: "vote" });
    expect(standing.reason.value).toBe("capability");
    standing.admit({ ...answer, capability: "read", state: "closed" });
    expect(standing.reason.value).toBe("closed");
  });

  test("C5 a workshop that closes stops writers at once, those who manage it excepted", () => {
    const writer = createStanding(1);
    writer.admit(answer);
    writer.setState("closed");
    expect(writer.reason.value).toBe("closed");
    const manager = createStanding(1);
    manager.admit({ ...answer, capability: "manage" });
    manager.setState("closed");
    expect(manager.reason.value).toBeUndefined();
  });

  test("R32 a full document is read-only until there is room; words that came too late stop the line", () => {
    const standing = createStanding(1);
    standing.admit(answer);
    standing.setFull(true);
    expect(standing.reason.value).toBe("full");
    standing.setFull(false);
    expect(standing.reason.value).toBeUndefined();
    expect(standing.closed(4414)).toBe("stop");
    expect(standing.reason.value).toBe("full");
  });

  test("C6 a server that cannot save makes the page read-only until something is acknowledged again", () => {
    const standing = createStanding(1);
    standing.admit(answer);
    expect(standing.closed(4500)).toBe("rest");
    expect(standing.reason.value).toBe("storage");
    standing.acknowledged();
    expect(standing.reason.value).toBeUndefined();
    standing.setStorage(false);
    expect(standing.reason.value).toBe("storage");
    standing.setStorage(true);
    expect(standing.reason.value).toBeUndefined();
  });

  test("C6 a session given while the server could not save ends when it can again", () => {
    const standing = createStanding(1);
    standing.admit({ ...answer, capability: "read", writing: false });
    standing.acknowledged();
    expect(standing.reason.value).toBe("storage");
    expect(standing.setStorage(true)).toBe("rest");
    expect(standing.reason.value).toBe("storage");
    standing.admit({ ...answer, writing: true });
    expect(standing.reason.value).toBeUndefined();
    expect(standing.setStorage(true)).toBe("again");
  });

  test("C6 what the server cannot take is not sent for ever", () => {
    const standing = createStanding(1);
    standing.admit(answer);
    expect([1, 2, 3].map(() => standing.closed(4400))).toEqual(["rest", "rest", "stop"]);
    expect(standing.reason.value).toBe("malformed");
    const large = createStanding(1);
    expect(large.closed(1009)).toBe("stop");
    expect(createStanding(1).closed(4413)).toBe("stop");
  });

  test("C6 a session that is over is exchanged for another, a lost line is simply made anew", () => {
    const standing = createStanding(1);
    expect([4401, 4403, 4404, 4409].map((code) => standing.closed(code))).toEqual(Array(4).fill("exchange"));
    expect([1000, 1006, 4408].map((code) => standing.closed(code))).toEqual(Array(3).fill("again"));
    expect(standing.closed(4429)).toBe("rest");
  });
});
