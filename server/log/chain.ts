/** Looks every log over: each entry there and as it was written, its end where its document says, its snapshots true. */
import * as Y from "yjs";
import "../../document/text/internals.ts";
import { read } from "../../document/read.ts";
import { defect, type Defect, type DefectName } from "../store/defect.ts";
import { documentIds, documentRow, entriesAfter, snapshotsOf, type SnapshotRow } from "../store/entries.ts";
import type { Reader } from "../store/reader.ts";
import { orUnreadable } from "../store/survey.ts";

/** Whether two documents know the same, have the same deleted, and read the same. */
const same = (a: Y.Doc, b: Y.Doc): boolean => {
  const text = (doc: Y.Doc): string => JSON.stringify(read(doc, { id: "", state: "closed" }));
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && text(a) === text(b);
};

/** The document these bytes make alone; undefined where they make none. */
const decoded = (bytes: Uint8Array): Y.Doc | undefined => {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, bytes);
    return doc;
  } catch {
    doc.destroy();
    return undefined;
  }
};

const waits = (doc: Y.Doc): boolean => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;

/** One document's log. Throws what SQLite throws where its rows cannot be read. */
const checkDocument = (reader: Pick<Reader, "rows">, document: string): Defect[] => {
  const defects: Defect[] = [];
  const tell = (name: DefectName, says: string): number => defects.push(defect(name, `workshop ${document}`, says));
  const [row] = reader.rows(documentRow(document));
  if (!row) return defects;
  const entries = reader.rows(entriesAfter(document, Number.MIN_SAFE_INTEGER));
  const snapshots = reader.rows(snapshotsOf(document));
  const { head } = row;
  if (entries.length === 0) tell("log-empty", `no entry is there; its head says ${head}`);

  /** The replay up to a number, as far as it can be trusted. */
  const doc = new Y.Doc();
  let trusted = true;
  let next = 1;

  const compare = ({ seq, bytes, whole }: SnapshotRow): void => {
    if (!whole) return void tell("snapshot-changed", `snapshot ${seq} is not what was written`);
    const state = decoded(bytes);
    if (!state) return void tell("snapshot-not-update", `snapshot ${seq} cannot be read`);
    if (trusted && seq === next - 1 && !same(state, doc)) {
      tell("snapshot-differs", `snapshot ${seq} is not what entries 1 to ${seq} make`);
    }
    state.destroy();
  };

  let ahead = snapshots;
  const compareUpTo = (seq: number): void => {
    for (const snapshot of ahead.filter((each) => each.seq <= seq)) compare(snapshot);
    ahead = ahead.filter((each) => each.seq > seq);
  };

  for (const { seq, bytes, whole } of entries) {
    if (seq > next) {
      tell("entry-missing", `entry ${next}${seq - 1 > next ? ` to ${seq - 1}` : ""} is missing`);
      trusted = false;
    }
    if (seq < 1 || seq > head) tell("entry-surplus", `entry ${seq} stands outside of 1 to ${head}, its head`);
    if (!whole) {
      tell("entry-changed", `entry ${seq} is not what was written`);
      trusted = false;
    } else if (trusted) {
      try {
        Y.applyUpdate(doc, bytes);
      } catch {
        tell("entry-not-update", `entry ${seq} is whole, but no update`);
        trusted = false;
      }
    }
    next = seq + 1;
    compareUpTo(seq);
  }
  if (entries.length > 0 && next <= head) tell("end-missing", `its head says ${head}, its last entry is ${next - 1}`);
  if (trusted && waits(doc)) tell("entry-unconnected", "an entry builds on something that no entry holds");
  for (const { seq } of ahead) tell("snapshot-ahead", `snapshot ${seq} stands after the last entry, ${next - 1}`);
  doc.destroy();
  return defects;
};

/** Whether the log of a workshop is whole. Throws what SQLite throws where its rows cannot be read. */
export const isWhole = (reader: Pick<Reader, "rows">, document: string): boolean =>
  checkDocument(reader, document).length === 0;

/** Every log, one after the other; `progress` is told how many are done. */
export const checkChains = (reader: Reader, progress: (done: number, total: number) => void): Defect[] => {
  let documents: string[] = [];
  const unread = orUnreadable("documents", () => {
    documents = reader.rows(documentIds());
    return [];
  });
  const found = documents.flatMap((document, i) => {
    const defects = orUnreadable(`workshop ${document}`, () => checkDocument(reader, document));
    progress(i + 1, documents.length);
    return defects;
  });
  return [...unread, ...found];
};
