/** The ledger against a model of provider and server: it says that nothing is unsent only when the server has everything. */
import { createEncoder, toUint8Array, writeUint8Array, writeVarString, writeVarUint } from "lib0/encoding";
import { describe, expect, test } from "vitest";
import { createLedger, type Ledger } from "../../client/session/ledger.ts";
import { markOf, sameMark } from "../../client/session/mark.ts";
import type { Saved } from "../../client/session/session.ts";
import { newSeed } from "../fuzz/random.ts";

const frame = (...numbers: number[]): Uint8Array => {
  const encoder = createEncoder();
  writeVarString(encoder, "workshop");
  for (const number of numbers) writeVarUint(encoder, number);
  writeUint8Array(encoder, new Uint8Array(3));
  return toUint8Array(encoder);
};
const STEP_TWO = frame(0, 1);
const UPDATE = frame(0, 2);
const PRESENCE = frame(1);
const TAKEN = frame(8, 1);
const NOT_TAKEN = frame(8, 0);

const open = (): { ledger: Ledger; moved: () => number; refused: () => number } => {
  let [moves, refusals] = [0, 0];
  const ledger = createLedger(
    () => (moves += 1),
    () => (refusals += 1),
  );
  return { ledger, moved: () => moves, refused: () => refusals };
};

describe("the ledger", () => {
  test("C1 an acknowledged update counts only after the socket has synchronised", () => {
    const { ledger } = open();
    ledger.wrote();
    const early = ledger.open();
    early.sent(UPDATE);
    early.received(TAKEN);
    expect([ledger.unsent, ledger.based]).toEqual([1, false]);
    early.sent(STEP_TWO);
    expect(ledger.unsent).toBe(1);
    early.received(TAKEN);
    expect([ledger.unsent, ledger.based]).toEqual([0, true]);
  });

  test("C1 what was found on the device counts until the first synchronisation is acknowledged", () => {
    const { ledger } = open();
    ledger.inherit(12);
    expect(ledger.unsent).toBe(12);
    const line = ledger.open();
    line.sent(STEP_TWO);
    line.received(PRESENCE);
    expect(ledger.unsent).toBe(12);
    line.received(TAKEN);
    expect(ledger.unsent).toBe(0);
  });

  test("C1 an acknowledgement that comes late over an old socket counts for nothing", () => {
    const { ledger } = open();
    const old = ledger.open();
    old.sent(STEP_TWO);
    old.received(TAKEN);
    ledger.wrote();
    old.sent(UPDATE);
    ledger.drop();
    old.received(TAKEN);
    expect([ledger.unsent, ledger.based]).toEqual([1, false]);
  });

  test("C1 an update that was not taken stays unsent and is told", () => {
    const { ledger, refused } = open();
    const line = ledger.open();
    line.sent(STEP_TWO);
    line.received(TAKEN);
    ledger.wrote();
    line.sent(UPDATE);
    line.received(NOT_TAKEN);
    expect([ledger.unsent, refused()]).toEqual([1, 1]);
  });

  test("C1 at random: nothing unsent on a synchronised line means that the server has every change", () => {
    const seed = newSeed("C1");
    let state = seed;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >>> 8) % below;
    };
    const lies: string[] = [];
    for (let run = 0; run < 300; run += 1) {
      const { ledger } = open();
      const server = new Set<number>();
      let written = 0;
      let pending: number[] = [];
      let queued: number[][] = [];
      let wire: number[][] = [];
      let line: ReturnType<Ledger["open"]> | undefined;
      for (let step = 0; step < 60; step += 1) {
        const act = random(6);
        if (act <= 1) {
          written += 1;
          pending.push(written);
          ledger.wrote();
        } else if (act === 2 && pending.length > 0) {
          if (line) {
            wire.push(pending);
            line.sent(UPDATE);
          } else queued.push(pending);
          pending = [];
        } else if (act === 3 && !line) {
          line = ledger.open();
          // What was queued without a socket leaves before the synchronisation.
          for (const changes of queued) {
            wire.push(changes);
            line.sent(UPDATE);
          }
          queued = [];
          wire.push(Array.from({ length: written }, (_, index) => index + 1));
          line.sent(STEP_TWO);
        } else if (act === 4 && line && wire.length > 0) {
          for (const change of wire.shift() ?? []) server.add(change);
          if (random(8) > 0) line.received(TAKEN);
          else {
            ledger.drop();
            [line, wire, pending] = [undefined, [], []];
          }
        } else if (act === 5 && line && random(4) === 0) {
          ledger.drop();
          [line, wire, pending] = [undefined, [], []];
        }
        if (ledger.based && ledger.unsent === 0 && server.size !== written) lies.push(`seed ${seed}, run ${run}`);
      }
    }
    expect(lies).toEqual([]);
  });
});

describe("the saved mark", () => {
  test("C2 says saved for one combination of facts only", () => {
    const said = (["opening", "up", "down"] as const).map((line) => [
      line,
      ...[0, 3].flatMap((unsent) =>
        [undefined, "storage" as const].map((readOnly) => markOf({ line, unsent, unanswered: 0, readOnly }).state),
      ),
    ]);
    expect(said).toEqual([
      ["opening", "saving", "read-only", "saving", "read-only"],
      ["up", "saved", "read-only", "saving", "read-only"],
      ["down", "offline", "read-only", "offline", "read-only"],
    ]);
    // A pick that nobody has answered is no more on the disk than a letter.
    const picked = { unsent: 0, unanswered: 1, readOnly: undefined };
    expect(markOf({ line: "up", ...picked }).state).toBe("saving");
    expect(markOf({ line: "down", ...picked })).toEqual({ state: "offline", changes: 0 });
  });

  test("C2 tells how many changes are kept, and tells two reasons apart", () => {
    const offline: Saved = { state: "offline", changes: 12 };
    expect(markOf({ line: "down", unsent: 12, unanswered: 0, readOnly: undefined })).toEqual(offline);
    expect(sameMark(offline, { state: "offline", changes: 13 })).toBe(false);
    expect(
      sameMark(
        { state: "read-only", reason: "closed", changes: 0 },
        { state: "read-only", reason: "layout", changes: 0 },
      ),
    ).toBe(false);
    expect(sameMark({ state: "saved" }, { state: "saved" })).toBe(true);
  });
});
