/** Runs the benchmarks and prints their tables: medians, both sides of a comparison in one run. */
import { gateTable } from "./gate.ts";
import { textTable } from "./text.ts";

process.stdout.write(
  `A keystroke in a text of 200,000 characters, with and without the position cache (medians)\n\n${textTable()}\n\n` +
    `Deciding on an update and applying it, with and without the look at its structure (medians)\n\n${gateTable()}\n`,
);
