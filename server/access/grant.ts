/** What a link or a session allows, here and now; and who may see which address. */
import type { Capability, Visitor, WorkshopKind } from "../../document/session.ts";
import type { Language, State } from "../../minutes/value.ts";
import type { LinkRow, WorkshopRow } from "../store/workshops.ts";
import type { Store } from "../store/store.ts";
import type { Sign } from "./key.ts";
import type { Newcomers } from "./newcomers.ts";
import type { Remembered } from "./remembered.ts";

/** What every part of access works with. */
export interface Means {
  store: Store;
  sign: Sign;
  /** Links that are open, what they open, and who comes through them with a bare secret, by id. */
  opened: Remembered<{ row: LinkRow; of: WorkshopRow; program: string }>;
  /** Visitors by workshop and id; null where there is none. */
  met: Remembered<Visitor | null>;
  newcomers: Newcomers;
}

export interface Workshop {
  id: string;
  kind: WorkshopKind;
  language: Language;
  /** Id of the template it was started from. */
  template: string;
  state: State;
  /** The short code, while it is live. */
  code: string | null;
  epoch: number;
  created: Date;
}

export const workshopOf = (row: WorkshopRow): Workshop => ({ ...row, created: new Date(row.created) });

/** What a credential allows here and now. */
export interface Grant {
  workshop: string;
  /** What it allows in the workshop's present state: in a closed one, `write` and `vote` only read. */
  capability: Capability;
  /** Id of the link; not secret. */
  link: string;
  /** Given to one person by the short code. */
  personal: boolean;
  /** Who stands behind it; for a bare secret, whoever uses programs with that link. */
  visitor: string;
  /** The leased Yjs client id, when the credential was a session token. */
  clientId?: number;
}

export interface Link {
  id: string;
  capability: Capability;
  label: string;
  /** Given to one person by the short code, rather than handed out. */
  personal: boolean;
  given: Date;
  withdrawn: Date | null;
  /** Who came through it last. */
  visitors: Visitor[];
  /** Null once withdrawn. */
  secret: string | null;
}

/** A closed workshop is read by everybody and reopened by whoever manages it. */
export const capabilityIn = (state: State, capability: Capability): Capability =>
  state === "closed" && capability !== "manage" ? "read" : capability;
