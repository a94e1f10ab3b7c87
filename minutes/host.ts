/** Where a link really leads, for whoever only sees its words: shown beside them when these name, or could be taken for, another host. */

/** A word that is, or begins with, an address: what stands before the host, and the host. */
const NAMED = /^(?:[a-z]+:\/\/)?(?:[^/?#]*@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/u;
/** No host is longer; and a megabyte without a blank must not be searched from each of its letters. */
const LONGEST = 300;

/** A name with and without `www.` is one to people. */
const bare = (host: string): string => host.replace(/^www\./u, "");

/** The host as it goes over the network: letters that look like others become `xn--…`. */
const asSent = (name: string): string => URL.parse(`http://${name}/`)?.hostname ?? name;

/**
 * The host to show beside a link, or the address of a mail; undefined where the words themselves say it, or name none.
 * Names in other letters than those of the network are always shown as they are sent: many look like somebody else's.
 */
export function hostBeside(words: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) return undefined;
  if (url.protocol === "mailto:") {
    const to = decoded(url.pathname);
    return words.includes("@") && !words.toLowerCase().includes(to.toLowerCase()) ? to : undefined;
  }
  const { host, hostname } = url;
  if (hostname.includes("xn--")) return host;
  const named = spokenIn(words).map((name) => bare(asSent(name)));
  return named.some((name) => name !== bare(hostname)) ? host : undefined;
}

/** The hosts that words name, in the order in which they are read. */
function spokenIn(words: string): string[] {
  const each = words.toLowerCase().split(/[\s<>«»"'’,;()[\]{}]+/u);
  return each.flatMap((word) => (word.length > LONGEST ? [] : (NAMED.exec(word)?.[1] ?? [])));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
