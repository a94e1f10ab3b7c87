/** What can be wrong with what is kept, by name; every check of the files speaks in these. */

export type DefectName =
  | "page-damaged"
  | "value-wrong"
  | "index-wrong"
  | "tables-differ"
  | "unreadable"
  | "orphan-document"
  | "orphan-entry"
  | "orphan-snapshot"
  | "orphan-workshop"
  | "orphan-link"
  | "orphan-visitor"
  | "orphan-client"
  | "orphan-stage"
  | "orphan-version"
  | "nobody-manages"
  | "log-empty"
  | "entry-missing"
  | "entry-changed"
  | "entry-surplus"
  | "entry-not-update"
  | "entry-unconnected"
  | "end-missing"
  | "snapshot-changed"
  | "snapshot-not-update"
  | "snapshot-ahead"
  | "snapshot-differs"
  | "key-missing"
  | "key-wrong"
  | "key-readable"
  | "table-changed"
  | "backup-unsealed";

export interface Defect {
  name: DefectName;
  /** Where: a workshop, a table, a file; never a word of the minutes. */
  where: string;
  /** What was found, in words for the host. */
  says: string;
}

export const defect = (name: DefectName, where: string, says: string): Defect => ({ name, where, says });
