/** Statements on the stages of workshops: what a room looks at together, as one text each. */
import type { Statement } from "./driver.ts";
import { needed, sql, textIn, themselves } from "./rows.ts";

/** As it was put. */
export const stageOf = (workshop: string): Statement<string> =>
  sql(`SELECT value FROM stages WHERE ${themselves("stages", ["workshop"])}`, [workshop, workshop], (row) =>
    textIn(row, "value"),
  );

/** Conflicts where there is no such workshop; fails where its row is another's. */
export const putStage = (workshop: string, value: string): Statement =>
  needed(
    sql(
      `INSERT INTO stages (workshop, value) VALUES (?, ?) ON CONFLICT (workshop) DO UPDATE SET value = excluded.value
       WHERE stages.workshop = excluded.workshop RETURNING workshop`,
      [workshop, value],
    ),
  );
