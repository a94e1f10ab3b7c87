/** Fills the documents that rooms are made of, and those that the server's own edits are drafted in: never for long at a time. */
import { setImmediate as turn } from "node:timers/promises";
import type * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { unjoined } from "../../document/text/internals.ts";
import { fillingArranged } from "../../document/updates/filling.ts";
import { unpack } from "../../document/updates/packed.ts";
import { inTurns } from "../../document/updates/steps.ts";
import { sizeOf } from "./desk.ts";
import { SMALL, type Readers } from "./readers.ts";
import { apply, type Loaded } from "./rebuild.ts";
import type { Wholes } from "./wholes.ts";

/** Nobody in another room notices that theirs waits for so long. */
const TURN_MS = 10;
/** More than this was cut from a larger update, in which nothing is left to be joined. */
const LARGE = 16_384;

/** Fills a document with updates, one after the other. Throws Refusal `unavailable` where one is none. */
export const applyInTurns = async (doc: Y.Doc, updates: readonly Uint8Array[]): Promise<void> => {
  const isLarge = (update: number): boolean => updates[update]!.length > LARGE;
  for (let at = 0; at < updates.length;) {
    const until = performance.now() + TURN_MS;
    const large = isLarge(at);
    const some = function* (): Generator<Uint8Array> {
      do yield updates[at++]!;
      while (at < updates.length && isLarge(at) === large && performance.now() < until);
    };
    if (large) unjoined(() => apply(doc, some()));
    else apply(doc, some());
    if (at < updates.length) await turn();
  }
};

export class Opening {
  readonly #wholes: Wholes;
  readonly #readers: Readers;

  constructor(parts: { wholes: Wholes; readers: Readers }) {
    this.#wholes = parts.wholes;
    this.#readers = parts.readers;
  }

  /**
   * Fills `doc` with what was loaded of `document`, neither more nor less. Until it resolves nobody may see it. Throws Refusal
   * `unavailable` where what was loaded is no update.
   */
  async fillIn(doc: Y.Doc, document: string, loaded: Loaded): Promise<void> {
    const isLarge = sizeOf(loaded) > SMALL;
    if (isLarge && doc.store.clients.size === 0 && (await this.#fillWhole(doc, document, loaded))) return;
    await applyInTurns(doc, await this.#readers.portions(loaded));
  }

  /** By a whole that was arranged for somebody else as well, and what was loaded behind it; false, and nothing is done, where that cannot be. */
  async #fillWhole(doc: Y.Doc, document: string, { head, epoch, updates }: Loaded): Promise<boolean> {
    const whole = await this.#wholes.of(document, epoch).catch((error: unknown) => {
      if (error instanceof Refusal) throw error;
      // Where the readers have failed, portions may do without them.
    });
    if (whole?.epoch !== epoch) return false;
    // A room with more than was loaded for it would owe that to those who are told that they have what was.
    const since = head - whole.head;
    const arranged = since < 0 || since > updates.length ? undefined : unpack(whole.rendered);
    if (!arranged) return false;
    if (!(await inTurns(fillingArranged(doc, arranged), TURN_MS, turn))) return false;
    await applyInTurns(doc, updates.slice(updates.length - since));
    return true;
  }
}
