/** Which tests run, and how many at once: real servers and browsers share two cores. */
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { spokenWords } from "./vite.config.ts";

// Each file runs in a process of its own, and starts many threads and programs: what Node makes of their files it makes
// once, where the program keeps it too (server/compiled.ts).
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/minutier");

export default defineConfig({
  plugins: [spokenWords],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // What is polled for comes when it comes: on a busy machine a second says nothing.
    expect: { poll: { timeout: 40_000 } },
    maxWorkers: 2,
    reporters: ["default", "./tests/support/closing-line.ts"],
  },
});
