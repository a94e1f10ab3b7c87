/** Hocuspocus, told what to do with those who wait for a document that cannot be opened, or that is just being let go of. */
import { setImmediate as turn } from "node:timers/promises";
import { Hocuspocus, type ConnectionConfiguration, type Document } from "@hocuspocus/server";
import { Denial } from "./denial.ts";
import type { Context } from "./member.ts";

export class OpeningHocuspocus extends Hocuspocus<Context> {
  /**
   * Several clients may wait for one document. Each of them is sent away, to come back and try again: told only that
   * it is denied, a client would stay connected for ever without a document.
   */
  override async createDocument(
    name: string,
    request: Request,
    socketId: string,
    connection: ConnectionConfiguration,
    context?: Context,
  ): Promise<Document> {
    try {
      return await super.createDocument(name, request, socketId, connection, context);
    } catch (error) {
      if (error instanceof Denial) context?.wire.close(error.code, error.reason);
      throw error;
    }
  }

  /**
   * In a turn of its own: whoever has been given the document in this one and has no connection to it yet would be left alone
   * with it, heard by nobody who comes later.
   */
  override async unloadDocument(document: Document): Promise<unknown> {
    if (!this.shouldUnloadDocument(document)) return undefined;
    await turn();
    return super.unloadDocument(document);
  }
}
