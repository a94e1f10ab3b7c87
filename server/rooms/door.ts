/** The one door for the server's own edits: draft, append, apply. Nobody sees what is not on disk. */
import type { Document, Hocuspocus } from "@hocuspocus/server";
import * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import type { Access } from "../access/access.ts";
import type { Log } from "../log/log.ts";
import { fill } from "../log/rebuild.ts";
import type { Tenure } from "./tenure.ts";

/** Marks what the server itself has changed; Hocuspocus reads the source. */
const SERVER = { source: "local", skipStoreHooks: true } as const;

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
  }

  /**
   * Changes a document on behalf of a visitor, or of the server itself where none is named. `change` works on a copy
   * and gives what the caller wants to know; resolves once it is on disk and in the room.
   * Throws what `change` throws, and Refusal as `log.load` and `log.append` do; then nothing has changed.
   */
  edit<Result>(workshop: string, visitor: string | undefined, change: (draft: Y.Doc) => Result): Promise<Result> {
    const before = this.#latest.get(workshop) ?? Promise.resolve();
    const edit = before.then(() => this.#edit(workshop, visitor, change));
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

  /** Forgets the client ids used in a workshop; call when its room is empty. */
  forget(workshop: string): void {
    for (const key of this.#clientIds.keys()) if (key.startsWith(`${workshop} `)) this.#clientIds.delete(key);
  }

  async #edit<Result>(
    workshop: string,
    visitor: string | undefined,
    change: (draft: Y.Doc) => Result,
  ): Promise<Result> {
    const draft = new Y.Doc();
    const updates: Uint8Array[] = [];
    const writer = `${workshop} ${visitor ?? ""}`;
    const release = this.#tenure.hold(workshop);
    try {
      await this.#fill(draft, workshop);
      draft.clientID = this.#clientIds.get(writer) ?? draft.clientID;
      listen(draft, "update", (update: Uint8Array) => updates.push(update));
      const result = draft.transact(() => change(draft), SERVER);
      if (updates.length === 0) return result;
      const update = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
      if (visitor !== undefined) await this.#access.bindClient(workshop, visitor, draft.clientID);
      await this.#log.append({ document: workshop, ...(visitor === undefined ? {} : { visitor }), update });
      this.#clientIds.set(writer, draft.clientID);
      const room = await this.#room(workshop);
      if (room) Y.applyUpdate(room, update, SERVER);
      this.#changed(workshop);
      return result;
    } catch (error) {
      // Whether a failed entry will be found on disk after all is not known: its clocks must not be used again.
      this.#clientIds.delete(writer);
      throw error;
    } finally {
      draft.destroy();
      release();
    }
  }

  async #fill(draft: Y.Doc, workshop: string): Promise<void> {
    const room = this.#hocuspocus.documents.get(workshop);
    if (room) {
      Y.applyUpdate(draft, Y.encodeStateAsUpdate(room));
      return;
    }
    fill(draft, await this.#log.load(workshop));
  }

  /** The room as it is now; one that is just being opened may have read the log before our entry. */
  async #room(workshop: string): Promise<Document | undefined> {
    const opening = this.#hocuspocus.loadingDocuments.get(workshop);
    return this.#hocuspocus.documents.get(workshop) ?? (await opening?.catch(() => undefined));
  }
}
