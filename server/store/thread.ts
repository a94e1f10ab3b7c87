/** One thread of the store seen from outside: a question is asked when the one before it was answered. */
import { Worker } from "node:worker_threads";
import { CannotOpen, type Loss } from "./driver.ts";
import type { Answer, Question, ThreadData } from "./exchange.ts";

const ENDED = "The thread of the store has ended.";

export interface Thread {
  /** What is missing of the data that was found. */
  readonly loss: Loss | undefined;
  /** For how many milliseconds it has been at the question it is at; 0 where it is at none. */
  readonly busyMs: number;
  /** The answer to `question`, after those asked before. Rejects when the thread ends instead. */
  ask(question: Question): Promise<Answer>;
}

/**
 * Starts the thread and resolves once it has opened the data. Throws CannotOpen.
 * A thread that breaks later is a fault of this program: it surfaces as an uncaught error, so that the process ends
 * with a failure and is started again rather than going on without a memory.
 */
export const startThread = async (data: ThreadData): Promise<Thread> => {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: data });
  const asked: { resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  let open = false;
  let ended = false;
  let began = 0;

  const answered = (): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      asked.push({ resolve, reject });
    });

  worker.on("message", (answer: Answer) => {
    began = performance.now();
    asked.shift()?.resolve(answer);
  });
  worker.on("error", (error) => {
    for (const { reject } of asked.splice(0)) reject(error);
    if (open) throw error;
  });
  worker.on("exit", () => {
    ended = true;
    for (const { reject } of asked.splice(0)) reject(new Error(ENDED));
  });

  const first = await answered();
  if (first.answer === "cannot-open") throw new CannotOpen(first.message);
  open = true;
  return {
    loss: first.answer === "open" ? first.loss : undefined,
    ask: (question) => {
      // Nobody would ever answer, and whoever stops the server would wait until nothing is left that keeps it running.
      if (ended) return Promise.reject(new Error(ENDED));
      if (asked.length === 0) began = performance.now();
      const answer = answered();
      worker.postMessage(question);
      return answer;
    },
    get busyMs() {
      return asked.length > 0 ? performance.now() - began : 0;
    },
  };
};
