/** How a row's values become the program's, and how statements are made. */
import { Refusal } from "../../document/refusal.ts";
import type { Row, Statement, Value } from "./driver.ts";

/** A statement whose rows are read by `row`; without it they are not looked at. */
export const sql = <T = undefined>(
  text: string,
  values: readonly Value[],
  row: (row: Row) => T = () => undefined as T,
): Statement<T> => ({ sql: text, values, row });

/**
 * The condition of rows of `table` that say themselves what is asked of `keys`. An index only tells where to look: one that
 * has rotted leads to others' rows, and what it holds would pass for theirs. Its values come twice, all keys and all again;
 * `value` stands for them where they are no parameters. `many`: the keys are not one row's alone.
 */
export const themselves = (
  table: string,
  keys: readonly string[],
  { row = table, value = "?", many = false } = {},
): string => {
  const asked = keys.map((key) => `led.${key} = ${value}`).join(" AND ");
  // A plus sign: not to be looked up, nor taken from an index.
  const said = keys.map((key) => `+${row}.${key} = ${value}`).join(" AND ");
  return `${row}.rowid ${many ? "IN" : "="} (SELECT led.rowid FROM ${table} AS led WHERE ${asked}) AND ${said}`;
};

/** The unit is undone unless this statement gives a row. */
export const needed = <T>(statement: Statement<T>): Statement<T> => ({ ...statement, needed: true });

const wrong = (column: string): never => {
  throw new Refusal("unavailable", `column ${column} does not hold what the tables say`);
};

export const textIn = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === "string" ? value : wrong(column);
};

/** One of a closed list. */
export const oneIn = <T extends string>(row: Row, column: string, list: readonly T[]): T =>
  list.find((each) => each === row[column]) ?? wrong(column);

export const numberIn = (row: Row, column: string): number => {
  const value = row[column];
  return typeof value === "number" ? value : wrong(column);
};

export const bytesIn = (row: Row, column: string): Uint8Array => {
  const value = row[column];
  return value instanceof Uint8Array ? value : wrong(column);
};

/** `read` of the column, or null where it is null. */
export const orNull = <T>(row: Row, column: string, read: (row: Row, column: string) => T): T | null =>
  row[column] === null ? null : read(row, column);
