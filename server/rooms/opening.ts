/** Hocuspocus, told what to do with those who wait for a document that cannot be opened. */
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
}
