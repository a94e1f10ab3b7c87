/** The server's own edit: whoever joins is listed among the people, once, and follows a change of name. */
import * as Y from "yjs";
import { folded, organisationsOf } from "../../minutes/people.ts";
import { isVisitorId } from "../id.ts";
import type { Visitor } from "../session.ts";
import { peopleOf, sectionsOf } from "../layout.ts";
import { assign, edit, entryOf, putEntry } from "./transaction.ts";

type Who = Pick<Visitor, "name" | "organisation">;

/**
 * Lists a visitor in every people section that lists who joins. Somebody written down by hand with the same name and
 * organisation is left as they stand; somebody taken off the list stays off; what was corrected by hand stays corrected.
 * `before` is who they said they were until now. An organisation keeps its first spelling, and brings its sector along.
 * Call it where nobody else can: two clients would each list everybody.
 */
export function listVisitor(doc: Y.Doc, { id, name, organisation }: Visitor, before?: Who, origin?: unknown): void {
  edit(doc, origin, () => {
    for (const [section, entry] of sectionsOf(doc).entries()) {
      if (!(entry instanceof Y.Map) || entry.get("kind") !== "people" || entry.get("joining") !== true) continue;
      if (entry.get("removed") === true) continue;
      const people = peopleOf(doc, section);
      const others = listed(people, id);
      const spelled = { name, organisation: spelling(organisation, others) };
      const known = entryOf(people, id);
      if (known !== undefined) {
        follow(known, spelled, before);
      } else if (name !== "" && !people.has(id) && !others.some((each) => each.byHand && isSame(each, spelled))) {
        add(people, id, spelled, others);
      }
    }
  });
}

interface Listed extends Who {
  sector: string;
  /** Written down by somebody; two who joined under one name are two. */
  byHand: boolean;
}

const text = (entry: Y.Map<unknown>, key: string): string => {
  const value = entry.get(key);
  return typeof value === "string" ? value : "";
};

function listed(people: Y.Map<unknown>, except: string): Listed[] {
  return [...people.entries()].flatMap(([id, entry]) =>
    entry instanceof Y.Map && id !== except && entry.get("removed") !== true
      ? [
          {
            name: text(entry, "name"),
            organisation: text(entry, "organisation"),
            sector: text(entry, "sector"),
            byHand: !isVisitorId(id),
          },
        ]
      : [],
  );
}

const isSame = (one: Who, other: Who): boolean =>
  folded(one.name) === folded(other.name) && folded(one.organisation) === folded(other.organisation);

const spelling = (organisation: string, others: readonly Listed[]): string =>
  organisationsOf(others).find((each) => folded(each) === folded(organisation)) ?? organisation;

function add(people: Y.Map<unknown>, id: string, { name, organisation }: Who, others: readonly Listed[]): void {
  const entry = new Y.Map<unknown>();
  people.set(id, entry);
  entry.set("name", name);
  if (organisation !== "") entry.set("organisation", organisation);
  const colleague = others.find((each) => each.sector !== "" && folded(each.organisation) === folded(organisation));
  if (organisation !== "" && colleague) entry.set("sector", colleague.sector);
  putEntry(people, id, {});
}

function follow(entry: Y.Map<unknown>, now: Who, before: Who | undefined): void {
  for (const key of ["name", "organisation"] as const) {
    const written = text(entry, key);
    const isTheirs = before === undefined ? false : folded(written) === folded(before[key]);
    if (isTheirs) assign(entry, key, now[key]);
  }
}
