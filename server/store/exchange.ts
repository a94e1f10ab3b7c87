/** What the driver asks a thread, and what the thread answers. */
import type { Bare, Outcome } from "./batch.ts";
import type { Loss } from "./driver.ts";

export interface ThreadData {
  dataDir: string;
  /** The writer holds the lock and makes the file; the reader opens what is there. */
  role: "writer" | "reader";
}

export type Question =
  | { ask: "write"; units: Bare[][] }
  | { ask: "read"; statements: Bare[] }
  /** Can `size` bytes be made durable? */
  | { ask: "probe"; size: number }
  /** Empty the write-ahead log; one row if nobody kept it from that. */
  | { ask: "forget" }
  | { ask: "close" };

export type Answer =
  | { answer: "open"; loss?: Loss | undefined }
  | { answer: "cannot-open"; message: string }
  | { answer: "done"; outcomes: Outcome[] }
  /** The disk did not take it: nothing of what was asked is there. */
  | { answer: "disk"; reason: string };
