/** Statements on the stages of workshops: what a room looks at together, as one text each. */
import type { Statement } from "./driver.ts";
import { sql, textIn } from "./rows.ts";

/** As it was put. */
export const stageOf = (workshop: string): Statement<string> =>
  sql("SELECT value FROM stages WHERE workshop = ?", [workshop], (row) => textIn(row, "value"));

/** Conflicts where there is no such workshop. */
export const putStage = (workshop: string, value: string): Statement =>
  sql(
    "INSERT INTO stages (workshop, value) VALUES (?, ?) ON CONFLICT (workshop) DO UPDATE SET value = excluded.value",
    [workshop, value],
  );
