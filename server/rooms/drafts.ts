/** The documents in which the server's own edits are drafted: kept beside an open room, for copying a long document takes long. */
import type { Hocuspocus } from "@hocuspocus/server";
import * as Y from "yjs";
import type { Log } from "../log/log.ts";

/** Copied from one document to another, or made of its bytes, within a few milliseconds. */
const MOST_STRUCTS = 3_000;
/** Those who come first to a long document that nobody has open yet are listed one after the other. */
const ALONE_MS = 10_000;
/** So many of them at a time. */
const MOST_ALONE = 4;

interface Draft {
  doc: Y.Doc;
  /** Up to which entry of the log it is certainly whole. */
  head: number;
  /** What lets go of it where no room was open beside it, also if one has been opened since: nobody has needed it there yet. */
  letGo?: NodeJS.Timeout;
}

const structsIn = ({ store }: Y.Doc): number =>
  [...store.clients.values()].reduce((sum, { length }) => sum + length, 0);

export class Drafts {
  readonly #hocuspocus: Hocuspocus;
  readonly #log: Log;
  readonly #kept = new Map<string, Draft>();

  constructor({ hocuspocus, log }: { hocuspocus: Hocuspocus; log: Log }) {
    this.#hocuspocus = hocuspocus;
    this.#log = log;
  }

  /**
   * The document as the room has it, or else the log; `whole`: with all that is on disk, the room may not have it yet. After each
   * edit call `settle`, or `discard` where it failed. Throws as `log.load` does.
   */
  async of(workshop: string, whole: boolean): Promise<Y.Doc> {
    const draft: Draft = this.#kept.get(workshop) ?? { doc: new Y.Doc(), head: 0 };
    clearTimeout(draft.letGo);
    delete draft.letGo;
    this.#kept.set(workshop, draft);
    if (whole || (await this.#lacks(workshop, draft))) {
      const loaded = await this.#log.load(workshop);
      await this.#log.fillIn(draft.doc, workshop, loaded);
      draft.head = loaded.head;
    }
    const room = this.#hocuspocus.documents.get(workshop);
    if (room) Y.applyUpdate(draft.doc, Y.encodeStateAsUpdate(room, Y.encodeStateVector(draft.doc)));
    return draft.doc;
  }

  /** The edit is entry `seq`; without a number it changed nothing. */
  settle(workshop: string, seq?: number): void {
    const draft = this.#kept.get(workshop);
    if (!draft) return;
    if (seq === draft.head + 1) draft.head = seq;
    // Beside a room it is kept for as long as that is open, and `discard` is called when it no longer is.
    if (this.#hocuspocus.documents.has(workshop)) return;
    const alone = [...this.#kept.values()].filter(({ letGo }) => letGo).length;
    if (structsIn(draft.doc) <= MOST_STRUCTS || alone >= MOST_ALONE) this.discard(workshop);
    else draft.letGo = setTimeout(() => this.discard(workshop), ALONE_MS).unref();
  }

  discard(workshop: string): void {
    const draft = this.#kept.get(workshop);
    clearTimeout(draft?.letGo);
    draft?.doc.destroy();
    this.#kept.delete(workshop);
  }

  /** Whether a room has to be copied, or the log be read, at length. */
  async #lacks(workshop: string, { head, doc }: Draft): Promise<boolean> {
    const open = this.#hocuspocus.documents.get(workshop);
    // Copied at once, a large room would keep everybody waiting.
    if (open) return doc.store.clients.size === 0 && structsIn(open) > MOST_STRUCTS;
    return head === 0 || (await this.#log.head(workshop)) !== head;
  }
}
