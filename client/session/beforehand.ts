/** Reads what this device keeps of a workshop while the door takes its time: the minutes may be as long to fetch there as to fill in here. */
import * as Y from "yjs";
import { lastEpoch } from "./entry.ts";
import { openLocal, type Local } from "./local.ts";

/** A door that has the minutes at hand answers within it, and what it answers is drawn first. */
const PATIENCE_MS = 250;

interface Copied {
  doc: Y.Doc;
  /** What it is being filled from. */
  local: Local;
}

interface Held extends Copied {
  workshop: string;
  epoch: number;
}

let held: Held | undefined;

const open = (workshop: string, epoch: number): Copied => {
  const doc = new Y.Doc();
  return { doc, local: openLocal(workshop, String(epoch), String(doc.clientID), doc) };
};

const drop = (): void => {
  held?.local.close();
  held?.doc.destroy();
  held = undefined;
};

/** Begins to read, where this device has been in `workshop` before and the door has not answered soon. */
export const readBeforehand = (workshop: string, answered: Promise<unknown>): void => {
  const epoch = lastEpoch(workshop);
  if (epoch === undefined) return;
  const late = setTimeout(() => {
    drop();
    held = { workshop, epoch, ...open(workshop, epoch) };
  }, PATIENCE_MS);
  answered.then(
    () => clearTimeout(late),
    () => {
      clearTimeout(late);
      drop();
    },
  );
};

/** A document that is filled with what this device keeps, or already is; whoever takes it closes both. */
export const takeCopy = (workshop: string, epoch: number): Copied => {
  const taken = held?.workshop === workshop && held.epoch === epoch ? held : undefined;
  if (taken) held = undefined;
  else drop();
  return taken ?? open(workshop, epoch);
};
