/** What server and client say to each other in JSON: the shapes, and parsers for what arrives from the wire. */
import * as v from "valibot";
import type { Minutes, State } from "../minutes/value.ts";
import { LANGUAGES, STATES } from "../minutes/value.ts";
import { CAPABILITIES, type Capability } from "./capability.ts";
import { Refusal } from "./refusal.ts";
import type { Stage } from "./stage.ts";

export { atLeast, CAPABILITIES, type Capability } from "./capability.ts";

export type WorkshopKind = "workshop" | "template";

export interface Visitor {
  id: string;
  name: string;
  organisation: string;
  /** 0 to 11: a place in the palette. */
  colour: number;
}

/** What of the minutes is one's own: others may have the same name. Ids of items. */
export interface Own {
  items: string[];
  picks: string[];
}

/** Answer of `POST /api/workshops/<id>/sessions`. */
export interface SessionAnswer {
  token: string;
  workshop: string;
  kind: WorkshopKind;
  capability: Capability;
  layout: number;
  /** Changes when the log was re-based: a client holding another one must not merge. */
  epoch: number;
  /** The Yjs client id leased to this connection. */
  clientId: number;
  visitor: Visitor;
  /** Everybody who ever wrote here. */
  visitors: Visitor[];
  state: State;
  stage: Stage;
  /** False: the disk takes nothing at the moment, and this session only reads for that reason alone. */
  writing: boolean;
  code: string | null;
  /** The address that invites to write, or to read where this link may not show more. */
  address: string | null;
  readAddress: string;
  /** The server's time, ISO 8601, UTC. */
  now: string;
  /** Absent for whoever said that they have them. */
  minutes?: Minutes;
  /** Absent for whoever comes for the first time. */
  own?: Own;
  /** The document as an update of Yjs, base64, for whoever comes for the first time: they can write before a line has brought it. Absent where it is large. */
  document?: string;
}

/** One right each, as raw secrets or as full addresses. */
export type PerCapability = Record<Capability, string>;

/** Answer of `POST /api/workshops` and of `…/duplicates`. */
export interface WorkshopAnswer {
  id: string;
  code: string | null;
  links: PerCapability;
  addresses: PerCapability;
}

/** Answer of `POST /api/codes`. */
export interface CodeAnswer {
  workshop: string;
  link: string;
  address: string;
  /** Where it was asked for in the same breath. */
  session?: SessionAnswer;
}

/** One entry of `GET …/links`, and the answer of `POST …/links`. */
export interface LinkAnswer {
  id: string;
  capability: Capability;
  label: string;
  /** Given to one person by the short code. */
  personal: boolean;
  /** Null once withdrawn. */
  address: string | null;
  given: string;
  withdrawn: string | null;
  /** Who came through it. */
  visitors: Visitor[];
}

export interface ErrorAnswer {
  error: {
    code: string;
    /** A sentence in the reader's language. */
    message: string;
    /** Names the request in the server's log. */
    id?: string;
  };
}

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const name = v.optional(
  v.pipe(
    text(200),
    v.trim(),
    v.transform((value) => value.slice(0, 80)),
  ),
);
const language = v.picklist(LANGUAGES);
const title = v.optional(v.pipe(text(1000), v.trim()));

export const SessionRequest = v.object({
  /** Key a browser keeps so that it comes back as the same visitor: 128 bits, base64url. */
  visitor: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{22,64}$/))),
  name,
  organisation: name,
  /** `read`: nothing more, whatever the link allows; a screen in the room is nobody. */
  capability: v.optional(v.literal("read")),
  /** Anything: `compareLayouts` judges it. */
  layout: v.optional(v.unknown()),
  /** False: whoever asks has them already, and comes back for a session. */
  minutes: v.optional(v.literal(false)),
});
export type SessionRequest = v.InferOutput<typeof SessionRequest>;

export const RenameRequest = v.object({ name, organisation: name });
export type RenameRequest = v.InferOutput<typeof RenameRequest>;

export const CreateRequest = v.object({
  template: text(64),
  title,
  language: v.optional(language),
  passphrase: v.optional(text(1000)),
});
export type CreateRequest = v.InferOutput<typeof CreateRequest>;

export const DuplicateRequest = v.object({
  text: v.boolean(),
  kind: v.picklist(["workshop", "template"]),
  title,
});
export type DuplicateRequest = v.InferOutput<typeof DuplicateRequest>;

export const ItemRequest = v.object({
  section: text(200),
  text: text(20_000),
  author: name,
  group: v.optional(text(200)),
});
export type ItemRequest = v.InferOutput<typeof ItemRequest>;

export const VoteRequest = v.object({
  section: text(200),
  item: text(200),
  /** False takes the ballot back. */
  picked: v.optional(v.boolean(), true),
});

export const PickRequest = v.object({
  section: text(200),
  open: v.optional(v.boolean()),
  size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))),
  hidden: v.optional(v.boolean()),
});
export type PickRequest = v.InferOutput<typeof PickRequest>;

export const LinkRequest = v.object({ capability: v.picklist(CAPABILITIES), label: name });
export type LinkRequest = v.InferOutput<typeof LinkRequest>;

export const StateRequest = v.object({ state: v.picklist(STATES) });
export type StateRequest = v.InferOutput<typeof StateRequest>;

export const CodeRequest = v.object({
  code: text(40),
  /** Whoever comes in wants a session through the link as well: one journey less on a slow network. */
  session: v.optional(SessionRequest),
});
export type CodeRequest = v.InferOutput<typeof CodeRequest>;

/**
 * Reads the body of a request.
 * @throws Refusal `malformed-request`, naming the entry that is wrong.
 */
export function parseRequest<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body ?? {}, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Refusal(
    "malformed-request",
    `${v.getDotPath(issue) ?? "body"}: expected ${issue.expected ?? "something else"}`,
  );
}
