/** X1, S03, S08: whatever bytes a text is made of, it is read, shown, typed into, and never tidied. */
import { beforeAll, expect, test } from "vitest";
import { reportFaults } from "../../document/listen.ts";
import { endure } from "./hostile.ts";
import { seeds } from "./random.ts";

const faults: unknown[] = [];

beforeAll(() => reportFaults((error) => faults.push(error)));

test("X1 S08 hostile texts: no exception, nothing invalid, nothing written, nothing lost, incremental = full", () => {
  const tried = seeds(250);
  for (const seed of tried) {
    const { rereads: _rereads, ...verdict } = endure(seed);
    expect({ seed, ...verdict }).toEqual({ seed, invalid: 0, written: 0, different: 0, lost: 0, polluted: false });
    expect(faults, `seed ${seed}`).toEqual([]);
  }
  process.stdout.write(`S08 ${tried.length} hostile texts: invalid 0, written 0, different 0, lost 0\n`);
});
