/** The fragment of a workshop's address: the secret, and for some the group they work in. */

export interface GroupPlace {
  section: string;
  group: string;
}

export interface Fragment {
  secret: string;
  group?: GroupPlace;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // cut short on its way here
  }
};

/** `#<secret>` or `#<secret>&group=<section>:<group>`; the same behind the short code, where the secret is empty. */
export const readFragment = (hash: string): Fragment => {
  const [secret = "", ...parts] = hash.replace(/^#/, "").split("&");
  const written = parts.find((part) => part.startsWith("group="))?.slice("group=".length);
  const [section = "", group = ""] = (written ?? "").split(":").map(decoded);
  return { secret: decoded(secret), ...(section !== "" && group !== "" ? { group: { section, group } } : {}) };
};

/** What stands behind the secret, or behind the short code, for somebody who works in a group. */
export const groupFragment = ({ section, group }: GroupPlace): string =>
  `&group=${encodeURIComponent(section)}:${encodeURIComponent(group)}`;

/**
 * The address of the room's screen, or of one group's: by the link that lets one write, which the code gives to everybody
 * in the room, never by one that manages; where there is none, by the link for reading, and then without the code.
 */
export const projectorAddress = (address: string | null, readAddress: string, place?: GroupPlace): string => {
  const behind = place ? groupFragment(place) : "";
  if (address?.includes("#")) return address.replace("#", "/projector#") + behind;
  return `${readAddress}/projector${behind && `#${behind}`}`;
};
