/** Large documents as they were arranged a moment ago: begun while somebody comes in, at hand when they ask. */
import type { Log } from "../log/log.ts";
import { rendered } from "./renderings.ts";

/** What a document is sent as: bytes, which are worth compressing. */
export const DOCUMENT = "application/octet-stream";

/** What was written since comes by the line, as what is written later does. */
const FRESH_MS = 5_000;

export class Wholes {
  readonly #log: Log;
  readonly #made = new Map<string, Promise<Buffer>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * All of a document as it stood at some moment of the last seconds, packed. `epoch`: the one whoever asks knows of. Throws as
   * `rendered` does.
   */
  of(document: string, epoch: number): Promise<Buffer> {
    const key = `${document} ${epoch}`;
    const made = this.#made.get(key) ?? rendered(this.#log, document, "arranged", {});
    if (!this.#made.has(key)) {
      this.#made.set(key, made);
      const forget = (): void => void this.#made.delete(key);
      made.then(() => setTimeout(forget, FRESH_MS).unref(), forget);
    }
    return made;
  }
}
