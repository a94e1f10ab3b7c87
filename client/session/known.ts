/** The workshops this browser knows, newest visit first: kept in local storage, never sent anywhere. */
import type { Capability } from "../../document/session.ts";

/** A workshop somebody opened here, with the secret that opens it again. */
export interface Known {
  id: string;
  title: string;
  /** The secret of the link, as it stands in the fragment of the address. */
  link: string;
  capability: Capability;
  /** ISO 8601, UTC. */
  visited: string;
}

const KEY = "minutier:known";
/** Enough for years of workshops, little enough to read at once. */
const MOST = 200;

const CAPABILITIES: readonly string[] = ["read", "vote", "write", "manage"] satisfies Capability[];

const isKnown = (value: unknown): value is Known => {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Record<keyof Known, unknown>;
  const texts = [entry.id, entry.title, entry.link, entry.visited].every((text) => typeof text === "string");
  return texts && typeof entry.capability === "string" && CAPABILITIES.includes(entry.capability);
};

/** What this browser knows; whatever else stands under the key is passed over. */
export const knownWorkshops = (): Known[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKnown) : [];
  } catch {
    return [];
  }
};

const keep = (list: Known[]): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST)));
  } catch {
    // a browser without storage knows nothing next time
  }
};

/** Puts a workshop on top of the list; a weaker link never replaces a stronger one. */
export const rememberWorkshop = (visit: Known): void => {
  const list = knownWorkshops();
  const before = list.find((entry) => entry.id === visit.id);
  const stronger = before && CAPABILITIES.indexOf(before.capability) > CAPABILITIES.indexOf(visit.capability);
  const entry = stronger ? { ...visit, link: before.link, capability: before.capability } : visit;
  keep([entry, ...list.filter((each) => each.id !== visit.id)]);
};

/** Takes a workshop off the list and gives what stood there, so that it can be put back. */
export const forgetWorkshop = (id: string): Known | undefined => {
  const list = knownWorkshops();
  keep(list.filter((entry) => entry.id !== id));
  return list.find((entry) => entry.id === id);
};
