/** The token of a connection: when it serves again, when it is exchanged, when the door stays shut; and what is said aloud. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createNotices } from "../../client/session/notices.ts";
import { createPass, type Pass } from "../../client/session/pass.ts";
import { Refused, Unreachable } from "../../client/session/request.ts";
import { LAYOUT } from "../../document/layout.ts";
import { BARE } from "../../document/stage.ts";
import type { SessionAnswer } from "../../document/session.ts";

const answer = (token: string): SessionAnswer => ({
  token,
  workshop: "w",
  kind: "workshop",
  capability: "write",
  layout: LAYOUT,
  epoch: 1,
  clientId: 1,
  visitor: { id: "v", name: "", organisation: "", colour: 0 },
  visitors: [],
  state: "live",
  stage: BARE,
  writing: true,
  code: null,
  address: null,
  readAddress: "",
  now: new Date().toISOString(),
  minutes: { id: "w", title: "", language: "fr", state: "live", sections: [] },
});

interface World {
  pass: Pass;
  exchanges: number;
  barred: number;
  lost: boolean;
  /** What the next exchange throws. */
  failure: Error | undefined;
}

const world = (first: string | null = "first"): World => {
  const made: World = { exchanges: 0, barred: 0, lost: false, failure: undefined, pass: undefined as never };
  made.pass = createPass({
    first: first ?? undefined,
    exchange: async () => {
      made.exchanges += 1;
      if (made.failure) throw made.failure;
      return { answer: answer(`exchanged ${made.exchanges}`), heard: { sent: 0, received: 0, told: 0 } };
    },
    lost: () => made.lost,
    onAdmitted: () => undefined,
    onBarred: () => (made.barred += 1),
  });
  return made;
};

describe("the token of a connection", () => {
  test("C6 serves the line it was given for, and is exchanged for the next one", async () => {
    const made = world();
    expect(await made.pass.fresh()).toBe("first");
    made.lost = true;
    expect(await made.pass.fresh()).toBe("exchanged 1");
    expect(made.pass.token()).toBe("exchanged 1");
  });

  test("C6 is exchanged once it was refused, and not again after that", async () => {
    const made = world();
    made.pass.void();
    expect(await made.pass.fresh()).toBe("exchanged 1");
    expect(await made.pass.fresh()).toBe("exchanged 1");
    expect(made.exchanges).toBe(1);
  });

  test("C6 a link that opens nothing shuts the door, once the server has said so", async () => {
    const made = world();
    made.pass.void();
    made.failure = new Refused("unknown-link", 401, "");
    await expect(made.pass.fresh()).rejects.toBe(made.failure);
    expect(made.barred).toBe(1);
  });

  test("C6 a server that is busy shuts no door: the token in hand may still do", async () => {
    const made = world();
    made.lost = true;
    made.failure = new Refused("too-many-tries", 429, "");
    expect(await made.pass.fresh()).toBe("first");
    made.pass.void();
    await expect(made.pass.fresh()).rejects.toBe(made.failure);
    expect(made.barred).toBe(0);
  });

  test("C3 C4 no line is made before the server has said which layout and which epoch it has", async () => {
    const made = world();
    made.lost = true;
    made.failure = new Unreachable();
    await expect(made.pass.fresh()).rejects.toBe(made.failure);
    expect(made.barred).toBe(0);
  });

  test("C7 of two exchanges at once the later one tells who we are, also where it is answered first", async () => {
    const answers: (() => void)[] = [];
    const admitted: string[] = [];
    let asked = 0;
    const pass = createPass({
      first: undefined,
      exchange: () => {
        asked += 1;
        const admission = { answer: answer(`exchanged ${asked}`), heard: { sent: 0, received: 0, told: 0 } };
        return new Promise((resolve) => answers.push(() => resolve(admission)));
      },
      lost: () => true,
      onAdmitted: ({ answer: { token } }) => admitted.push(token),
      onBarred: () => undefined,
    });
    const both = [pass.fresh(), pass.fresh()];
    for (const each of answers.toReversed()) each();
    expect(await Promise.all(both)).toEqual(["exchanged 2", "exchanged 2"]);
    expect(admitted).toEqual(["exchanged 2"]);
    expect(pass.token()).toBe("exchanged 2");
  });

  test("C8 a stay that began without network gets its first token when somebody answers", async () => {
    const made = world(null);
    made.failure = new Unreachable();
    await expect(made.pass.fresh()).rejects.toBe(made.failure);
    made.failure = undefined;
    expect(await made.pass.fresh()).toBe("exchanged 2");
  });
});

describe("what is told", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("C9 what happens within a second is said together, the same words twice are heard twice", () => {
    const notices = createNotices();
    notices.announce("Nadia est là.");
    notices.announce("Brice est là.");
    expect(notices.spoken.value).toBe("");
    vi.advanceTimersByTime(1_000);
    expect(notices.spoken.value).toBe("Nadia est là. Brice est là.");
    notices.announce("Nadia est là. Brice est là.");
    const before = notices.spoken.value;
    vi.advanceTimersByTime(1_000);
    expect(notices.spoken.value).not.toBe(before);
    expect(notices.spoken.value.trim()).toBe(before);
  });

  test("C9 W02 what is weighty is said first and never left out, however much is said with it", () => {
    const notices = createNotices();
    for (const who of ["Nadia", "Brice"]) notices.announce(`${who} est là.`);
    notices.announce("Hors ligne.", true);
    for (const who of ["Céline", "Zoé", "Céline"]) notices.announce(`${who} est là.`);
    vi.advanceTimersByTime(1_000);
    expect(notices.spoken.value).toBe("Hors ligne. Brice est là. Céline est là. Zoé est là.");
  });

  test("C9 a message can be taken back while it is shown, and leaves by itself", () => {
    const notices = createNotices();
    let undone = false;
    notices.notify("Retiré.", () => (undone = true));
    notices.notices.value[0]?.undo?.();
    expect(undone).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(notices.notices.value).toEqual([]);
  });

  test("C9 where somebody writes is one piece of news, however often they move", () => {
    const notices = createNotices();
    const [who, at] = ["Nadia", new Date()];
    notices.tell({ who, at, what: "a ajouté le n° 1" });
    notices.tell({ who, at, what: "écrit dans A" }, "place:nadia");
    notices.tell({ who, at, what: "écrit dans B" }, "place:nadia");
    expect(notices.news.value.map(({ what }) => what)).toEqual(["écrit dans B", "a ajouté le n° 1"]);
  });
});
