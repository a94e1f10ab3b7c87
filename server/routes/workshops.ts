/** The API of workshops: start one, read it, duplicate it, set its state. */
import { randomUUID } from "node:crypto";
import { create } from "../../document/create.ts";
import { Refusal } from "../../document/refusal.ts";
import { CreateRequest, DuplicateRequest, StateRequest, type WorkshopAnswer } from "../../document/session.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import type { Started } from "../access/access.ts";
import { linkAddress, linkAddresses, originOf } from "./addresses.ts";
import { sendFile } from "./file.ts";
import { filled } from "./gallery.ts";
import { sendBytes } from "./large.ts";
import { samePassphrase } from "./passphrase.ts";
import { arranged, rendered } from "./renderings.ts";
import { route, type Call, type Route } from "./route.ts";

/** What a document is sent as: bytes, which are worth compressing. */
export const DOCUMENT = "application/octet-stream";

const answerOf = ({ house, request }: Call<unknown, unknown>, { id, code, links }: Started): WorkshopAnswer => ({
  id,
  code,
  links,
  addresses: linkAddresses(originOf(request, house.config), id, links),
});

export const WORKSHOPS: readonly Route[] = [
  route(
    {
      method: "post",
      path: "/api/workshops",
      summary: "Start a workshop from a template",
      limit: "creation",
      body: CreateRequest,
      status: 201,
      answer: "its id, its code, and the secret and the address of each of its links",
    },
    async (call) => {
      const { house, body } = call;
      if (!samePassphrase(house.config.passphrase, body.passphrase)) throw new Refusal("wrong-passphrase");
      const found = await house.gallery.find(body.template, body.language);
      const template = filled(found, body.title, new Date());
      const language = body.language ?? template.language;
      const update = create(template, { language, ...(body.title ? { title: body.title } : {}) });
      const started = await house.access.createWorkshop({ update, kind: "workshop", language, template: found.id });
      return answerOf(call, started);
    },
  ),

  route(
    {
      method: "get",
      path: "/api/workshops/{id}",
      summary: "The minutes of a workshop",
      needs: "read",
      answer: "the minutes",
    },
    async ({ house, params, response }) => {
      await sendBytes(response.type("json"), await rendered(house.log, params["id"]!, "value", {}));
    },
  ),

  route(
    {
      method: "get",
      path: "/api/workshops/{id}/document",
      summary: "The document behind the minutes as it stood a moment ago, for a device that has nothing of it",
      query: { epoch: "The one the session was given for" },
      needs: "read",
      answer:
        "how many structs it has, for each how far back the one before it stands (0: none), as lib0 writes varUint and varInt; then the document as an update of Yjs",
      produces: DOCUMENT,
    },
    async ({ house, params, query, response }) => {
      const id = params["id"]!;
      const epochNow = async (): Promise<number> => (await house.access.workshop(id)).epoch;
      const epoch = await epochNow();
      const bytes = await arranged(house.log, id, epoch);
      // Made anew meanwhile, it is another document: under the session's epoch it must never be taken in.
      if ((query.epoch ?? String(epoch)) !== String(await epochNow()))
        throw new Refusal("unavailable", "another epoch");
      if (bytes.length === 0) throw new Refusal("unavailable", "something in it waits for what never came");
      await sendBytes(response.type(DOCUMENT), bytes);
    },
  ),

  route(
    {
      method: "get",
      path: "/api/workshops/{id}/minutes.{format}",
      summary: `The minutes as a file: ${[...FORMATS.keys()].join(", ")}`,
      needs: "read",
      answer: "the file",
      produces: "*/*",
    },
    async ({ house, params, grant, request, response }) => {
      const { write, read } = await house.access.shownSecrets(grant);
      const { code } = await house.access.workshop(grant.workshop);
      const secret = write ?? read;
      const address =
        secret && linkAddress(originOf(request, house.config), grant.workshop, write ? "write" : "read", secret);
      const place = { ...(address ? { address } : {}), ...(code && write ? { code } : {}) };
      await sendFile(house.log, grant.workshop, { response, format: params["format"]!, place });
    },
  ),

  route(
    {
      method: "post",
      path: "/api/workshops/{id}/duplicates",
      summary: "Start another workshop, or keep a template, from this one",
      needs: "write",
      limit: "creation",
      body: DuplicateRequest,
      status: 201,
      answer: "as for a new workshop",
    },
    async (call) => {
      const { house, grant, body } = call;
      const source = await house.access.workshop(grant.workshop);
      const { text, kind, title } = body;
      const { language } = source;
      const wanted = { text, apart: randomUUID(), ...(title ? { title } : {}) };
      const update = await rendered(house.log, grant.workshop, "copy", wanted);
      const started = await house.access.createWorkshop({ update, kind, language, template: source.template });
      return answerOf(call, started);
    },
  ),

  route(
    {
      method: "post",
      path: "/api/workshops/{id}/state",
      summary: "Set where a workshop stands: prepared, live, open or closed",
      needs: "manage",
      body: StateRequest,
      answer: "the state, and the code while it is live",
    },
    async ({ house, grant, body }) => {
      const before = await house.access.workshop(grant.workshop);
      const { state, code } = await house.access.setState(grant.workshop, body.state);
      const rights = (before.state === "closed") !== (state === "closed");
      house.rooms.announceState(grant.workshop, state, code, rights);
      return { state, code };
    },
  ),

  route(
    {
      method: "post",
      path: "/api/workshops/{id}/code",
      summary: "Give a live workshop another short code; the one before leads nowhere",
      needs: "manage",
      answer: "the new code",
    },
    async ({ house, grant }) => {
      const { state, code } = await house.access.renewCode(grant.workshop);
      house.rooms.announceState(grant.workshop, state, code, false);
      return { code };
    },
  ),
];
