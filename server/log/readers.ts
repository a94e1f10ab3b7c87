/** Who folds and reads: for small documents this thread, for large ones another, with a queue that has an end. */
import { Worker } from "node:worker_threads";
import type { Contribution } from "../../document/contributions.ts";
import { Refusal } from "../../document/refusal.ts";
import { Desk, sizeOf, type Ask, type Told } from "./desk.ts";
import type { Done, Job, Question } from "./reader-thread.ts";
import { pastRendered, restoring, sizeOfPast, type Glance, type Past } from "./past.ts";
import type { Loaded } from "./rebuild.ts";
import { textsOf } from "./contributions.ts";
import { snapshotOf } from "./snapshot.ts";

/** Folded and read in a few milliseconds. */
export const SMALL = 128 * 1024;
/** What this thread keeps ready. */
const ROOM = 2 * 1024 * 1024;
/**
 * While somebody writes, the thread rests after each page and file for so many times what that took: with a processor less,
 * whoever writes waits for the others' threads. Those who want the same meanwhile share the next.
 */
const REST = 8;
const MOST_REST_MS = 2_000;
/** Nobody has written for so long: nobody writes. */
const PAUSE_MS = 5_000;
/** After so long without a question the thread ends: what it used for the last stays with it, a hundred megabytes after large ones. */
const IDLE_MS = 60_000;
/** Who comes after so many waits for nothing: by then they have hung up. */
const MOST_WAITING = 64;

interface Waiter {
  job: Question;
  resolve: (done: Done) => void;
  reject: (error: unknown) => void;
}

/** Whether it is a page or a file that somebody reads. */
const isFile = (job: Question): boolean => job.job === "past" || (job.job === "read" && !isSoon(job));

/** Whether somebody waits at the door for it. */
const isSoon = (job: Question): boolean =>
  job.job === "portions" || (job.job === "read" && (job.ask.rendering?.soon ?? !job.ask.rendering));

export class Readers {
  readonly #desk = new Desk(ROOM);
  readonly #large = new Set<string>();
  #thread: Worker | undefined;
  /** What the thread is at. */
  #current: Waiter | undefined;
  /** First those for whom somebody waits at the door; among equals, in their order. */
  #waiting: Waiter[] = [];
  /** When an entry was written last; when the current question was asked; until when files wait, and what ends that. */
  #written = Number.NEGATIVE_INFINITY;
  #began = 0;
  #restsUntil = 0;
  #rest: NodeJS.Timeout | undefined;
  readonly #idleMs: number;
  #idle: NodeJS.Timeout | undefined;

  /** `idleMs`: after how many milliseconds without a question the thread ends. */
  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /** Somebody has written. */
  written(): void {
    this.#written = performance.now();
  }

  /** As `Desk.answer`; throws Refusal `busy` as well. */
  async answer(ask: Ask): Promise<Told> {
    const { document, news } = ask;
    if (news?.after === 0) {
      if (sizeOf(news.loaded) > SMALL) this.#large.add(document);
      else this.#large.delete(document);
    }
    if (!this.#large.has(document)) {
      const told = await this.#desk.answer(ask);
      // It has grown: the next time it is read whole, and judged again.
      if (this.#desk.sizeOf(document) > 2 * SMALL) this.#desk.forget(document);
      return told;
    }
    this.#desk.forget(document);
    const done = await this.#ask({ job: "read", ask });
    if (done.done !== "read") throw new Error(`the thread answered ${done.done}`);
    return done.told;
  }

  /** As `snapshotOf`, and where there is time for it: nobody waits for a snapshot, so it is never refused. */
  async snapshot(loaded: Loaded): Promise<Uint8Array> {
    if (sizeOf(loaded) <= SMALL) return snapshotOf(loaded);
    const done = await this.#ask({ job: "snapshot", loaded });
    if (done.done !== "snapshot") throw new Error(`the thread answered ${done.done}`);
    return done.bytes;
  }

  /** What rebuilds a document, in pieces none of which takes long to apply. Throws Refusal `unavailable` where it is none. */
  async portions({ state, updates }: Pick<Loaded, "state" | "updates">): Promise<Uint8Array[]> {
    const portions = (state ? [state, ...updates] : updates).map(async (update) => {
      if (update.length <= SMALL) return [update];
      const done = await this.#ask({ job: "portions", update });
      if (done.done !== "portions") throw new Error(`the thread answered ${done.done}`);
      return done.portions;
    });
    return (await Promise.all(portions)).flat();
  }

  /** As `textsOf`; throws Refusal `busy` as well. */
  async contributions(loaded: Loaded, clients: readonly number[]): Promise<Contribution[]> {
    if (sizeOf(loaded) <= SMALL) return textsOf(loaded, clients);
    const done = await this.#ask({ job: "contributions", loaded, clients });
    if (done.done !== "contributions") throw new Error(`the thread answered ${done.done}`);
    return done.texts;
  }

  /** As `pastRendered`; throws Refusal `busy` as well. */
  async past(past: Past, glance: Glance): Promise<Uint8Array> {
    if (sizeOfPast(past) <= SMALL) return pastRendered(past, glance);
    const done = await this.#ask({ job: "past", past, glance });
    if (done.done !== "past") throw new Error(`the thread answered ${done.done}`);
    return done.rendered;
  }

  /** As `restoring`; throws Refusal `busy` as well. */
  async restoring(present: Loaded | Past, past: Past, clientId: number): Promise<Uint8Array | undefined> {
    const size = "packs" in present ? sizeOfPast(present) : sizeOf(present);
    if (size + sizeOfPast(past) <= SMALL) return restoring(present, past, clientId);
    const done = await this.#ask({ job: "restoring", present, past, clientId });
    if (done.done !== "restoring") throw new Error(`the thread answered ${done.done}`);
    return done.update;
  }

  /** Lets go of a document, in either thread. */
  forget(document: string): void {
    this.#desk.forget(document);
    this.#large.delete(document);
    this.#thread?.postMessage({ job: "forget", document } satisfies Job);
  }

  async #ask(job: Question): Promise<Done> {
    const soon = isSoon(job);
    if (job.job !== "snapshot" && !soon && this.#waiting.length >= MOST_WAITING) throw new Refusal("busy");
    const done = await new Promise<Done>((resolve, reject) => {
      const behind = soon ? this.#waiting.findIndex((each) => !isSoon(each.job)) : -1;
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, { job, resolve, reject });
      this.#next();
    });
    if (done.done === "refused") throw new Refusal(done.code, done.detail);
    if (done.done === "failed") throw new Error(`The thread of the readers failed: ${done.reason}`);
    return done;
  }

  #next(): void {
    if (this.#current) return;
    const now = performance.now();
    const rests = now < this.#restsUntil;
    const at = rests ? this.#waiting.findIndex(({ job }) => !isFile(job)) : 0;
    [this.#current] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (this.#current) {
      clearTimeout(this.#idle);
      this.#began = now;
      (this.#thread ??= this.#start()).postMessage(this.#current.job);
    } else if (this.#waiting.length > 0) {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#next(), this.#restsUntil - now);
    }
  }

  #answered(done: Done): void {
    const now = performance.now();
    if (this.#current && isFile(this.#current.job) && now - this.#written < PAUSE_MS) {
      this.#restsUntil = now + Math.min(MOST_REST_MS, REST * (now - this.#began));
    }
    this.#current?.resolve(done);
    this.#current = undefined;
    this.#idle = setTimeout(() => this.#end(), this.#idleMs).unref();
    this.#next();
  }

  #end(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    void thread?.terminate();
  }

  /** It holds nothing that is not in the log: when it ends, whatever the cause, the next question starts another. */
  #start(): Worker {
    const thread = new Worker(new URL("./reader-thread.ts", import.meta.url));
    const lost = (error: unknown): void => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#current?.reject(error);
      this.#current = undefined;
      this.#next();
    };
    thread.on("message", (done: Done) => this.#answered(done));
    thread.on("error", lost);
    thread.on("exit", () => lost(new Error("The thread of the readers has ended.")));
    thread.unref();
    return thread;
  }
}
