/** Links: what a secret or a token opens, how links are given and withdrawn, and the short code that gives one to each. */
import { LAYOUT } from "../../document/layout.ts";
import { Refusal } from "../../document/refusal.ts";
import { CAPABILITIES, type Capability } from "../../document/session.ts";
import { MissingRow } from "../store/driver.ts";
import { visitorsOf } from "../store/visitors.ts";
import {
  addLink,
  addLinkByCode,
  linkRow,
  linksOf,
  openLinkRow,
  withdrawLink,
  workshopOfLink,
  workshopWithCode,
  type LinkRow,
  type WorkshopRow,
} from "../store/workshops.ts";
import { untilFree } from "./chance.ts";
import { capabilityIn, type Grant, type Link, type Means } from "./grant.ts";
import { newLinkId, readCode } from "./letters.ts";
import { tidyName } from "./names.ts";
import { claimOf, secretOf } from "./secrets.ts";
import { looksLikeToken, unseal } from "./tokens.ts";
import { programVisitor } from "./visitors.ts";

export interface Links {
  /**
   * What `credential` (a link's secret, or a session's token) allows in `workshop`.
   * Throws Refusal `unknown-link`, the same for what never existed, was withdrawn, was forged or is another workshop's;
   * `session-expired` for a token of ours that is too old, or of another epoch or layout.
   */
  authorise(workshop: string, credential: string): Promise<Grant>;
  /** The link behind `/r/<secret>`; only a read link answers. Throws Refusal `unknown-link`. */
  fromReadSecret(secret: string): Promise<Grant>;
  /** Secrets for the addresses somebody with this grant may be shown; a personal link is shown as itself. */
  shownSecrets(grant: Grant): Promise<{ write: string | null; read: string | null }>;
  /** All links of the workshop, oldest first, for whoever manages it. */
  links(workshop: string): Promise<Link[]>;
  give(workshop: string, wanted: { capability: Capability; label?: string }): Promise<Link>;
  /** Throws Refusal `unknown-address`, and `last-manage-link` rather than lock everybody out. */
  withdraw(workshop: string, link: string): Promise<void>;
  /** Calls back when a link was withdrawn, once that is on disk. Returns what stops it. */
  onWithdrawn(listener: (withdrawn: { workshop: string; link: string }) => void): () => void;
  /** Enters by the short code: a writing link for this person alone. Throws Refusal `wrong-code`, `too-many-tries`. */
  enterByCode(code: string): Promise<{ workshop: string; secret: string }>;
  /** The workshop that `enterByCode` leads to, for somebody who is shown it first: gives nothing, changes nothing. Throws the same. */
  behindCode(code: string): Promise<string>;
}

/** No link has this id. */
const NOBODY = "";

const lesser = (a: Capability, b: Capability): Capability =>
  CAPABILITIES[Math.min(CAPABILITIES.indexOf(a), CAPABILITIES.indexOf(b))] ?? "read";

const codeIn = (written: string): string => {
  const code = readCode(written);
  if (code === undefined) throw new Refusal("wrong-code");
  return code;
};

export const links = ({ store, sign, opened, newcomers }: Means): Links => {
  const listeners = new Set<Parameters<Links["onWithdrawn"]>[0]>();

  const open = (
    link: string,
    workshop?: string,
  ): Promise<{ row: LinkRow; of: WorkshopRow; program: string } | undefined> =>
    opened.get(`${workshop ?? ""} ${link}`, async () => {
      const [[row], [of]] = await store.read(openLinkRow(link), workshopOfLink(link));
      if (!row || !of || (workshop ?? of.id) !== of.id) return undefined;
      return { about: of.id, answer: { row, of, program: programVisitor(sign, of.id, link) } };
    });

  /**
   * Looks for a link also where its proof failed, and finds nothing of one that was withdrawn: an answer must not tell by
   * its time what was wrong, or that there ever was such a link. Only what is found is remembered.
   */
  const grantOf = async (link: string, proved: boolean, workshop?: string): Promise<Grant & { epoch: number }> => {
    const found = await open(proved ? link : NOBODY, workshop);
    if (!found) throw new Refusal("unknown-link");
    const { row, of, program } = found;
    return {
      workshop: of.id,
      capability: capabilityIn(of.state, row.capability),
      link,
      personal: row.personal,
      visitor: program,
      epoch: of.epoch,
    };
  };

  const bySecret = async (secret: string, workshop?: string): Promise<Grant> => {
    const { link, proved } = claimOf(sign, secret);
    const { epoch: _epoch, ...grant } = await grantOf(link, proved, workshop);
    return grant;
  };

  const byToken = async (credential: string, workshop: string): Promise<Grant> => {
    const token = unseal(sign, credential);
    const { epoch, ...grant } = await grantOf(token?.link ?? "", token?.workshop === workshop, workshop);
    // Whoever read the document as it no longer is must come in anew, and be told, before writing into it.
    const timely = token && token.until >= Date.now() && token.epoch === epoch && token.layout === LAYOUT;
    if (!timely) throw new Refusal("session-expired");
    const capability = lesser(grant.capability, token.capability);
    return { ...grant, capability, visitor: token.visitor, clientId: token.clientId };
  };

  const shown = (row: LinkRow, visitors: Link["visitors"]): Link => ({
    id: row.id,
    capability: row.capability,
    label: row.label,
    personal: row.personal,
    given: new Date(row.given),
    withdrawn: row.withdrawn === null ? null : new Date(row.withdrawn),
    visitors,
    secret: row.withdrawn === null ? secretOf(sign, row.id) : null,
  });

  const behindCode = async (written: string): Promise<string> => {
    const [[found]] = await store.read(workshopWithCode(codeIn(written)));
    if (!found) throw new Refusal("wrong-code");
    return found.id;
  };

  return {
    authorise: (workshop, credential) =>
      looksLikeToken(credential) ? byToken(credential, workshop) : bySecret(credential, workshop),

    fromReadSecret: async (secret) => {
      const grant = await bySecret(secret);
      const [[row]] = await store.read(linkRow(grant.link));
      if (row?.capability !== "read") throw new Refusal("unknown-link");
      return grant;
    },

    shownSecrets: async ({ workshop, capability, link, personal }) => {
      const [rows] = await store.read(linksOf(workshop));
      const own = rows.find(({ id }) => id === link);
      const shared = (wanted: Capability): string | null => {
        const row = rows.find((each) => each.capability === wanted && each.withdrawn === null && !each.personal);
        return row ? secretOf(sign, row.id) : null;
      };
      const mayInvite = own?.capability === "write" || own?.capability === "manage";
      const write = personal ? secretOf(sign, link) : shared("write");
      return {
        write: mayInvite && capability !== "read" ? write : null,
        read: own?.capability === "read" ? secretOf(sign, link) : shared("read"),
      };
    },

    links: async (workshop) => {
      const [rows, visitors] = await store.read(linksOf(workshop), visitorsOf(workshop));
      return rows.map((row) =>
        shown(
          row,
          visitors.filter(({ link }) => link === row.id).map(({ link: _link, since: _since, ...visitor }) => visitor),
        ),
      );
    },

    give: (workshop, { capability, label = "" }) =>
      untilFree(async () => {
        const row: LinkRow = {
          id: newLinkId(),
          workshop,
          capability,
          label: tidyName(label),
          personal: false,
          given: Date.now(),
          withdrawn: null,
        };
        await store.write(addLink(row));
        return shown(row, []);
      }),

    withdraw: async (workshop, link) => {
      try {
        await opened.changing(workshop, () => store.write(withdrawLink(workshop, link, Date.now())));
      } catch (error) {
        if (!(error instanceof MissingRow)) throw error;
        const [[row]] = await store.read(linkRow(link));
        throw new Refusal(row?.workshop === workshop ? "last-manage-link" : "unknown-address");
      }
      for (const listener of listeners) queueMicrotask(() => listener({ workshop, link }));
    },

    onWithdrawn: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    behindCode,

    enterByCode: async (written) => {
      const code = codeIn(written);
      newcomers.take(await behindCode(code));
      try {
        return await untilFree(async () => {
          const link = newLinkId();
          const [[workshop]] = await store.write(addLinkByCode(link, code, Date.now()));
          return { workshop: workshop!, secret: secretOf(sign, link) };
        });
      } catch (error) {
        throw error instanceof MissingRow ? new Refusal("wrong-code") : error;
      }
    },
  };
};
