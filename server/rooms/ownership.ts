/** Whose a Yjs client id is: of one connection at a time, for as long as that one answers. */
import type { Document } from "@hocuspocus/server";
import { Refusal } from "../../document/refusal.ts";
import type { Grant } from "../access/access.ts";
import { membersOf, type Member } from "./member.ts";
import type { Wire } from "./wire.ts";

const GONE = 4408;

/**
 * The leased client ids in use, one connection each: two copies of a tab would count the same clocks for different words,
 * and the later words would pass for known.
 */
export class Leases {
  /** By workshop and client id, from the moment somebody comes in: two may come before the room is open. */
  readonly #held = new Map<string, Wire>();

  /**
   * Takes the client id of a grant; what is returned gives it back, and so does the end of the line. Throws Refusal
   * `session-expired` while another one has it and answers: whoever comes second needs a session of its own.
   */
  async take({ workshop, clientId }: Grant, wire: Wire): Promise<() => void> {
    if (clientId === undefined) return () => undefined;
    const key = `${workshop} ${clientId}`;
    // Somebody else may have come while the one before was asked.
    for (let other = this.#held.get(key); other; other = this.#held.get(key)) {
      // oxlint-disable-next-line no-await-in-loop
      if (await other.answers()) throw new Refusal("session-expired", "this session is in use");
      other.close(GONE, "silent");
    }
    this.#held.set(key, wire);
    let back = false;
    const giveBack = (): void => {
      if (!back) this.#held.delete(key);
      back = true;
    };
    wire.onClose(giveBack);
    return giveBack;
  }
}

/**
 * Takes the client ids something new came under for this member's own. A session's id is its visitor's anyway; but
 * behind a bare link stand several programs, and one of them must not write in the name of another.
 * Throws Refusal `foreign-client-id` while the other one is there; one that no longer answers is closed instead, for it
 * may be this very program before its network broke.
 */
export const own = async (document: Document, member: Member, clients: readonly number[]): Promise<void> => {
  if (member.grant.clientId !== undefined) return;
  for (const clientId of clients) {
    if (member.wrote.has(clientId)) continue;
    for (const other of membersOf(document)) {
      const theirs = other.member.clientId === clientId || other.member.wrote.has(clientId);
      if (other.member === member || !theirs) continue;
      if (await other.wire.answers()) throw new Refusal("foreign-client-id");
      other.wire.close(GONE, "silent");
    }
    member.wrote.add(clientId);
  }
};
