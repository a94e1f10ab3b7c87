/** The API of the past: what was written when and by whom, a moment as it stood, versions, and the way back. */
import {
  RestoreRequest,
  VersionRequest,
  type HistoryAnswer,
  type RestoreAnswer,
  type Version,
} from "../../document/history.ts";
import { Refusal } from "../../document/refusal.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { tidyMoment } from "../access/names.ts";
import { sendRendered } from "./file.ts";
import { sendBytes } from "./large.ts";
import { renderedThen } from "./renderings.ts";
import { route, type Route } from "./route.ts";

/** The number of an entry, as it stands in an address. Throws Refusal `unknown-moment`. */
const seqIn = (written: string | undefined): number => {
  if (!/^[1-9]\d{0,14}$/.test(written ?? "")) throw new Refusal("unknown-moment");
  return Number(written);
};

export const HISTORY: readonly Route[] = [
  route(
    {
      method: "get",
      path: "/api/workshops/{id}/history",
      summary: "Versions, and who wrote from when to when; newest first, a page at a time",
      query: { before: "Where this page begins: the `next` of the page before it" },
      needs: "write",
      answer:
        "the number of the newest entry, the versions and stretches of this page, names, where the next page begins",
    },
    ({ house, grant, query: { before } }): Promise<HistoryAnswer> => {
      return house.log.history(
        grant.workshop,
        before === undefined ? undefined : seqIn(typeof before === "string" ? before : ""),
      );
    },
  ),
  route(
    {
      method: "get",
      path: "/api/workshops/{id}/history/{seq}",
      summary: "The minutes as they stood after an entry",
      needs: "write",
      answer: "the minutes of that moment",
    },
    async ({ house, params, grant, response }) => {
      const bytes = await renderedThen(house.log, grant.workshop, seqIn(params["seq"]), "value", {});
      await sendBytes(response.type("json"), bytes);
    },
  ),
  route(
    {
      method: "get",
      path: "/api/workshops/{id}/history/{seq}/minutes.{format}",
      summary: `The minutes as they stood after an entry, as a file: ${[...FORMATS.keys()].join(", ")}`,
      needs: "write",
      answer: "the file",
      produces: "*/*",
    },
    ({ house, params, grant, response }) => {
      const format = params["format"]!;
      const made = (): Promise<Buffer> =>
        renderedThen(house.log, grant.workshop, seqIn(params["seq"]), "file", { format, place: {} });
      return sendRendered(response, format, made);
    },
  ),
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/versions",
      summary: "Name a moment, or the minutes as they stand; the same moment again: another name",
      needs: "manage",
      body: VersionRequest,
      status: 201,
      answer: "the version",
    },
    ({ house, grant, body: { seq, name: given } }): Promise<Version> => {
      // Everybody in the room is told it, within a sentence.
      const name = tidyMoment(given);
      if (name === "") throw new Refusal("malformed-request", "name: nothing of it can be seen");
      return house.log.nameVersion(grant.workshop, {
        visitor: grant.visitor,
        name,
        ...(seq === undefined ? {} : { seq }),
      });
    },
  ),
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/restore",
      summary:
        "Make the minutes say again what they said after an entry, by one more edit; what others write meanwhile stays",
      needs: "manage",
      body: RestoreRequest,
      answer: "the number of the entry that did it; null where they say so already",
    },
    async ({ house, grant, body }): Promise<RestoreAnswer> => ({
      seq: (await house.rooms.restore(grant.workshop, grant.visitor, body.seq, body.since)) ?? null,
    }),
  ),
];
