/** Statements that write something and take it away again: the only honest way to know that the disk takes entries. */
import type { Statement } from "./driver.ts";
import { sql } from "./rows.ts";

/** `room` bytes that really have to find a place; taking them away is for a commit of its own. */
export const writeProbe = (room: number): Statement =>
  sql("INSERT INTO probe (bytes) VALUES (?)", [new Uint8Array(room)]);

export const forgetProbe: Statement = sql("DELETE FROM probe", []);

/** In one unit: whether a commit passes at all. */
export const writeAndForget: readonly Statement[] = [writeProbe(1), forgetProbe];
