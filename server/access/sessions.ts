/** Sessions: a link's secret exchanged for a token, a visitor and a leased Yjs client id. */
import { randomBytes } from "node:crypto";
import { compareLayouts, mayWrite } from "../../document/handshake.ts";
import { LAYOUT } from "../../document/layout.ts";
import { Refusal } from "../../document/refusal.ts";
import type { Visitor } from "../../document/session.ts";
import { MissingRow } from "../store/driver.ts";
import { addClient, putVisitor, renameVisitor, visitorRow, visitorsOf, type VisitorRow } from "../store/visitors.ts";
import { workshopRow } from "../store/workshops.ts";
import { untilFree } from "./chance.ts";
import { newClientId } from "./clients.ts";
import type { Grant, Means } from "./grant.ts";
import type { Links } from "./links.ts";
import { tidyName, tidyOrganisation } from "./names.ts";
import { seal } from "./tokens.ts";
import { browserVisitor } from "./visitors.ts";

interface Who {
  /** The key the browser keeps; without one it comes as somebody new. */
  visitor?: string;
  /** Absent: the name given before, if any. */
  name?: string;
  organisation?: string;
  /** No more than this, whatever the link allows. */
  capability?: "read";
  /** Whatever layout it says it knows. */
  layout?: unknown;
}

interface Opened {
  grant: Grant;
  token: string;
  visitor: Visitor;
  clientId: number;
  /** False: the link allows more, but nothing can be written down at the moment. */
  writing: boolean;
  /** They have been here before. */
  returning: boolean;
  /** What everybody knows of those who came is not true any more. */
  news: boolean;
}

export interface Sessions {
  /**
   * Exchanges a link's secret for a session; another layout than ours only reads, and so does everybody while the disk
   * fails. Throws Refusal as `authorise` does, `too-many-tries` where too many come for the first time or one again and again, and `unavailable`.
   */
  openSession(workshop: string, secret: string, who: Who): Promise<Opened>;
  /** Throws Refusal `wrong-capability` for a session that only reads: it has no name. */
  rename(grant: Grant, who: { name: string; organisation: string }): Promise<Visitor>;
  /** Everybody who ever came to write, in the order of their first arrival. */
  visitors(workshop: string): Promise<Visitor[]>;
  /** One of them; undefined where nobody of that id ever did. */
  visitor(workshop: string, id: string): Promise<Visitor | undefined>;
}

const known = ({ link: _link, since: _since, ...visitor }: VisitorRow): Visitor => visitor;

/** Whoever cannot be written down may still read: better than a closed door. */
const orReads = (error: unknown): undefined => {
  if (error instanceof MissingRow) throw new Refusal("unavailable", "a visitor is not where it should be");
  if (!(error instanceof Refusal && error.code === "not-saving")) throw error;
};

export const sessions = ({ store, sign, met, newcomers }: Means, { authorise }: Pick<Links, "authorise">): Sessions => {
  /** A reader is not written down: no row, no lease, and no name to show but one given before. */
  const passing = async (workshop: string, id: string, who: Who): Promise<[Visitor, number, boolean]> => {
    const { name = "", organisation = "" } = who;
    const [[before]] = await store.read(visitorRow(workshop, id));
    const fresh = { id, name: tidyName(name), organisation: tidyOrganisation(organisation), colour: 0 };
    return [before ? known(before) : fresh, newClientId(), before !== undefined];
  };

  const arriving = (workshop: string, link: string, id: string, who: Who): Promise<[Visitor, number, boolean]> =>
    untilFree(async () => {
      const clientId = newClientId();
      const at = Date.now();
      const name = who.name === undefined ? null : tidyName(who.name);
      const organisation = who.organisation === undefined ? null : tidyOrganisation(who.organisation);
      const [[row]] = await met.changing(workshop, () =>
        store.write(putVisitor(workshop, { id, name, organisation, link, at }), addClient(workshop, clientId, id, at)),
      );
      return [known(row!), clientId, row!.since < at];
    });

  /** Gives who they were before, if anybody. Throws Refusal `too-many-tries`. */
  const count = async ({ workshop, link, personal }: Grant, id: string): Promise<VisitorRow | undefined> => {
    const [[before]] = await store.read(visitorRow(workshop, id));
    if (before) newcomers.takeAgain(workshop, id);
    else newcomers.take(personal ? workshop : link);
    return before;
  };

  return {
    openSession: async (workshop, secret, who) => {
      const allowed = await authorise(workshop, secret);
      const reads = allowed.capability === "read" || who.capability === "read" || !mayWrite(compareLayouts(who.layout));
      const id = browserVisitor(sign, workshop, who.visitor ?? randomBytes(16).toString("base64url"));
      const before = reads ? undefined : await count(allowed, id);
      const arrived = reads ? undefined : await arriving(workshop, allowed.link, id, who).catch(orReads);
      const [visitor, clientId, returning] = arrived ?? (await passing(workshop, id, who));
      const [[row]] = await store.read(workshopRow(workshop));
      if (!row) throw new Refusal("unknown-link");
      const grant: Grant = { ...allowed, capability: arrived ? allowed.capability : "read", visitor: id, clientId };
      const { link, capability } = grant;
      const session = { workshop, link, visitor: id, clientId, capability, epoch: row.epoch, layout: LAYOUT };
      const token = seal(sign, session, Date.now());
      const same = before?.name === visitor.name && before.organisation === visitor.organisation;
      const news = arrived !== undefined && !same;
      return { grant, token, visitor, clientId, writing: reads || arrived !== undefined, returning, news };
    },

    rename: async ({ workshop, visitor, capability }, { name, organisation }) => {
      if (capability === "read") throw new Refusal("wrong-capability");
      try {
        const [[row]] = await met.changing(workshop, () =>
          store.write(renameVisitor(workshop, visitor, tidyName(name), tidyOrganisation(organisation))),
        );
        return known(row!);
      } catch (error) {
        throw error instanceof MissingRow ? new Refusal("wrong-capability") : error;
      }
    },

    visitor: async (workshop, id) => {
      const found = await met.get(`${workshop}:${id}`, async () => {
        const [[row]] = await store.read(visitorRow(workshop, id));
        return { about: workshop, answer: row ? known(row) : null };
      });
      return found ?? undefined;
    },

    visitors: async (workshop) => {
      const [rows] = await store.read(visitorsOf(workshop));
      return rows.map(known);
    },
  };
};
