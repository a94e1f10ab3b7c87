/** One thread of the store seen from outside: a question is asked when the one before it was answered. */
import { Worker } from "node:worker_threads";
import { CannotOpen } from "./driver.ts";
import type { Answer, Question, ThreadData } from "./exchange.ts";

export interface Thread {
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

  const answered = (): Promise<Answer> =>
    new Promise<Answer>((resolve, reject) => {
      asked.push({ resolve, reject });
    });

  worker.on("message", (answer: Answer) => asked.shift()?.resolve(answer));
  worker.on("error", (error) => {
    for (const { reject } of asked.splice(0)) reject(error);
    if (open) throw error;
  });
  worker.on("exit", () => {
    for (const { reject } of asked.splice(0)) reject(new Error("The thread of the store has ended."));
  });

  const first = await answered();
  if (first.answer === "cannot-open") throw new CannotOpen(first.message);
  open = true;
  return {
    ask: (question) => {
      const answer = answered();
      worker.postMessage(question);
      return answer;
    },
  };
};
