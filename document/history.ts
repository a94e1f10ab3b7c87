/** What server and client say to each other about the past of a workshop. */
import * as v from "valibot";

/** A moment somebody named, or one of the two around a restoring: what stood before it, and what it made. */
export interface Version {
  /** The number of the entry after which the document stood so. */
  seq: number;
  kind: "named" | "before" | "restored";
  name: string;
  /** When the document stood so, and when the version was made: ISO 8601, UTC. */
  moment: string;
  at: string;
  /** Id of the visitor who made it; null: the server. */
  by: string | null;
  /** Around a restoring: the moment that was gone back to, which `name` names where somebody had. */
  target: number | null;
}

/** Some minutes in which people wrote. */
export interface Stretch {
  /** The number of its last entry. */
  seq: number;
  began: string;
  ended: string;
  /** Who wrote most first; none where only the server did. */
  authors: { id: string; entries: number }[];
}

/** Answer of `GET …/history`. */
export interface HistoryAnswer {
  /** The number of the newest entry. */
  head: number;
  /** Newest first. */
  stretches: Stretch[];
  versions: Version[];
  /** Everybody who ever wrote here, by the name they go by now. */
  visitors: { id: string; name: string }[];
  /** What `before` asks for to see what is older; null at the beginning. */
  next: number | null;
}

/** Answer of `POST …/restore`; `seq`: the entry it wrote, null where nothing had to be. */
export interface RestoreAnswer {
  seq: number | null;
}

const seq = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER));

export const VersionRequest = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)),
  /** Absent: as it stands. */
  seq: v.optional(seq),
});

/** `since`: the entry of the last restoring, to be taken back: then what was written after it stays. */
export const RestoreRequest = v.object({ seq, since: v.optional(seq) });
