/** The one door for the server's own edits: draft, append, apply. Nobody sees what is not on disk. */
import type { Document, Hocuspocus } from "@hocuspocus/server";
import * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import { Refusal } from "../../document/refusal.ts";
import type { Signal } from "../../document/signal.ts";
import type { Access } from "../access/access.ts";
import { newClientId } from "../access/clients.ts";
import type { Log } from "../log/log.ts";
import { Drafts } from "./drafts.ts";
import type { Tenure } from "./tenure.ts";

/** Marks what the server itself has changed; Hocuspocus reads the source. */
export const SERVER = { source: "local", skipStoreHooks: true } as const;
/** Visitors who wrote by commands last; whoever else does so again gets another Yjs client id. */
const MOST_REMEMBERED = 2_000;
/** An edit that goes back to an entry, in an update of its own under a client id of its own. */
interface Restoring {
  restores: number;
  clientId: number;
}

export class Door {
  readonly #hocuspocus: Hocuspocus;
  readonly #log: Log;
  readonly #access: Access;
  readonly #tenure: Tenure;
  readonly #changed: (workshop: string) => void;
  /** The latest edit of each workshop: edits of one workshop follow each other, so that no number is given twice. */
  readonly #latest = new Map<string, Promise<unknown>>();
  /** The Yjs client ids of past edits, kept so that a hundred items sent by a program are not a hundred writers. */
  readonly #clientIds = new Map<string, number>();
  readonly #drafts: Drafts;

  constructor(parts: {
    hocuspocus: Hocuspocus;
    log: Log;
    access: Access;
    tenure: Tenure;
    changed: (workshop: string) => void;
  }) {
    this.#hocuspocus = parts.hocuspocus;
    this.#log = parts.log;
    this.#access = parts.access;
    this.#tenure = parts.tenure;
    this.#changed = parts.changed;
    this.#drafts = new Drafts(parts);
  }

  /**
   * Changes a document on behalf of a visitor, or of the server itself where none is named. `change` works on a copy
   * and gives what the caller wants to know; resolves once it is on disk and in the room.
   * Throws what `change` throws, and Refusal as `log.load` and `log.append` do; then nothing has changed.
   */
  async edit<Result>(workshop: string, visitor: string | undefined, change: (draft: Y.Doc) => Result): Promise<Result> {
    return (await this.#inTurn(workshop, () => this.#edit(workshop, visitor, change))).result;
  }

  /**
   * Makes a document say what it said after entry `seq`, on behalf of a visitor, and tells the room. What others write meanwhile is newer than
   * that, and stays; so does all that was written after entry `since`, where that was the last restoring. Gives the number of the entry it wrote; undefined where nothing had to be. Throws as `edit` does, and
   * as `log.restoring` does.
   */
  restore(workshop: string, visitor: string, seq: number, since?: number): Promise<number | undefined> {
    return this.#inTurn(workshop, async () => {
      this.#tenure.mustBeOpen(workshop);
      const clientId = await this.#access.leaseRestorer(workshop, visitor);
      const update = await this.#log.restoring(workshop, { seq, clientId, ...(since === undefined ? {} : { since }) });
      if (!update) return undefined;
      const change = (draft: Y.Doc): void => Y.applyUpdate(draft, update);
      const restored = (await this.#edit(workshop, visitor, change, { restores: seq, clientId })).seq;
      const signal: Signal = { signal: "restored", visitor, name: await this.#log.nameOf(workshop, seq) };
      this.#hocuspocus.documents.get(workshop)?.relayStateless(JSON.stringify(signal));
      return restored;
    });
  }

  /** Runs `act` when nothing else that was asked of this workshop before is under way. */
  #inTurn<Result>(workshop: string, act: () => Promise<Result>): Promise<Result> {
    const before = this.#latest.get(workshop) ?? Promise.resolve();
    const edit = before.then(act);
    // A failed edit must not fail those that wait behind it.
    const settled = edit.then(
      () => undefined,
      () => undefined,
    );
    this.#latest.set(workshop, settled);
    void settled.then(() => {
      if (this.#latest.get(workshop) === settled) this.#latest.delete(workshop);
    });
    return edit;
  }

  /** Forgets the draft and the client ids of a workshop; call when its room is empty. */
  forget(workshop: string): void {
    this.#drafts.discard(workshop);
    for (const key of this.#clientIds.keys()) if (key.startsWith(`${workshop} `)) this.#clientIds.delete(key);
  }

  async #edit<Result>(
    workshop: string,
    visitor: string | undefined,
    change: (draft: Y.Doc) => Result,
    restoring?: Restoring,
  ): Promise<{ result: Result; seq?: number }> {
    const updates: Uint8Array[] = [];
    const writer = `${workshop} ${visitor ?? ""}`;
    this.#tenure.mustBeOpen(workshop);
    const release = this.#tenure.hold(workshop);
    try {
      const draft = await this.#drafts.of(workshop, restoring !== undefined);
      // Whoever goes back may be doing so because somebody has filled it.
      if (visitor !== undefined && !restoring && this.#log.size(workshop) === "full") throw new Refusal("full");
      draft.clientID = this.#clientIds.get(writer) ?? newClientId();
      const stop = listen(draft, "update", (update: Uint8Array) => updates.push(update));
      const result = draft.transact(() => change(draft), SERVER);
      stop();
      if (updates.length === 0) {
        this.#drafts.settle(workshop);
        return { result };
      }
      const update = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
      if (visitor !== undefined)
        await this.#access.bindClient(workshop, visitor, restoring?.clientId ?? draft.clientID);
      const author = visitor === undefined ? {} : { visitor };
      const restores = restoring ? { restores: restoring.restores } : {};
      const seq = await this.#log.append({ document: workshop, ...author, ...restores, update });
      this.#remember(writer, draft.clientID);
      const room = await this.#room(workshop);
      if (room) Y.applyUpdate(room, update, SERVER);
      this.#drafts.settle(workshop, seq);
      this.#changed(workshop);
      return { result, seq };
    } catch (error) {
      // Whether a failed entry will be found on disk after all is not known: its clocks must not be used again.
      this.#clientIds.delete(writer);
      // Nor is what is only half changed, or changed and not kept.
      this.#drafts.discard(workshop);
      throw error;
    } finally {
      release();
    }
  }

  /** Also where no room is ever open, and nobody would ask for it to be forgotten. */
  #remember(writer: string, clientId: number): void {
    this.#clientIds.delete(writer);
    this.#clientIds.set(writer, clientId);
    const [oldest] = this.#clientIds.keys();
    if (this.#clientIds.size > MOST_REMEMBERED && oldest !== undefined) this.#clientIds.delete(oldest);
  }

  /** The room as it is now; one that is just being opened may have read the log before our entry. */
  async #room(workshop: string): Promise<Document | undefined> {
    const opening = this.#hocuspocus.loadingDocuments.get(workshop);
    return this.#hocuspocus.documents.get(workshop) ?? (await opening?.catch(() => undefined));
  }
}
