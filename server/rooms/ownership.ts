/** Whose a Yjs client id is: of one connection at a time, for as long as that one answers. */
import type { Document } from "@hocuspocus/server";
import { Refusal } from "../../document/refusal.ts";
import type { Grant } from "../access/access.ts";
import { membersOf, type Member } from "./member.ts";

const GONE = 4408;

/**
 * Lets one connection at a time use a leased client id: two copies of a tab would count the same clocks for different
 * words, and the later words would pass for known. Throws Refusal `session-expired` while another one is there and
 * answers: whoever comes second needs a session of its own.
 */
export const holdLease = async (document: Document | undefined, { clientId }: Grant): Promise<void> => {
  if (!document || clientId === undefined) return;
  for (const other of membersOf(document)) {
    if (other.member.grant.clientId !== clientId) continue;
    if (await other.wire.answers()) throw new Refusal("session-expired", "this session is in use");
    other.wire.close(GONE, "silent");
  }
};

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
