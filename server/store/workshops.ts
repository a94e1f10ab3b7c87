/** Statements on workshops and their links. */
import { CAPABILITIES, type Capability, type WorkshopKind } from "../../document/session.ts";
import { LANGUAGES, STATES, type Language, type State } from "../../minutes/value.ts";
import type { Row, Statement } from "./driver.ts";
import { needed, numberIn, oneIn, orNull, sql, textIn, themselves } from "./rows.ts";

export interface WorkshopRow {
  id: string;
  kind: WorkshopKind;
  language: Language;
  template: string;
  state: State;
  code: string | null;
  epoch: number;
  created: number;
}

export interface LinkRow {
  id: string;
  workshop: string;
  capability: Capability;
  label: string;
  personal: boolean;
  given: number;
  withdrawn: number | null;
}

const KINDS: readonly WorkshopKind[] = ["workshop", "template"];

const workshopOf = (row: Row): WorkshopRow => ({
  id: textIn(row, "id"),
  kind: oneIn(row, "kind", KINDS),
  language: oneIn(row, "language", LANGUAGES),
  template: textIn(row, "template"),
  state: oneIn(row, "state", STATES),
  code: orNull(row, "code", textIn),
  epoch: numberIn(row, "epoch"),
  created: numberIn(row, "created"),
});

const linkOf = (row: Row): LinkRow => ({
  id: textIn(row, "id"),
  workshop: textIn(row, "workshop"),
  capability: oneIn(row, "capability", CAPABILITIES),
  label: textIn(row, "label"),
  personal: numberIn(row, "personal") === 1,
  given: numberIn(row, "given"),
  withdrawn: orNull(row, "withdrawn", numberIn),
});

const LINK = themselves("links", ["id"]);
const WORKSHOP = themselves("workshops", ["id"]);
const CODE = themselves("workshops", ["code"]);
const DOCUMENT = themselves("documents", ["id"], { row: "d", value: "+w.id" });
const WORKSHOPS = `SELECT w.*, d.epoch FROM workshops w JOIN documents d ON ${DOCUMENT}`;

export const workshopRow = (workshop: string): Statement<WorkshopRow> =>
  sql(`${WORKSHOPS} WHERE ${themselves("workshops", ["id"], { row: "w" })}`, [workshop, workshop], workshopOf);

/** Of a link that was withdrawn, nothing, as of one that never was. */
export const workshopOfLink = (link: string): Statement<WorkshopRow> =>
  sql(
    `SELECT w.*, d.epoch FROM links JOIN workshops w ON ${themselves("workshops", ["id"], { row: "w", value: "+links.workshop" })}
     JOIN documents d ON ${DOCUMENT} WHERE ${LINK} AND links.withdrawn IS NULL`,
    [link, link],
    workshopOf,
  );

/** Of the code a live workshop has at that moment. */
export const workshopWithCode = (code: string): Statement<WorkshopRow> =>
  sql(`${WORKSHOPS} WHERE ${themselves("workshops", ["code"], { row: "w" })}`, [code, code], workshopOf);

/** Oldest first. */
export const workshopsOfKind = (kind: WorkshopKind): Statement<WorkshopRow> =>
  sql(`${WORKSHOPS} WHERE w.kind = ? ORDER BY w.created, w.id`, [kind], workshopOf);

export const anyWorkshop = (): Statement => sql("SELECT id FROM workshops LIMIT 1", []);

export const addWorkshop = (workshop: Omit<WorkshopRow, "epoch">): Statement =>
  sql("INSERT INTO workshops (id, kind, language, template, state, code, created) VALUES (?, ?, ?, ?, ?, ?, ?)", [
    workshop.id,
    workshop.kind,
    workshop.language,
    workshop.template,
    workshop.state,
    workshop.code,
    workshop.created,
  ]);

/** Sets state and code together; a workshop that is live and stays live keeps the code it has. */
export const setStateAndCode = (workshop: string, state: State, freshCode: string | null): Statement =>
  needed(
    sql(
      `UPDATE workshops SET state = ?, code = CASE WHEN ? = 'live' THEN coalesce(code, ?) ELSE NULL END
       WHERE ${WORKSHOP} RETURNING id`,
      [state, state, freshCode, workshop, workshop],
    ),
  );

/** Gives a live workshop another code; fails where it is not live. */
export const replaceCode = (workshop: string, code: string): Statement =>
  needed(
    sql(`UPDATE workshops SET code = ? WHERE ${WORKSHOP} AND state = 'live' AND code IS NOT NULL RETURNING id`, [
      code,
      workshop,
      workshop,
    ]),
  );

export const addLink = (link: LinkRow): Statement =>
  sql("INSERT INTO links (id, workshop, capability, label, personal, given, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?)", [
    link.id,
    link.workshop,
    link.capability,
    link.label,
    link.personal ? 1 : 0,
    link.given,
    link.withdrawn,
  ]);

/** A personal writing link into whatever workshop has the code at that moment; gives its id. */
export const addLinkByCode = (link: string, code: string, given: number): Statement<string> =>
  needed(
    sql(
      `INSERT INTO links (id, workshop, capability, label, personal, given, withdrawn)
       SELECT ?, id, 'write', '', 1, ?, NULL FROM workshops WHERE ${CODE} RETURNING workshop`,
      [link, given, code, code],
      (row) => textIn(row, "workshop"),
    ),
  );

/** A link that was not withdrawn. */
export const openLinkRow = (link: string): Statement<LinkRow> =>
  sql(`SELECT * FROM links WHERE ${LINK} AND withdrawn IS NULL`, [link, link], linkOf);

export const linkRow = (link: string): Statement<LinkRow> =>
  sql(`SELECT * FROM links WHERE ${LINK}`, [link, link], linkOf);

/** Oldest first, withdrawn ones included. */
export const linksOf = (workshop: string): Statement<LinkRow> =>
  sql(
    `SELECT * FROM links WHERE ${themselves("links", ["workshop"], { many: true })} ORDER BY given, id`,
    [workshop, workshop],
    linkOf,
  );

/** Withdraws a link that is not yet; gives a row unless it would leave nobody who can manage the workshop. */
export const withdrawLink = (workshop: string, link: string, at: number): Statement<string> =>
  needed(
    sql(
      `UPDATE links SET withdrawn = coalesce(withdrawn, ?) WHERE ${LINK} AND +workshop = ? AND (capability <> 'manage'
         OR EXISTS (SELECT 1 FROM links o WHERE ${themselves("links", ["workshop"], { row: "o", value: "+links.workshop", many: true })}
                    AND o.id <> links.id AND o.capability = 'manage' AND o.withdrawn IS NULL)) RETURNING id`,
      [at, link, link, workshop],
      (row) => textIn(row, "id"),
    ),
  );
