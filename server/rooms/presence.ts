/** Presence on its way in: one state per connection, under its own client id, with the name the server knows. */
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from "lib0/decoding";
import { parsePresence, type Presence } from "../../document/presence.ts";
import { FRAME, type Frame } from "./frames.ts";
import type { Member } from "./member.ts";

/** A browser shows itself; a program that bridges many people would need many connections. */
const MAX_ANNOUNCED = 8;

/** The client ids a presence message speaks of; none where it cannot be read. */
export const announcedIn = (rest: Uint8Array): number[] => {
  try {
    const decoder = createDecoder(readVarUint8Array(createDecoder(rest)));
    const count = readVarUint(decoder);
    if (count > MAX_ANNOUNCED) return [];
    return Array.from({ length: count }, () => {
      const clientId = readVarUint(decoder);
      readVarUint(decoder);
      readVarString(decoder);
      return clientId;
    });
  } catch {
    return [];
  }
};

/** A y-websocket client also sends back what it hears of everybody else; larger than this, that is all it can be. */
const LARGEST = 64 * 1024;

/** Whether a frame is presence that need not even be read. */
export const isEcho = ({ kind, rest }: Frame): boolean => kind === FRAME.presence && rest.length > LARGEST;

/** A member's presence, built anew: the server says who, the client where. Anything else it says is left out. */
const rebuilt = (state: unknown, { visitor: { id: visitor, name, colour } }: Member): Presence | undefined => {
  const { section, caret } = { ...(state as { section?: unknown; caret?: unknown }) };
  const known = { visitor, name, colour };
  return parsePresence({ ...known, section, caret }) ?? parsePresence({ ...known, section }) ?? parsePresence(known);
};

/** Leaves in `states` at most the member's own state. `taken` tells which client ids already stand for somebody else. */
export const sanitise = (
  states: Map<number, Record<string, unknown>>,
  member: Member,
  taken: (clientId: number) => boolean,
): void => {
  // A stock client has no leased id: the first one it shows is its own from then on.
  member.clientId ??= member.grant.clientId ?? member.announced.find((id) => !taken(id));
  for (const [clientId, state] of states) {
    const own = clientId === member.clientId ? rebuilt(state, member) : undefined;
    if (own) states.set(clientId, { ...own });
    else states.delete(clientId);
  }
};
