/** A client's stay in a room: everything the editor, the sections and the panels may read or call, and nothing else. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { Presence } from "../../document/presence.ts";
import type { Capability, Visitor } from "../../document/session.ts";
import type { Size } from "../../document/signal.ts";
import type { Stage, StageRequest } from "../../document/stage.ts";
import type { Minutes, State } from "../../minutes/value.ts";

/** Why nothing can be written for the moment; the sentence is `saved-read-only-<reason>`. */
export type ReadOnlyReason =
  | "withdrawn"
  | "layout"
  | "epoch"
  | "too-large"
  | "full"
  | "malformed"
  | "storage"
  | "closed"
  | "frozen"
  | "capability";

/** The four states of the saved mark. `saved` means: on the server's disk, all of it. */
export type Saved =
  | { state: "saved" }
  | { state: "saving" }
  | { state: "offline"; changes: number }
  | { state: "read-only"; reason: ReadOnlyReason; changes: number };

/** Somebody else who is in the room now. */
export interface Present extends Presence {
  client: number;
}

/** Something that just happened, in one sentence, newest first. */
export interface News {
  id: number;
  /** As they were called then. */
  who: string;
  /** By whom their name can be looked up, which may be another by now. */
  visitor?: string | undefined;
  what: string;
  at: Date;
}

/** A short message with an optional way back, shown for a while. */
export interface Notice {
  id: number;
  text: string;
  undo?: () => void;
}

/** What stands on this device from before the workshop was restored to another state. */
export interface Aside {
  /** The minutes as they stood here. */
  read(): Promise<Minutes>;
  /** Removes them from this device. */
  forget(): Promise<void>;
}

export interface Session {
  readonly id: string;
  readonly kind: "workshop" | "template";
  /** How much room the server has left for this document. */
  readonly size: ReadonlySignal<Size>;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** One for the whole workshop; undoes only what was written here. */
  readonly undo: Y.UndoManager;
  readonly capability: ReadonlySignal<Capability>;
  readonly visitor: ReadonlySignal<Visitor>;
  /** Everybody who ever wrote here, by id, so that `author` becomes a name. Includes oneself. */
  readonly visitors: ReadonlySignal<ReadonlyMap<string, Visitor>>;
  /** Who else is in the room, one entry per connection. */
  readonly present: ReadonlySignal<readonly Present[]>;
  readonly state: ReadonlySignal<State>;
  readonly code: ReadonlySignal<string | null>;
  readonly address: ReadonlySignal<string | null>;
  readonly readAddress: ReadonlySignal<string>;
  readonly saved: ReadonlySignal<Saved>;
  /** The Y.Doc holds the workshop. Until then show `minutes` and mount no editor: the Y.Texts are still empty. */
  readonly ready: ReadonlySignal<boolean>;
  /** `ready`, allowed, and nothing forbids it at the moment. Being offline does not. */
  readonly canWrite: ReadonlySignal<boolean>;
  /** Only a freeze keeps one from writing: what one is in the middle of stays where it is. */
  readonly frozen: ReadonlySignal<boolean>;
  /** The minutes as they stand, read from the Y.Doc at most once per frame; from the session's reply until `ready`. */
  readonly minutes: ReadonlySignal<Minutes>;
  /** The same as they stand at this very moment, for what is taken away: `minutes` may be a little behind whoever types. */
  latest(): Minutes;
  /** Whether an item was captured by this very person: others may have the same name. */
  isMine(section: string, item: string): boolean;
  /** Ids of the items this very person has picked, as far as it is known. */
  picks(): ReadonlySet<string>;
  /** The structure (sections, headings, guidance) is being edited rather than the text. */
  readonly structure: Signal<boolean>;
  /** What the polite live region says. */
  readonly spoken: ReadonlySignal<string>;
  /** Text that an earlier state of the workshop left on this device, which must not be merged into this one. */
  readonly aside: ReadonlySignal<Aside | undefined>;
  readonly news: ReadonlySignal<readonly News[]>;
  readonly notices: ReadonlySignal<readonly Notice[]>;
  /** What the room looks at together. */
  readonly stage: ReadonlySignal<Stage>;
  /** The time by the server's clock. */
  readonly now: () => Date;
  /** Tells the others in which section one is; without an argument, in none. */
  setPlace(section?: string): void;
  /** Says `text` once through the polite live region. */
  announce(text: string, weighty?: boolean): void;
  /** Shows `text` for a while, with a way back when `undo` is given, and announces it. */
  notify(text: string, undo?: () => void): void;
  dismiss(notice: number): void;
  /** Gives the name and organisation of the visitor. Throws Refused when the server does. */
  rename(name: string, organisation: string): Promise<void>;
  /** What is being typed here is not in the document yet: nothing is called saved until what this gives is called. */
  hold(): () => void;
  /** Changes the stage. Throws Refused with a sentence, or Unreachable. */
  play(command: StageRequest): Promise<void>;
  /** Calls the API under this session's workshop with its token; throws Refused with a sentence. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
  close(): void;
}

/** What openSession needs to know. */
export interface Entrance {
  workshop: string;
  /** The link's secret, from the address's fragment. */
  secret: string;
  /** Origin of the server, where that is not the page's own. */
  server?: string;
}
