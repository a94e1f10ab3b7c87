/** Runs the benchmarks and prints their tables: medians, both sides of a comparison in one run. `BENCH_TABLES` chooses. */
import { gateTable } from "./gate.ts";
import { keysTable } from "./keys.ts";
import { pageTable } from "./page.ts";
import { roomsTable } from "./rooms.ts";
import { textTable } from "./text.ts";

const TABLES: Readonly<Record<string, readonly [title: string, table: () => string | Promise<string>]>> = {
  text: ["A keystroke in a text of 200,000 characters, with and without the position cache (medians)", textTable],
  gate: ["Deciding on an update and applying it, with and without the look at its structure (medians)", gateTable],
  page: [
    "From scanning the code to writing, on a slow phone and a slow network (medians, lowest and highest)",
    pageTable,
  ],
  keys: [
    "From a key to the frame that shows it, on a slow phone, while twelve others write in the same text",
    keysTable,
  ],
  rooms: ["Rooms full of people, each server on one core (medians, lowest and highest)", roomsTable],
};

const wanted = (process.env["BENCH_TABLES"] ?? Object.keys(TABLES).join(",")).split(",");
for (const [title, table] of wanted.flatMap((name) => (TABLES[name] ? [TABLES[name]] : []))) {
  process.stdout.write(`${title}\n\n${await table()}\n\n`);
}
