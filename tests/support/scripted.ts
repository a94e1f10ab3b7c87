/** A process of its own that plays one scripted session in each directory it is given, whatever its disk does meanwhile. */
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { openAccess } from "../../server/access/access.ts";
import { openLog } from "../../server/log/log.ts";
import { CannotOpen } from "../../server/store/driver.ts";
import { openStore, type Store } from "../../server/store/store.ts";
import { firstUpdate } from "./ground.ts";

export interface Order {
  dataDir: string;
  /** Whether it waits until the disk takes entries again and goes on, or ends where it failed. */
  patient: boolean;
}

export interface Played {
  /** Of the workshop, once its beginning was acknowledged. */
  id?: string;
  acknowledged: string[];
  /** How it ended: `done`, or what the disk made of it. */
  end: string;
  /** What is no refusal: nobody may ever meet it. */
  fault?: string;
}

const WORDS = 8;
const COMPACT_AFTER = 4;

const recovered = (store: Store): Promise<void> =>
  new Promise((resolve) => {
    if (store.state.writing) return resolve();
    const stop = store.onState(({ writing }) => {
      if (!writing) return;
      stop();
      resolve();
    });
  });

const play = async ({ dataDir, patient }: Order): Promise<Played> => {
  const played: Played = { acknowledged: [], end: "done" };
  let store: Store | undefined;
  /** Tries again and again where the order says so; a client sends the very same bytes again. */
  const insist = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await attempt();
    } catch (error) {
      if (!patient || !(error instanceof Refusal) || !store) throw error;
      await recovered(store);
      return await insist(attempt);
    }
  };
  try {
    store = await openStore({ dataDir });
    const access = await openAccess(store, { dataDir });
    const log = openLog(store, (error) => {
      throw error;
    });
    const update = firstUpdate();
    const begin = { update, kind: "workshop", language: "fr", template: "vierge" } as const;
    const { id } = await insist(() => access.createWorkshop(begin));
    played.id = id;
    const doc = new Y.Doc();
    let bytes = new Uint8Array();
    doc.on("update", (next: Uint8Array) => {
      bytes = new Uint8Array(next);
    });
    for (let n = 0; n < WORDS; n += 1) {
      const word = `<${n}>`;
      doc.getText("words").insert(doc.getText("words").length, word);
      await insist(() => log.append({ document: id, visitor: "v", update: bytes }));
      played.acknowledged.push(word);
      if (n === COMPACT_AFTER) await insist(() => log.compact(id));
    }
  } catch (error) {
    if (error instanceof Refusal || error instanceof CannotOpen) played.end = error.message;
    // The key is a plain file: what its disk says comes as it is, at the start only.
    else if (error instanceof Error && "syscall" in error && !played.id) played.end = error.message;
    else played.fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  await store?.close();
  return played;
};

process.on("message", (order: Order) => {
  void play(order).then((played) => process.send?.(played));
});
process.send?.("ready");
