/** Who may do what: workshops with their state and code, links with their secrets, visitors with their sessions. */
import { anyWorkshop } from "../store/workshops.ts";
import type { Store } from "../store/store.ts";
import { clients, type Clients } from "./clients.ts";
import type { Means } from "./grant.ts";
import { host, type Host } from "./host.ts";
import { readKey } from "./key.ts";
import { Newcomers } from "./newcomers.ts";
import { Remembered } from "./remembered.ts";
import { links, type Links } from "./links.ts";
import { sessions, type Sessions } from "./sessions.ts";
import { workshops, type Workshops } from "./workshops.ts";

export type { Grant, Link } from "./grant.ts";
export type { Started } from "./workshops.ts";

/** Every method may throw Refusal `unavailable`; those that write, `not-saving`. */
export interface Access extends Workshops, Links, Sessions, Clients, Host {}

/** Reads the key in `dataDir`, or makes it while there is no workshop yet. Throws CannotOpen. */
export const openAccess = async (
  store: Store,
  { dataDir, newcomers = new Newcomers() }: { dataDir: string; newcomers?: Newcomers },
): Promise<Access> => {
  const [[any]] = await store.read({ ...anyWorkshop(), row: () => true });
  const means: Means = {
    store,
    sign: readKey(dataDir, any === undefined),
    opened: new Remembered(),
    met: new Remembered(),
    newcomers,
  };
  const doors = links(means);
  return { ...workshops(means), ...doors, ...sessions(means, doors), ...clients(means), ...host(means.sign) };
};
