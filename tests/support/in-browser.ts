/** `test` for whatever needs a browser: skipped, with the reason said, where there is none and nobody insists. */
import { test as always } from "vitest";
import { chromiumPath } from "./chromium.ts";

const missing = (): string | undefined => {
  // Whoever names one means it to be used.
  if (process.env["CHROMIUM_PATH"]) return undefined;
  try {
    chromiumPath();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

// Continuous integration may not skip: there the launch itself fails, with the same sentence.
const reason = process.env["CI"] ? undefined : missing();
if (reason) process.stderr.write(`Skipped: ${reason}\n`);

/** Takes the place of vitest's own in a file whose every test runs in a browser; its hooks are then skipped too. */
export const test = reason ? always.skip : always;
