/** Who may do what: workshops with their state and code, links with their secrets, visitors with their sessions. */
import type { Capability, Visitor } from "../../document/session.ts";
import type { Language, State } from "../../minutes/value.ts";
import type { Store } from "../store/store.ts";

export type Kind = "workshop" | "template";

export interface Workshop {
  id: string;
  kind: Kind;
  language: Language;
  /** Id of the template it was started from. */
  template: string;
  state: State;
  /** The short code, while it is live. */
  code: string | null;
  epoch: string;
  created: Date;
}

/** What a credential allows here and now. */
export interface Grant {
  workshop: string;
  /** What it allows in the workshop's present state: in a closed one, `write` and `vote` only read. */
  capability: Capability;
  /** Id of the link; not secret. */
  link: string;
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
  /** Who came through it. */
  visitors: Visitor[];
  /** Null once withdrawn. */
  secret: string | null;
}

export interface Started {
  id: string;
  code: string | null;
  /** The secret of each link. */
  links: Record<Capability, string>;
}

export interface Opened {
  grant: Grant;
  token: string;
  visitor: Visitor;
  clientId: number;
}

/** Every method throws Refusal: `unknown-workshop`, `unknown-link` (never existed, withdrawn, expired, another workshop's:
 *  all the same), `not-saving`, `unavailable`. */
export interface Access {
  /** The workshop, its four links, its code (kind workshop: it starts live) and its first entry: one unit. */
  createWorkshop(start: { update: Uint8Array; kind: Kind; language: Language; template: string }): Promise<Started>;
  workshop(id: string): Promise<Workshop>;
  /** Every workshop of kind template, oldest first; `log.minutes` of each gives its title. */
  templates(): Promise<Workshop[]>;
  /** Gives a fresh code on becoming live and takes it away on leaving. Sessions have to be told by the caller. */
  setState(workshop: string, state: State): Promise<Workshop>;

  /** `credential`: a link's secret or a session's token. */
  authorise(workshop: string, credential: string): Promise<Grant>;
  /** The link behind `/r/<secret>`; only a read link answers. */
  fromReadSecret(secret: string): Promise<Grant>;
  /** Secrets for the addresses somebody with this grant may be shown; a personal link is shown as itself. */
  shownSecrets(grant: Grant): Promise<{ write: string | null; read: string | null }>;

  /** Exchanges a link's secret for a session. Another layout than ours, or a read link, gives `read`. */
  openSession(
    workshop: string,
    secret: string,
    who: { visitor?: string; name?: string; organisation?: string; layout: number },
  ): Promise<Opened>;
  rename(grant: Grant, who: { name: string; organisation: string }): Promise<Visitor>;
  visitors(workshop: string): Promise<Visitor[]>;
  /** A fresh Yjs client id that nobody else has in this workshop, on disk before it is given. */
  leaseClient(workshop: string, visitor: string): Promise<number>;
  /** Binds a client id to the visitor who first used it. Throws Refusal `foreign-client` when it is another's. */
  bindClient(workshop: string, visitor: string, clientId: number): Promise<void>;

  links(workshop: string): Promise<Link[]>;
  give(workshop: string, wanted: { capability: Capability; label?: string }): Promise<Link>;
  /** Throws Refusal `last-manage-link` rather than lock everybody out. */
  withdraw(workshop: string, link: string): Promise<void>;
  /** Calls back when a link was withdrawn, after it is on disk. Returns what stops it. */
  onWithdrawn(listener: (withdrawn: { workshop: string; link: string }) => void): () => void;
  /** Enters by the short code: a personal write link. Throws Refusal `unknown-code`. */
  enterByCode(code: string): Promise<{ workshop: string; secret: string }>;
}

/** Reads the key in `dataDir`, or creates it at the first start. Throws CannotOpen. */
export const openAccess = (_store: Store, _options: { dataDir: string }): Promise<Access> =>
  Promise.reject(new Error("not yet"));
