/** Presence on its way in: one state per connection, under its own client id, with the name the server knows. */
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import { parsePresence, type Presence } from "../../document/presence.ts";
import { readStanding, type Standing } from "../../document/tick.ts";
import { Refusal } from "../../document/refusal.ts";
import { FRAME, type Frame } from "./frames.ts";
import type { Member } from "./member.ts";

/** A browser shows itself; a program that bridges many people would need many connections. */
const MAX_ANNOUNCED = 8;

/** A y-websocket client also sends back what it hears of everybody else; larger than this, that is all it can be. */
const LARGEST = 64 * 1024;

/** Whether a frame is presence that need not even be read. */
export const isEcho = ({ kind, rest }: Frame): boolean => kind === FRAME.presence && rest.length > LARGEST;

/** What somebody says of one client id. */
interface Announced {
  clientId: number;
  clock: number;
  state: unknown;
}

/**
 * The states of a presence message; none where it speaks of more than a client may.
 * Throws Refusal `malformed-update` where it cannot be read.
 */
export const announcedIn = (rest: Uint8Array): Announced[] => {
  try {
    const decoder = createDecoder(readVarUint8Array(createDecoder(rest)));
    const count = readVarUint(decoder);
    if (count > MAX_ANNOUNCED) return [];
    return Array.from({ length: count }, () => {
      const [clientId, clock] = [readVarUint(decoder), readVarUint(decoder)];
      return { clientId, clock, state: JSON.parse(readVarString(decoder)) as unknown };
    });
  } catch (error) {
    throw new Refusal("malformed-update", "no presence", { cause: error });
  }
};

/** What a packed frame says of where its client stands. Throws Refusal `malformed-update` where it cannot be read. */
export const standingIn = (rest: Uint8Array): Standing => {
  try {
    return readStanding(rest);
  } catch (error) {
    throw new Refusal("malformed-update", "no standing", { cause: error });
  }
};

/** So much of it is known to be short enough without a look at the JSON it makes. */
const SHORT_NAMES = 100;
const SHORT_POSITION = 60;

/** The presence of a member who stands there; as `rebuilt` makes it. */
export const presenceOf = (
  { section, place, anchor, head }: Standing,
  { visitor: { id: visitor, name, colour } }: Pick<Member, "visitor">,
): Presence | undefined => {
  const [from, to] = [textOf(anchor), textOf(head.length > 0 ? head : anchor)];
  const presence: Presence = {
    visitor,
    name,
    colour,
    ...(section === "" ? {} : { section }),
    ...(place === "" ? {} : { caret: { place, anchor: from, head: to } }),
  };
  const short = section.length + place.length <= SHORT_NAMES && from.length + to.length <= 2 * SHORT_POSITION;
  return short ? presence : rebuilt(presence, { visitor: { id: visitor, name, organisation: "", colour } });
};

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64url");

/** A member's presence, built anew: the server says who, the client where. Anything else it says is left out. */
export const rebuilt = (
  state: unknown,
  { visitor: { id: visitor, name, colour } }: Pick<Member, "visitor">,
): Presence | undefined => {
  const { section, caret } = { ...(state as { section?: unknown; caret?: unknown }) };
  const known = { visitor, name, colour };
  return parsePresence({ ...known, section, caret }) ?? parsePresence({ ...known, section }) ?? parsePresence(known);
};
