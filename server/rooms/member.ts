/** Whoever is connected to a room: what they were granted, and over which wire. */
import type { Connection, Document } from "@hocuspocus/server";
import type { Visitor } from "../../document/session.ts";
import type { Grant } from "../access/access.ts";
import type { Seating } from "./seating.ts";
import type { Wire } from "./wire.ts";

/** Hocuspocus carries this along with every connection; the grant comes with authentication. */
export interface Context {
  wire: Wire;
  /** Where its frames go once it has entered. */
  seating: Seating;
  member?: Member;
}

export interface Member {
  grant: Grant;
  /** As the others shall see them; renamed in place. */
  visitor: Visitor;
  /** The one Yjs client id whose presence this connection may show. */
  clientId?: number;
  /** The client ids it wrote under. */
  wrote: Set<number>;
  /** Gives its leased client id back. */
  giveBack: () => void;
}

/** Everybody in a room. */
export const membersOf = (document: Document): { connection: Connection<Context>; member: Member; wire: Wire }[] =>
  document.getConnections().flatMap((connection: Connection<Context>) => {
    const { member, wire } = connection.context;
    return member ? [{ connection, member, wire }] : [];
  });
