/** The driver for SQLite: two threads, a queue whose every waiter shares one commit, and a probe while the disk fails. */
import { setImmediate as nextTurn, setTimeout as after } from "node:timers/promises";
import { Refusal } from "../../document/refusal.ts";
import type { Bare, Outcome } from "./batch.ts";
import type { Answer, Question } from "./exchange.ts";
import { ConflictingRow, MissingRow, type Driver, type Results, type Statement, type Writing } from "./driver.ts";
import { startThread } from "./thread.ts";

const GATHER_MS = 2;
const MOST_GATHER_MS = 10;
/** Milliseconds from the beginning of a commit for so many units to that of the next: while many write, it is for more of them. */
export const gatherFor = (units: number): number => Math.min(MOST_GATHER_MS, GATHER_MS * (units - 1));

/** After a commit that took so long, whoever it answers is waited with as well: they come again at once, with all they held back. */
const SLOW_MS = 50;

const PROBE_EVERY_MS = 1000;
/** A probe asks for at least this much room, so that the last few free bytes of a full disk do not pass for recovery. */
const PROBE_BYTES = 64 * 1024;

/** A disk that has given nothing for so long does not answer: whoever reads is told so, rather than left waiting. */
const MOST_READING_MS = 15_000;

/** What has been given already is heard within it. */
const ANSWER_ON_ITS_WAY_MS = 500;

interface Waiter {
  unit: Bare[];
  since: number;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/** Without its function, and with bytes of its own: a view would drag the whole buffer it looks at across. */
const bare = ({ sql, values, needed }: Statement): Bare => ({
  sql,
  values: values.map((value) => (value instanceof Uint8Array ? new Uint8Array(value) : value)),
  needed,
});

const bytesIn = (units: readonly Bare[][]): number =>
  units
    .flat(2)
    .reduce(
      (sum, { values }) => sum + values.reduce<number>((n, v) => n + (v instanceof Uint8Array ? v.length : 0), 0),
      0,
    );

/** The rows of a unit, or what became of it as the error the caller is to have. */
const resultsOf = <S extends readonly Statement[]>(statements: S, outcome: Outcome): Results<S> => {
  if ("rows" in outcome) {
    return statements.map((statement, i) => outcome.rows[i]?.map((row) => statement.row(row))) as Results<S>;
  }
  if (outcome.failure === "missing") throw new MissingRow();
  if (outcome.failure === "conflict") throw new ConflictingRow(outcome.reason);
  if (outcome.failure === "damage") throw new Refusal("unavailable", outcome.reason);
  throw new Error(`The store could not run a unit: ${outcome.reason}`);
};

/** Opens the data of `dataDir` with its two threads. Throws CannotOpen. */
export const openSqlite = async (dataDir: string): Promise<Driver> => {
  const writer = await startThread({ dataDir, role: "writer" });
  // Reads have a thread of their own: a page must not wait behind a slow fsync, nor a keystroke behind a long read.
  const reader = await startThread({ dataDir, role: "reader" }).catch(async (error: unknown) => {
    await writer.ask({ ask: "close" });
    throw error;
  });
  const listeners = new Set<(state: Writing) => void>();
  let state: Writing = { writing: true };
  const commitListeners = new Set<Parameters<Driver["onCommit"]>[0]>();
  let queue: Waiter[] = [];
  /** What is on its way to the disk. */
  let batch: Waiter[] = [];
  let running: Promise<void> | undefined;
  let closing = false;
  let commits = 0;
  let probing: NodeJS.Timeout | undefined;

  /** What the reader answers. Throws Refusal `unavailable` where it is at one question for too long. */
  const asked = async (question: Question): Promise<Answer> => {
    const left = (): number => MOST_READING_MS - reader.busyMs;
    const tooLong = (): Refusal => new Refusal("unavailable", "the disk does not answer");
    // It would only wait behind the others.
    if (left() <= 0) throw tooLong();
    let patience: NodeJS.Timeout | undefined;
    const given = new Promise<never>((_, reject) => {
      const look = (late = false): void => {
        if (left() > 0) patience = setTimeout(look, left());
        else if (late) reject(tooLong());
        // A machine that has slept finds the answer behind this.
        else patience = setTimeout(look, ANSWER_ON_ITS_WAY_MS, true);
      };
      look();
    });
    try {
      return await Promise.race([reader.ask(question), given]);
    } finally {
      clearTimeout(patience);
    }
  };

  const become = (next: Writing): void => {
    state = next;
    // In a turn of their own: a listener that throws is a fault to be seen, not one that stops the queue.
    for (const listener of listeners) queueMicrotask(() => listener(next));
  };

  const fail = (waiters: readonly Waiter[], reason: string, room: number): void => {
    for (const { reject } of waiters) reject(new Refusal("not-saving", reason));
    if (!state.writing || closing) return;
    become({ writing: false, since: Date.now(), reason });
    probeLater(room);
  };

  const probeLater = (room: number): void => {
    probing = setTimeout(() => void probe(room), PROBE_EVERY_MS);
    probing.unref();
  };

  const probe = async (size: number): Promise<void> => {
    const { answer } = await writer.ask({ ask: "probe", size });
    if (closing) return;
    if (answer === "done") become({ writing: true });
    else probeLater(size);
  };

  /** When the next commit may begin: at once after one that was for a single unit, however quickly it was followed by this. */
  let next = 0;
  const gather = async (): Promise<void> => {
    const wait = next - performance.now();
    if (wait > 0 && !closing) await after(wait);
  };

  const commitWaiting = async (): Promise<void> => {
    while (queue.length > 0) {
      await gather();
      batch = queue;
      queue = [];
      const began = performance.now();
      next = began + gatherFor(batch.length);
      const units = batch.map(({ unit }) => unit);
      const room = Math.max(PROBE_BYTES, bytesIn(units));
      try {
        const reply = await writer.ask({ ask: "write", units });
        if (reply.answer !== "done") {
          const reason = reply.answer === "disk" ? reply.reason : reply.answer;
          // Those who queued meanwhile are refused as well: the disk that failed is the one they would go to.
          fail([...batch, ...queue.splice(0)], reason, room);
          return;
        }
        commits += 1;
        const [took, count] = [performance.now() - began, units.length];
        for (const listener of commitListeners) queueMicrotask(() => listener(took / 1000, count));
        // Else those who wrote meanwhile and those who had waited would take turns, and each would wait for two commits.
        if (took > SLOW_MS && queue.length > 0) next = performance.now() + MOST_GATHER_MS;
        batch.forEach(({ resolve }, i) =>
          resolve(reply.outcomes[i] ?? { failure: "unexpected", reason: "no outcome" }),
        );
      } catch (error) {
        fail([...batch, ...queue.splice(0)], error instanceof Error ? error.message : String(error), room);
        return;
      } finally {
        batch = [];
      }
    }
  };

  /** Everything that arrives in one turn of the event loop goes together; what arrives during a commit, with the next. */
  const schedule = (): void => {
    running ??= nextTurn()
      .then(commitWaiting)
      .finally(() => {
        running = undefined;
        if (queue.length > 0) schedule();
      });
  };

  const settled = async (): Promise<void> => {
    if (!running) return;
    await running;
    await settled();
  };

  return {
    write: async (...statements) => {
      if (closing) throw new Refusal("stopping");
      if (!state.writing) throw new Refusal("not-saving", state.reason);
      const outcome = await new Promise<Outcome>((resolve, reject) => {
        queue.push({ unit: statements.map(bare), since: Date.now(), resolve, reject });
        schedule();
      });
      return resultsOf(statements, outcome);
    },
    read: async (...statements) => {
      if (closing) throw new Refusal("stopping");
      const reply = await asked({ ask: "read", statements: statements.map(bare) });
      const outcome = reply.answer === "done" ? reply.outcomes[0] : undefined;
      if (!outcome) throw new Refusal("unavailable", reply.answer === "disk" ? reply.reason : undefined);
      return resultsOf(statements, outcome);
    },
    forget: async () => {
      if (closing) throw new Refusal("stopping");
      const reply = await writer.ask({ ask: "forget" });
      const [outcome] = reply.answer === "done" ? reply.outcomes : [];
      if (!outcome || !("rows" in outcome)) throw new Refusal("not-saving");
      return outcome.rows[0]?.length === 1;
    },
    get state() {
      return state;
    },
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (closing) return;
      closing = true;
      await settled();
      clearTimeout(probing);
      await reader.ask({ ask: "close" });
      await writer.ask({ ask: "close" });
    },
    loss: writer.loss,
    get commits() {
      return commits;
    },
    get waiting() {
      return queue.length;
    },
    get waitingSince() {
      return (batch[0] ?? queue[0])?.since;
    },
    onCommit: (listener) => {
      commitListeners.add(listener);
      return () => commitListeners.delete(listener);
    },
  };
};
