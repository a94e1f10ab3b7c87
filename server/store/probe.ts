/** Statements that write something and take it away again: the only honest way to know that the disk takes entries. */
import type { Statement } from "./driver.ts";
import { sql } from "./rows.ts";

export const writeAndForget: readonly Statement[] = [
  sql("INSERT INTO probe (bytes) VALUES (?)", [new Uint8Array(1)]),
  sql("DELETE FROM probe", []),
];
