/** The API of sessions: a link's secret becomes a stay under a name; the name can change. */
import { listVisitor } from "../../document/edit/joining.ts";
import { Refusal } from "../../document/refusal.ts";
import { LAYOUT } from "../../document/layout.ts";
import {
  RenameRequest,
  SessionRequest,
  type Capability,
  type SessionAnswer,
  type Visitor,
} from "../../document/session.ts";
import type { Grant } from "../access/access.ts";
import { originOf, readingAddress, workshopAddress } from "./addresses.ts";
import { bearerOf } from "./credential.ts";
import type { House } from "./house.ts";
import { sendBytes } from "./large.ts";
import { rendered } from "./renderings.ts";
import { route, type Call, type Route } from "./route.ts";

/** Whoever takes part is listed among the participants; who runs the workshop is not, nor who only reads. */
const list = async (
  { access, rooms }: House,
  workshop: string,
  capability: Capability,
  visitor: Visitor,
  before?: Visitor,
): Promise<void> => {
  if (capability === "read" || capability === "manage") return;
  if ((await access.workshop(workshop)).kind === "template") return;
  await rooms.edit(workshop, undefined, (draft) => listVisitor(draft, visitor, before));
};

/** As text of JSON, for letters that need no escaping. */
const quoted = (bytes: Buffer): Buffer => Buffer.from(`"${bytes.toString()}"`);

/** What a session is answered with, as bytes. `link`: what its link allows, where less was asked for. */
export const sessionAnswer = async (
  { house, request, body }: Pick<Call<SessionRequest, unknown>, "house" | "request" | "body">,
  id: string,
  credential: string,
  link?: Grant,
): Promise<Buffer> => {
  const opened = await house.access.openSession(id, credential, body);
  const { grant, token, visitor, clientId, writing, returning, news } = opened;
  if (body.name !== undefined && visitor.name !== "") await list(house, id, grant.capability, visitor);
  const wanted = body.minutes ?? true;
  // A screen in the room is nobody, and new each time; it writes nothing.
  const isNew = wanted && !returning && body.layout === LAYOUT && body.capability !== "read";
  const [workshop, visitors, secrets, minutes, stage, own, document] = await Promise.all([
    house.access.workshop(id),
    house.access.visitors(id),
    // Whoever asked for less than the link allows, such as a screen in the room, still shows what the link may show.
    house.access.shownSecrets(body.capability === "read" && link ? link : grant),
    wanted ? rendered(house.log, id, "value", {}) : undefined,
    house.stages.stage(id),
    wanted && returning ? rendered(house.log, id, "own", { visitor: visitor.id }) : undefined,
    isNew ? rendered(house.log, id, "document", {}) : undefined,
  ]);
  // It is large, and will be asked for as soon as this answer has been read. Whoever asks is told what went wrong.
  if (document?.length === 0) house.log.whole(id, workshop.epoch).catch(() => undefined);
  // In a hall of a thousand the list is a hundred kilobytes for each of them: not because somebody came back.
  if (news) await house.rooms.announceVisitors(id);
  const origin = originOf(request, house.config);
  const readAddress = secrets.read ? readingAddress(origin, secrets.read) : "";
  const answer: Omit<SessionAnswer, "minutes" | "own" | "document"> = {
    token,
    workshop: id,
    kind: workshop.kind,
    capability: grant.capability,
    layout: LAYOUT,
    epoch: workshop.epoch,
    clientId,
    visitor,
    visitors,
    state: workshop.state,
    stage,
    writing,
    // The code lets one write: it is not for those who were given less.
    code: secrets.write ? workshop.code : null,
    address: secrets.write ? workshopAddress(origin, id, secrets.write) : readAddress || null,
    readAddress,
    now: new Date().toISOString(),
  };
  // The minutes are bytes already: large ones would hold everybody up while they are made text of again.
  const entries = { own, document: document?.length ? quoted(document) : undefined, minutes };
  const rest = Object.entries(entries).flatMap(([name, bytes]) => (bytes ? [Buffer.from(`,"${name}":`), bytes] : []));
  return Buffer.concat([Buffer.from(JSON.stringify(answer).slice(0, -1)), ...rest, Buffer.from("}")]);
};

export const SESSIONS: readonly Route[] = [
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/sessions",
      summary: "Exchange a link's secret for a session, under a name",
      needs: "read",
      body: SessionRequest,
      status: 201,
      answer: "the session: its token for /live, its Yjs client id, who is here, the minutes for the first paint",
    },
    async (call): Promise<void> => {
      const { params, request, response, grant } = call;
      const answer = await sessionAnswer(call, params["id"]!, bearerOf(request), grant);
      response.status(201).type("json");
      await sendBytes(response, answer);
    },
  ),

  route(
    {
      method: "patch",
      path: "/api/workshops/{id}/sessions",
      summary: "Change the name of a session",
      needs: "read",
      body: RenameRequest,
      answer: "the visitor under the new name",
    },
    async ({ house, params, grant, body }) => {
      // A bare link stands for everybody who holds it: it has no name of its own to change.
      if (grant.clientId === undefined) throw new Refusal("wrong-capability", "a session's token is needed");
      const { name = "", organisation = "" } = body;
      const id = params["id"]!;
      const before = (await house.access.visitors(id)).find((each) => each.id === grant.visitor);
      const visitor = await house.access.rename(grant, { name, organisation });
      await house.rooms.announceVisitors(id);
      await list(house, id, grant.capability, visitor, before);
      return visitor;
    },
  ),
];
