/** Whose a Yjs client id is among programs that share one link: of the connection that shows it, while that one lives. */
import type { Document } from "@hocuspocus/server";
import { Refusal } from "../../document/refusal.ts";
import { membersOf, type Member } from "./member.ts";

const GONE = 4408;

/**
 * Takes the client ids something new came under for this member's own. A session's id is its visitor's anyway; but
 * behind a bare link stand several programs, and one of them must not write in the name of another.
 * Throws Refusal `foreign-client-id` while the other one is there; one that no longer answers is closed instead, for it
 * may be this very program before its network broke.
 */
export const own = async (document: Document, member: Member, clients: readonly number[]): Promise<void> => {
  if (member.grant.clientId !== undefined) return;
  for (const clientId of clients) {
    for (const other of membersOf(document)) {
      const theirs = other.member.clientId === clientId || other.member.wrote.has(clientId);
      if (other.member === member || !theirs) continue;
      if (await other.wire.answers()) throw new Refusal("foreign-client-id");
      other.wire.close(GONE, "silent");
    }
    member.wrote.add(clientId);
  }
};
