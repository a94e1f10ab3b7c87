/** The thread in which large documents are folded, read, rendered and compacted, so that no keystroke waits for it. */
import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import type { Contribution } from "../../document/contributions.ts";
import { Refusal } from "../../document/refusal.ts";
import { portionsOf } from "../../document/updates/portions.ts";
import { Desk, type Ask, type Told } from "./desk.ts";
import { pastRendered, restoring, type Glance, type Past } from "./past.ts";
import type { Loaded } from "./rebuild.ts";
import { textsOf } from "./contributions.ts";
import { snapshotOf } from "./snapshot.ts";

export type Question =
  | { job: "read"; ask: Ask }
  | { job: "snapshot"; loaded: Loaded }
  | { job: "portions"; update: Uint8Array }
  | { job: "contributions"; loaded: Loaded; clients: readonly number[] }
  | { job: "past"; past: Past; glance: Glance }
  | { job: "restoring"; present: Loaded | Past; past: Past; clientId: number };

/** Questions are answered, in their order; to forget is none. */
export type Job = Question | { job: "forget"; document: string };

export type Done =
  | { done: "read"; told: Told }
  | { done: "snapshot"; bytes: Uint8Array }
  | { done: "portions"; portions: Uint8Array[] }
  | { done: "contributions"; texts: Contribution[] }
  | { done: "past"; rendered: Uint8Array }
  | { done: "restoring"; update: Uint8Array | undefined }
  | { done: "refused"; code: Refusal["code"]; detail: string }
  | { done: "failed"; reason: string };

/** The largest there is has to fit; beside it, a few. */
const ROOM = 12 * 1024 * 1024;

const GIVING_WAY = 10;

const port = parentPort;
if (!port) throw new Error("This file is a thread of the log; start server/main.ts.");

/** Where both want the processor, writing goes first: Linux ranks threads one by one, elsewhere they stay equals. */
const giveWay = (): void => {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (thread > 0 && thread !== process.pid) setPriority(thread, GIVING_WAY);
  } catch {
    // It is slower for that, and no less right.
  }
};
giveWay();

const desk = new Desk(ROOM);

const portionsIn = (update: Uint8Array): Uint8Array[] => {
  try {
    return portionsOf(update);
  } catch (error) {
    throw new Refusal("unavailable", "an entry is not an update", { cause: error });
  }
};

const carryOut = async (job: Question): Promise<Done> => {
  try {
    if (job.job === "snapshot") return { done: "snapshot", bytes: snapshotOf(job.loaded) };
    if (job.job === "portions") return { done: "portions", portions: portionsIn(job.update) };
    if (job.job === "contributions") return { done: "contributions", texts: textsOf(job.loaded, job.clients) };
    if (job.job === "past") return { done: "past", rendered: await pastRendered(job.past, job.glance) };
    if (job.job === "restoring") return { done: "restoring", update: restoring(job.present, job.past, job.clientId) };
    return { done: "read", told: await desk.answer(job.ask) };
  } catch (error) {
    if (error instanceof Refusal) return { done: "refused", code: error.code, detail: error.message };
    return { done: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

/** What of an answer changes hands: megabytes would be copied in the thread that must not wait. */
const handedOver = (answer: Done): ArrayBuffer[] => {
  const told = answer.done === "read" ? answer.told : answer;
  const bytes = "rendered" in told ? told.rendered : undefined;
  // Where something else lies in the same memory, it stays here.
  return bytes?.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.length ? [bytes.buffer] : [];
};

/** One after the other: answers are told apart by their order alone. */
let last = Promise.resolve();
port.on("message", (job: Job) => {
  last = last.then(async () => {
    if (job.job === "forget") return desk.forget(job.document);
    const answer = await carryOut(job);
    port.postMessage(answer, handedOver(answer));
  });
});
