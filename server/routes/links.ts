/** The API of links and codes: give a right, take it away, enter by the short code. */
import { CodeRequest, LinkRequest, type CodeAnswer } from "../../document/session.ts";
import type { Link } from "../access/access.ts";
import { linkAddress, originOf, workshopAddress } from "./addresses.ts";
import { sendBytes } from "./large.ts";
import { route, type Call, type Route } from "./route.ts";
import { sessionAnswer } from "./sessions.ts";

/** A link as a manager sees it: with the address to hand out, until it is withdrawn. */
const shown = ({ house, params, request }: Call<unknown, unknown>, link: Link) => ({
  ...link,
  address: link.secret
    ? linkAddress(originOf(request, house.config), params["id"]!, link.capability, link.secret)
    : null,
});

export const LINKS: readonly Route[] = [
  route(
    {
      method: "get",
      path: "/api/workshops/{id}/links",
      summary: "The links of a workshop and who came through each",
      needs: "manage",
      answer: "the links",
    },
    async (call) => (await call.house.access.links(call.params["id"]!)).map((link) => shown(call, link)),
  ),
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/links",
      summary: "Give another link",
      needs: "manage",
      body: LinkRequest,
      status: 201,
      answer: "the link, with its secret and its address",
    },
    async (call) => {
      const { capability, label } = call.body;
      const wanted = { capability, ...(label === undefined ? {} : { label }) };
      return shown(call, await call.house.access.give(call.params["id"]!, wanted));
    },
  ),
  route(
    {
      method: "delete",
      path: "/api/workshops/{id}/links/{link}",
      summary: "Withdraw a link; whoever is there through it is shown out within a second",
      needs: "manage",
      status: 204,
      answer: "nothing",
    },
    ({ house, params }) => house.access.withdraw(params["id"]!, params["link"]!),
  ),
  route(
    {
      method: "post",
      path: "/api/codes",
      summary: "Enter a live workshop by its short code",
      limit: "codes",
      body: CodeRequest,
      answer:
        "the workshop, a personal link to write in it, and its address; a session through it, where one is asked for",
    },
    async ({ house, body, request, response }): Promise<CodeAnswer | undefined> => {
      const { workshop, secret } = await house.access.enterByCode(body.code);
      const answer: CodeAnswer = {
        workshop,
        link: secret,
        address: workshopAddress(originOf(request, house.config), workshop, secret),
      };
      if (!body.session) return answer;
      const session = await sessionAnswer({ house, request, body: body.session }, workshop, secret);
      const [before, after] = [`${JSON.stringify(answer).slice(0, -1)},"session":`, "}"];
      response.type("json");
      await sendBytes(response, Buffer.concat([Buffer.from(before), session, Buffer.from(after)]));
      return undefined;
    },
  ),
];
