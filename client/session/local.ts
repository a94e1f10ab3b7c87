/** What this device keeps of a workshop: its document in IndexedDB, the last reply, how many changes were never confirmed. */
import { deleteDB } from "lib0/indexeddb";
import * as Y from "yjs";
import type { Arranged } from "../../document/updates/arranged.ts";
import { keepCopy } from "./copy.ts";

const database = (workshop: string, epoch: string): string => `minutier:${workshop}:${epoch}`;
const unsentKey = (workshop: string, tab: string): string => `minutier:unsent:${workshop}:${tab}`;

export interface Local {
  /** What was found here has been read into the document. Never rejects; a device without IndexedDB keeps nothing. */
  readonly loaded: Promise<void>;
  /** As `Copy.found`. */
  readonly found: Promise<void>;
  /** As `Copy.take`. */
  take(whole: Arranged): Promise<boolean>;
  /** Changes that earlier stays left here without a confirmation. */
  readonly inherited: number;
  /** Notes how many changes of this stay wait for a confirmation. */
  note(unsent: number): void;
  /** Everything found here is on the server: earlier counts are forgotten. */
  settle(): void;
  close(): void;
}

/** Keys and numbers of local storage; a browser that refuses storage has none. */
const counts = (workshop: string): Map<string, number> => {
  const found = new Map<string, number>();
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key?.startsWith(unsentKey(workshop, ""))) found.set(key, Number(localStorage.getItem(key)) || 0);
    }
  } catch {
    // no storage, no counts
  }
  return found;
};

const put = (key: string, value: string | undefined): void => {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // no storage: this stay is all there is
  }
};

/** Opens what this device keeps of `workshop` at `epoch` and reads it into `doc`. `tab` tells this stay from others. */
export const openLocal = (workshop: string, epoch: string, tab: string, doc: Y.Doc): Local => {
  const earlier = counts(workshop);
  const own = unsentKey(workshop, tab);
  let noted = 0;
  /** The server has had all that was found here. */
  let settled = false;
  const copy = keepCopy(database(workshop, epoch), doc, () => settled && noted === 0);
  return {
    loaded: copy.loaded,
    found: copy.found,
    take: (whole) => copy.take(whole),
    inherited: [...earlier.values()].reduce((sum, each) => sum + each, 0),
    note(unsent) {
      if (unsent === noted) return;
      noted = unsent;
      put(own, unsent === 0 ? undefined : String(unsent));
    },
    settle() {
      settled = true;
      for (const key of earlier.keys()) if (key !== own) put(key, undefined);
      earlier.clear();
    },
    close: () => copy.close(),
  };
};

/** Reads what this device keeps of `workshop` at another `epoch`, apart from the living document. */
export const readAside = async (workshop: string, epoch: string): Promise<Y.Doc> => {
  const doc = new Y.Doc();
  const copy = keepCopy(database(workshop, epoch), doc, () => false);
  await copy.loaded;
  copy.close();
  return doc;
};

/** Lets go of what this device keeps of `workshop` at `epoch`. */
export const forgetLocal = async (workshop: string, epoch: string): Promise<void> => {
  await deleteDB(database(workshop, epoch));
};
