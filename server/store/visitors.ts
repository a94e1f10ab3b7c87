/** Statements on the visitors of a workshop and the Yjs client ids that are theirs. */
import type { Visitor } from "../../document/session.ts";
import type { Row, Statement } from "./driver.ts";
import { needed, numberIn, sql, textIn, themselves } from "./rows.ts";

export interface VisitorRow extends Visitor {
  /** Id of the link they last came through. */
  link: string;
  /** When they first came, in milliseconds. */
  since: number;
}

export interface Arrival {
  id: string;
  name: string | null;
  organisation: string | null;
  link: string;
  at: number;
}

/** As many as the palette has; which colour a place is, the client knows. */
const COLOURS = 12;
const PLACES = Array.from({ length: COLOURS }, (_, i) => `SELECT ${i} AS n`).join(" UNION ALL ");

const visitorOf = (row: Row): VisitorRow => ({
  id: textIn(row, "id"),
  name: textIn(row, "name"),
  organisation: textIn(row, "organisation"),
  colour: numberIn(row, "colour"),
  link: textIn(row, "link"),
  since: numberIn(row, "since"),
});

const VISITOR = themselves("visitors", ["workshop", "id"]);

/** In the order of their first arrival. */
export const visitorsOf = (workshop: string): Statement<VisitorRow> =>
  sql(
    `SELECT * FROM visitors WHERE ${themselves("visitors", ["workshop"], { many: true })} ORDER BY since, id`,
    [workshop, workshop],
    visitorOf,
  );

export const visitorRow = (workshop: string, id: string): Statement<VisitorRow> =>
  sql(`SELECT * FROM visitors WHERE ${VISITOR}`, [workshop, id, workshop, id], visitorOf);

/** Of one whose name was erased, what a browser still remembers is not taken down again: only what they say themselves. */
const ERASED = "EXISTS (SELECT 1 FROM erasures e WHERE e.workshop = ? AND e.visitor = ?)";

/** Whoever comes for the first time gets the colour least used so far; whoever comes back keeps what is not given anew. */
export const putVisitor = (workshop: string, { id, name, organisation, link, at }: Arrival): Statement<VisitorRow> =>
  needed(
    sql(
      `INSERT INTO visitors (workshop, id, name, organisation, colour, link, since)
       SELECT ?, ?, CASE WHEN ${ERASED} THEN '' ELSE ? END, CASE WHEN ${ERASED} THEN '' ELSE ? END, p.n, ?, ? FROM (${PLACES}) p
       LEFT JOIN (SELECT colour, count(*) AS times FROM visitors WHERE workshop = ? GROUP BY colour) v ON v.colour = p.n
       ORDER BY coalesce(v.times, 0), p.n LIMIT 1
       ON CONFLICT (workshop, id) DO UPDATE SET
         name = CASE WHEN ${ERASED} THEN visitors.name ELSE coalesce(?, visitors.name) END,
         organisation = CASE WHEN ${ERASED} THEN visitors.organisation ELSE coalesce(?, visitors.organisation) END,
         link = excluded.link
       WHERE visitors.workshop = excluded.workshop AND visitors.id = excluded.id
       RETURNING *`,
      [
        workshop,
        id,
        workshop,
        id,
        name ?? "",
        workshop,
        id,
        organisation ?? "",
        link,
        at,
        workshop,
        workshop,
        id,
        name,
        workshop,
        id,
        organisation,
      ],
      visitorOf,
    ),
  );

export const renameVisitor = (
  workshop: string,
  id: string,
  name: string,
  organisation: string,
): Statement<VisitorRow> =>
  needed(
    sql(
      `UPDATE visitors SET name = ?, organisation = ? WHERE ${VISITOR} RETURNING *`,
      [name, organisation, workshop, id, workshop, id],
      visitorOf,
    ),
  );

/** Since when a visitor is known, in milliseconds. */
export const visitorSince = (workshop: string, id: string): Statement<number> =>
  sql(`SELECT since FROM visitors WHERE ${VISITOR}`, [workshop, id, workshop, id], (row) => numberIn(row, "since"));

/** The Yjs client ids that are a visitor's. */
export const clientsOf = (workshop: string, visitor: string): Statement<number> =>
  sql("SELECT client FROM clients WHERE workshop = ? AND visitor = ?", [workshop, visitor], (row) =>
    numberIn(row, "client"),
  );

/** Conflicts when the id is taken in this workshop. */
export const addClient = (workshop: string, client: number, visitor: string, at: number): Statement =>
  sql("INSERT INTO clients (workshop, client, visitor, since) VALUES (?, ?, ?, ?)", [workshop, client, visitor, at]);

/** Gives whose the id is from now on: of whoever came first. */
export const bindClient = (
  workshop: string,
  client: number,
  visitor: string,
  at: number,
): readonly [Statement, Statement<string>] => [
  sql("INSERT INTO clients (workshop, client, visitor, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", [
    workshop,
    client,
    visitor,
    at,
  ]),
  sql("SELECT visitor FROM clients WHERE workshop = ? AND client = ?", [workshop, client], (row) =>
    textIn(row, "visitor"),
  ),
];
