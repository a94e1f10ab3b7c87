/** The API of items: a program adds a line to a section, as somebody in the room would. */
import { createHash } from "node:crypto";
import { addItem } from "../../document/edit/items.ts";
import { newId } from "../../document/id.ts";
import { itemsOf, LAYOUT } from "../../document/layout.ts";
import { numbersOf } from "../../document/numbering.ts";
import { read } from "../../document/read.ts";
import { Refusal } from "../../document/refusal.ts";
import { ItemRequest } from "../../document/session.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { proseFromPlain } from "../../minutes/plain.ts";
import type { Item, Section } from "../../minutes/value.ts";
import { bearerOf } from "./credential.ts";
import { isRepeated, REPEAT_HEADER, repeatOf } from "./repeat.ts";
import { route, type Call, type Route } from "./route.ts";
import type { Grant } from "../access/access.ts";

/**
 * Who a program writes for: the visitor of its session, or, with a bare link, somebody of the name it gives; the same
 * name through the same link is the same person.
 */
const authorOf = async ({ house, grant, request }: Call<unknown, Grant>, name: string | undefined): Promise<string> => {
  if (!name || grant.clientId !== undefined) return grant.visitor;
  const key = createHash("sha256").update(`${grant.link}\n${name}`).digest("base64url").slice(0, 22);
  const who = { visitor: key, name, layout: LAYOUT };
  const { visitor } = await house.access.openSession(grant.workshop, bearerOf(request), who);
  return visitor.id;
};

const itemIn = (section: Section | undefined, id: string): Item | undefined =>
  section?.kind === "items" ? section.items.find((each) => each.id === id) : undefined;

export const ITEMS: readonly Route[] = [
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/items",
      summary: "Add an item to a section",
      needs: "write",
      body: ItemRequest,
      headers: {
        [REPEAT_HEADER]: "Sent again with the same key, the same request adds nothing and gives the same item.",
      },
      status: 201,
      answer: "the item, with its number",
    },
    async (call) => {
      const { house, grant, body, request } = call;
      const frozen = await house.stages.frozenUntil(grant.workshop);
      if (frozen !== undefined && grant.capability !== "manage") throw new Refusal("frozen");
      const repeat = repeatOf(request, grant.visitor, body);
      const author = await authorOf(call, body.author);
      const names = new Map((await house.access.visitors(grant.workshop)).map(({ id, name }) => [id, name]));
      const { state } = await house.access.workshop(grant.workshop);
      const at = new Date().toISOString();
      const item = await house.rooms.edit(grant.workshop, author, (draft) => {
        const value = () => read(draft, { id: grant.workshop, state, names });
        const section = (sections = value().sections) => sections.find((each) => each.id === body.section);
        const before = section();
        if (before?.kind !== "items") throw new Refusal("unknown-section", body.section);
        if (body.group !== undefined && !before.groups.some((each) => each.id === body.group)) {
          throw new Refusal("malformed-request", "group: no such group in this section");
        }
        const { text, group } = body;
        const items = itemsOf(draft, body.section);
        if (!repeat || !isRepeated(repeat, items.keys())) {
          const id = repeat?.id ?? newId();
          addItem(draft, body.section, { id, text, author, at, ...(group === undefined ? {} : { group }) });
          stampNumbers(draft);
          return itemIn(section(), id);
        }
        // What was taken in and has been removed since was taken in all the same.
        const { id } = repeat;
        return itemIn(before, id) ?? { id, number: numbersOf(items).get(id), text, body: proseFromPlain(text) };
      });
      if (author !== grant.visitor) await house.rooms.announceVisitors(grant.workshop);
      return item;
    },
  ),
];
