/** How updates enter a document: those that came onto the disk together, in one transaction. */
import * as Y from "yjs";

interface Waiting {
  update: Uint8Array;
  done: PromiseWithResolvers<void>;
}

export class Intake {
  readonly #doc: Y.Doc;
  #waiting: Waiting[] = [];

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /**
   * Applies an update that is in the log, with all whose authors hear of it in the same turn: Yjs walks through everybody
   * who ever wrote at the beginning and at the end of a transaction, and tells of it once. Throws what Yjs throws.
   */
  take(update: Uint8Array): Promise<void> {
    // Before anything else is heard: what comes next is judged by a document that holds this.
    if (this.#waiting.length === 0) process.nextTick(() => this.#apply());
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ update, done });
    return done.promise;
  }

  #apply(): void {
    const waiting = this.#waiting.splice(0);
    const failed = new Map<Waiting, unknown>();
    const apply = (): void => {
      for (const each of waiting) {
        try {
          Y.applyUpdate(this.#doc, each.update);
        } catch (error) {
          failed.set(each, error);
        }
      }
    };
    // As what comes from elsewhere, which is what it does.
    Y.transact(this.#doc, apply, this, false);
    for (const each of waiting) {
      if (failed.has(each)) each.done.reject(failed.get(each));
      else each.done.resolve();
    }
  }
}
