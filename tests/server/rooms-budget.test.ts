/** What one connection may ask of a room, and for how long one may stand at the door: floods, amplification, silence. */
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Budget } from "../../server/rooms/budget.ts";
import { FRAME, readFrame, SYNC, writeFrame, writeToken, type Frame } from "../../server/rooms/frames.ts";
import { Lobby } from "../../server/rooms/lobby.ts";
import { Wire } from "../../server/rooms/wire.ts";
import { syncRest } from "../support/raw-client.ts";

interface Line {
  wire: Wire;
  sent: Frame[];
  passed: Frame[];
  closed: number[];
  paused: boolean;
  send: (bytes: Uint8Array) => void;
}

const newLine = (): Line => {
  const line = { sent: [] as Frame[], passed: [] as Frame[], closed: [] as number[], paused: false };
  const wire = new Wire({
    readyState: 1,
    send: () => undefined,
    close: (code) => void line.closed.push(code),
    pause: () => void (line.paused = true),
    resume: () => void (line.paused = false),
  });
  const budget = new Budget(wire, (_bytes, frame) => void line.passed.push(frame));
  const send = (bytes: Uint8Array): void => {
    line.sent.push(readFrame(bytes)!);
    budget.receive(bytes, line.sent.at(-1)!);
  };
  return Object.assign(line, { wire, send });
};

const update = (text: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText("prose:text").insert(0, text);
  return writeFrame("doc", FRAME.sync, syncRest(SYNC.update, Y.encodeStateAsUpdate(doc)));
};
const step1 = writeFrame("doc", FRAME.sync, syncRest(SYNC.step1, new Uint8Array([0])));
const presence = (clock: number): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, clock);
  const inside = createEncoder();
  writeVarUint8Array(inside, toUint8Array(encoder));
  return writeFrame("doc", FRAME.presence, toUint8Array(inside));
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("R17 a budget for each connection", () => {
  test("hands and pastes never meet it", () => {
    const line = newLine();
    for (let second = 0; second < 60; second += 1) {
      for (let i = 0; i < 30; i += 1) line.send(update("a"));
      for (let i = 0; i < 40; i += 1) line.send(presence(i));
      if (second % 20 === 0) line.send(update("x".repeat(200_000)));
      expect(line.paused).toBe(false);
      vi.advanceTimersByTime(1000);
    }
    expect(line.passed).toHaveLength(60 * 70 + 3);
  });

  test("L06 a flood is slowed down, in its order and without losing any of it, then sent away", () => {
    const line = newLine();
    let sent = 0;
    const flood = (): void => {
      for (let i = 0; i < 500 && !line.paused; i += 1) line.send(presence((sent += 1)));
    };
    flood();
    expect(line.paused).toBe(true);
    const before = line.passed.length;
    vi.advanceTimersByTime(1000);
    // A second buys no more than a second's worth; what waited is through, so the line is heard again.
    expect(line.passed.length - before).toBeLessThanOrEqual(51);
    expect(line.passed.every((frame, index) => frame === line.sent[index])).toBe(true);
    expect(line.closed).toEqual([]);
    // Somebody whose line cannot be paused goes on all the same.
    for (let second = 0; second < 40 && line.closed.length === 0; second += 1) {
      for (let i = 0; i < 200; i += 1) line.send(presence((sent += 1)));
      vi.advanceTimersByTime(1000);
    }
    process.stdout.write(`L06 ${sent} sent, ${line.passed.length} heard, closed ${line.closed.join()}\n`);
    expect(line.closed).toEqual([4429]);
  });

  test("L06 nor does it help to bring no more than is heard before the line is read again", () => {
    const line = newLine();
    let sent = 0;
    for (let step = 0; step < 50_000 && line.closed.length === 0; step += 1) {
      // As a socket does: it stops at the first frame that has to wait.
      while (!line.paused && line.closed.length === 0) line.send(presence((sent += 1)));
      vi.advanceTimersByTime(1);
    }
    expect(line.closed).toEqual([4429]);
    // Two hundred at once, fifty a second for half a minute.
    expect(line.passed.length).toBeLessThanOrEqual(200 + 50 * 31);
  });

  test("R17 who is late now and then, and catches up, is no flood", () => {
    const line = newLine();
    for (let minute = 0; minute < 5; minute += 1) {
      for (let i = 0; i < 300; i += 1) line.send(presence(i));
      expect(line.paused).toBe(true);
      vi.advanceTimersByTime(10_000);
      expect(line.paused).toBe(false);
    }
    expect(line.closed).toEqual([]);
  });

  test("L06 what waits is bounded, also where a line cannot be paused", () => {
    const line = newLine();
    for (let i = 0; i < 20 && line.closed.length === 0; i += 1) line.send(update("x".repeat(1_000_000)));
    expect(line.closed).toEqual([4429]);
    vi.advanceTimersByTime(60_000);
    expect(line.passed.length).toBeLessThanOrEqual(9);
  });

  test("L07 a thousand first steps are not a thousand documents", () => {
    const line = newLine();
    for (let i = 0; i < 1000; i += 1) line.send(step1);
    vi.advanceTimersByTime(60_000);
    process.stdout.write(`L07 1000 asked, ${line.passed.length} answered, closed ${line.closed.join()}\n`);
    expect(line.passed.length).toBeLessThanOrEqual(15);
    expect(line.closed).toEqual([4429]);
  });

  test("A06 nor are ten thousand credentials on one line", () => {
    const line = newLine();
    for (let i = 0; i < 10_000; i += 1) line.send(writeToken("doc", `guess-${i}`));
    vi.advanceTimersByTime(60_000);
    expect(line.passed.length).toBeLessThanOrEqual(170);
    expect(line.closed).toEqual([4429]);
  });

  test("a closed line passes nothing on any more", () => {
    const line = newLine();
    for (let i = 0; i < 10; i += 1) line.send(step1);
    const { length } = line.passed;
    line.wire.close(4403, "withdrawn");
    vi.advanceTimersByTime(60_000);
    expect(line.passed).toHaveLength(length);
  });
});

describe("L08 what waits for a client that does not read", () => {
  const newWire = () => {
    const line = { bufferedAmount: 0, closed: [] as number[] };
    const carrier = Object.assign(line, {
      readyState: 1,
      send: (frame: Uint8Array) => void (line.bufferedAmount += frame.length),
      close: (code: number) => void line.closed.push(code),
    });
    return { line, wire: new Wire(carrier) };
  };
  const MEBIBYTE = 1024 * 1024;

  test("is cut at four megabytes", () => {
    const { line, wire } = newWire();
    for (let i = 0; i < 100; i += 1) wire.send(new Uint8Array(100_000));
    expect(line.closed).toEqual([1013]);
    expect(line.bufferedAmount).toBeLessThan(4.2 * MEBIBYTE);
  });

  test("a large document that was asked for may be on its way for a while beside that; another one, or an hour, not", () => {
    const { line, wire } = newWire();
    wire.send(new Uint8Array(6 * MEBIBYTE));
    for (let i = 0; i < 30; i += 1) wire.send(new Uint8Array(100_000));
    expect(line.closed).toEqual([]);
    vi.advanceTimersByTime(120_000);
    wire.send(new Uint8Array(10));
    expect(line.closed).toEqual([1013]);
    const again = newWire();
    for (let i = 0; i < 5; i += 1) again.wire.send(new Uint8Array(6 * MEBIBYTE));
    expect(again.line.closed).toEqual([1013]);
    expect(again.line.bufferedAmount).toBeLessThan(13 * MEBIBYTE);
  });
});

describe("R18 nobody stands at the door for ever", () => {
  test("L04 whoever shows nothing is sent away, whoever has shown it stays", () => {
    const lobby = new Lobby({ patience: 1000 });
    const [silent, known] = [newLine(), newLine()];
    for (const { wire } of [silent, known]) lobby.arrive(wire);
    lobby.enter(known.wire);
    vi.advanceTimersByTime(1001);
    expect([silent.closed, known.closed, lobby.size]).toEqual([[4408], [], 0]);
  });

  test("L04 where there is no place left, the one who waits longest leaves, not the one who comes", () => {
    const lobby = new Lobby({ places: 2 });
    const lines = [newLine(), newLine(), newLine()];
    for (const { wire } of lines) lobby.arrive(wire);
    expect(lines.map(({ closed }) => closed)).toEqual([[4429], [], []]);
    expect(lobby.size).toBe(2);
    lines[1]!.wire.close();
    expect(lobby.size).toBe(1);
  });
});
