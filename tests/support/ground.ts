/** A store with its log and its access in a fresh directory, and workshops in it. */
import * as Y from "yjs";
import { openAccess, type Access, type Started } from "../../server/access/access.ts";
import { openLog, type Log } from "../../server/log/log.ts";
import { openStore, type Store } from "../../server/store/store.ts";
import { newDataDir, type DataDir } from "./data-dir.ts";

export interface Ground {
  dataDir: string;
  store: Store;
  log: Log;
  access: Access;
  /** Closes all and opens it again on the same data. */
  reopen: () => Promise<void>;
  remove: () => Promise<void>;
}

/** What goes wrong behind everybody's back fails the test run. */
const fail = (error: unknown): void => {
  queueMicrotask(() => {
    throw error;
  });
};

/** `dir`: where the data shall be; a fresh directory unless told. */
export const newGround = async (dir: DataDir = newDataDir()): Promise<Ground> => {
  const { path, remove } = dir;
  const open = async () => {
    const store = await openStore({ dataDir: path });
    return { store, log: openLog(store, fail), access: await openAccess(store, { dataDir: path }) };
  };
  const ground: Ground = {
    dataDir: path,
    ...(await open()),
    reopen: async () => {
      await ground.store.close();
      Object.assign(ground, await open());
    },
    remove: async () => {
      await ground.store.close();
      remove();
    },
  };
  return ground;
};

/** The first update of a document with this title. */
export const firstUpdate = (title = "Comment mieux décider ensemble ?"): Uint8Array => {
  const doc = new Y.Doc();
  doc.getMap("meta").set("layout", 1);
  doc.getMap("meta").set("language", "fr");
  doc.getText("title").insert(0, title);
  return Y.encodeStateAsUpdate(doc);
};

export const newWorkshop = (access: Access, kind: "workshop" | "template" = "workshop"): Promise<Started> =>
  access.createWorkshop({ update: firstUpdate(), kind, language: "fr", template: "vierge" });
