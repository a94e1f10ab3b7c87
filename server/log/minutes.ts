/** The minutes as the log has them: readers read the log, never the room. */
import type * as Y from "yjs";
import { read } from "../../document/read.ts";
import { Refusal } from "../../document/refusal.ts";
import type { Minutes } from "../../minutes/value.ts";
import { documentRow, entriesAfter } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { visitorsOf } from "../store/visitors.ts";
import { workshopRow } from "../store/workshops.ts";
import { apply, load, rebuild, updatesOf } from "./rebuild.ts";

/** How many documents are kept ready to be read again. */
const KEPT = 64;

interface Ready {
  doc: Y.Doc;
  head: number;
  epoch: number;
  /** What else the minutes depend on: state and names. */
  around: string;
  minutes: Minutes;
}

interface MinutesReader {
  read: (document: string) => Promise<Minutes>;
  /** Remembers nothing of it any more. */
  forget: (document: string) => void;
}

/** A reader that remembers the documents read last, and takes in only what came since. */
export const minutesReader = (store: Store): MinutesReader => {
  const ready = new Map<string, Ready>();
  const reading = new Map<string, Promise<Minutes>>();

  const keep = (document: string, entry: Ready): Minutes => {
    ready.delete(document);
    ready.set(document, entry);
    const [oldest] = ready.keys();
    if (ready.size > KEPT && oldest !== undefined) ready.delete(oldest);
    return entry.minutes;
  };

  const readOne = async (document: string): Promise<Minutes> => {
    const before = ready.get(document);
    const [[row], [workshop], visitors, newer] = await store.read(
      documentRow(document),
      workshopRow(document),
      visitorsOf(document),
      entriesAfter(document, before?.head ?? Number.MAX_SAFE_INTEGER),
    );
    if (!row || !workshop) throw new Refusal("unknown-workshop");
    const names = new Map(visitors.map(({ id, name }) => [id, name]));
    const around = JSON.stringify([workshop.state, ...names]);
    const value = (doc: Y.Doc): Minutes => read(doc, { id: document, state: workshop.state, names });
    if (before?.epoch !== row.epoch || before.head > row.head) {
      const loaded = await load(store, document);
      const doc = rebuild(loaded);
      return keep(document, { doc, head: loaded.head, epoch: loaded.epoch, around, minutes: value(doc) });
    }
    const { doc, head } = before;
    if (head === row.head && before.around === around) return keep(document, before);
    // Until it is whole again, a document that took in only part of what came is no longer to be read.
    ready.delete(document);
    apply(doc, updatesOf(newer, head + 1, row.head));
    return keep(document, { doc, head: row.head, epoch: row.epoch, around, minutes: value(doc) });
  };

  // Two readers of one document at once share one reading, which began before either was answered.
  const readShared = async (document: string): Promise<Minutes> => {
    const underWay = reading.get(document);
    if (underWay) await underWay.catch(() => undefined);
    const next = reading.get(document) ?? readOne(document).finally(() => reading.delete(document));
    reading.set(document, next);
    return next;
  };

  return {
    read: readShared,
    forget(document) {
      ready.get(document)?.doc.destroy();
      ready.delete(document);
    },
  };
};
