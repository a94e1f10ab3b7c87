/** Yjs client ids: leased before a session writes, or bound to the visitor who first used them. */
import { randomInt } from "node:crypto";
import { Refusal } from "../../document/refusal.ts";
import { RESTORERS } from "../../document/returning.ts";
import { ConflictingRow } from "../store/driver.ts";
import { addClient, bindClient } from "../store/visitors.ts";
import { untilFree } from "./chance.ts";
import type { Means } from "./grant.ts";

export interface Clients {
  /** A fresh Yjs client id that nobody else has in this workshop, on disk before it is given. */
  leaseClient(workshop: string, visitor: string): Promise<number>;
  /** The same for a restoring, which yields to everybody else: see `RESTORERS`. */
  leaseRestorer(workshop: string, visitor: string): Promise<number>;
  /**
   * Binds a client id to the visitor who first used it; asked again for the same two it answers from memory.
   * Throws Refusal `foreign-client-id` when it is another's.
   */
  bindClient(workshop: string, visitor: string, clientId: number): Promise<void>;
  /** Asks the disk again about a workshop, after something of it was erased: whose ids they are, who came, what its links open. */
  forget(workshop: string): void;
}

/** Bindings never change once they are on disk, so what was seen need not be asked again. */
const REMEMBERED = 20_000;

/** Any but 0, which Yjs programs take for none, and those of restorings. */
export const newClientId = (): number => randomInt(RESTORERS, 2 ** 32);

/** There are few of them: after ten thousand restorings two in three are taken. */
const RESTORER_TRIES = 64;

/** Ids drawn from four thousand million are not all taken, and binding minds no taken one: what is missing is the workshop. */
const orUnknown = (error: unknown): unknown =>
  error instanceof ConflictingRow ? new Refusal("unknown-workshop") : error;

export const clients = ({ store, opened, met }: Pick<Means, "store" | "opened" | "met">): Clients => {
  const bound = new Map<string, string>();

  const remember = (key: string, visitor: string): void => {
    bound.set(key, visitor);
    const [oldest] = bound.keys();
    if (bound.size > REMEMBERED && oldest !== undefined) bound.delete(oldest);
  };

  const lease = async (workshop: string, visitor: string, draw: () => number, tries?: number): Promise<number> => {
    try {
      return await untilFree(async () => {
        const clientId = draw();
        await store.write(addClient(workshop, clientId, visitor, Date.now()));
        return clientId;
      }, tries);
    } catch (error) {
      throw orUnknown(error);
    }
  };

  return {
    leaseClient: (workshop, visitor) => lease(workshop, visitor, newClientId),

    leaseRestorer: (workshop, visitor) => lease(workshop, visitor, () => randomInt(1, RESTORERS), RESTORER_TRIES),

    bindClient: async (workshop, visitor, clientId) => {
      const key = `${workshop}:${clientId}`;
      if (!bound.has(key)) {
        try {
          const [, [owner = ""]] = await store.write(...bindClient(workshop, clientId, visitor, Date.now()));
          remember(key, owner);
        } catch (error) {
          throw orUnknown(error);
        }
      }
      if (bound.get(key) !== visitor) throw new Refusal("foreign-client-id");
    },

    forget: (workshop) => {
      opened.forget(workshop);
      met.forget(workshop);
      for (const key of bound.keys()) if (key.startsWith(`${workshop}:`)) bound.delete(key);
    },
  };
};
