/** Runs the benchmarks and prints their tables: medians, both sides of a comparison in one run. `BENCH_TABLES` chooses. */
import { gateTable } from "./gate.ts";
import { hoursTable } from "./hours.ts";
import { keysTable } from "./keys.ts";
import { EDITS, longTable } from "./long.ts";
import { pageTable } from "./page.ts";
import { roomsTable } from "./rooms.ts";
import { textTable } from "./text.ts";
import { wallTable } from "./wall.ts";

/** Too long to be among the others: only where it is asked for by name. */
const ASKED_FOR = "hours";

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
  long: [
    `Minutes of ${EDITS.toLocaleString("en")} edits and 300 items, on a phone as fast as this machine and on one four times slower`,
    longTable,
  ],
  wall: ["From a key to the frame of the room's screen that shows it", wallTable],
  rooms: ["Rooms full of people, each server on one core (medians, lowest and highest)", roomsTable],
  [ASKED_FOR]: ["What hours leave behind, on the server and on a page", hoursTable],
};

const usual = Object.keys(TABLES).filter((name) => name !== ASKED_FOR);
const wanted = process.env["BENCH_TABLES"]?.split(",") ?? usual;
for (const [title, table] of wanted.flatMap((name) => (TABLES[name] ? [TABLES[name]] : []))) {
  process.stdout.write(`${title}\n\n${await table()}\n\n`);
}
