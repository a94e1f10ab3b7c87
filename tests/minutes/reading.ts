/** What a browser, or a reader of Markdown, would make of an export: just enough to check it. */

interface Tag {
  name: string;
  closes: boolean;
  attributes: Map<string, string>;
}

const VOID = ["meta"];
const ATTRIBUTES: Record<string, readonly string[]> = {
  article: ["class", "lang"],
  section: ["id"],
  p: ["class", "dir"],
  h1: ["dir"],
  h2: ["dir"],
  h3: ["dir"],
  h4: ["dir"],
  h5: ["dir"],
  h6: ["dir"],
  dt: ["dir"],
  dd: ["dir"],
  a: ["href", "rel"],
  ol: ["type"],
  li: ["value", "dir"],
  time: ["datetime"],
  span: ["role", "aria-label", "class"],
  abbr: ["title"],
};
const PARENTS: Record<string, readonly string[]> = {
  li: ["ul", "ol"],
  dt: ["div"],
  dd: ["div"],
  div: ["dl"],
  h1: ["header"],
  h2: ["section"],
  header: ["article"],
  section: ["article"],
};
const KNOWN =
  /^(?:article|header|section|h[1-6]|p|ul|ol|li|dl|div|dt|dd|blockquote|a|strong|em|s|code|time|span|abbr|dfn)$/u;

/** Every tag of an article. Throws where something is not a known element, properly nested, with known attributes. */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const rest = html.replace(
    /<(\/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>/gu,
    (_, slash: string, name: string, given: string) => {
      const attributes = new Map(
        [...given.matchAll(/ ([a-z-]+)="([^"]*)"/gu)].map((one) => [one[1] ?? "", one[2] ?? ""]),
      );
      if (!KNOWN.test(name)) throw new Error(`<${name}> has no place in an article`);
      for (const attribute of attributes.keys()) {
        if (!ATTRIBUTES[name]?.includes(attribute)) throw new Error(`<${name} ${attribute}> is not ours`);
      }
      if (slash !== "") {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      } else if (!VOID.includes(name)) {
        const parents = PARENTS[name];
        if (parents && !parents.includes(open.at(-1) ?? "")) throw new Error(`<${name}> inside <${open.at(-1)}>`);
        if (["ul", "ol", "dl"].includes(open.at(-1) ?? "") && !["li", "div"].includes(name)) {
          throw new Error(`<${name}> directly inside a list`);
        }
        open.push(name);
      }
      tags.push({ name, closes: slash !== "", attributes });
      return "";
    },
  );
  if (open.length > 0) throw new Error(`<${open.join("> <")}> left open`);
  if (/[<>]/u.test(rest)) throw new Error(`a bracket that is no tag in ${rest}`);
  return tags;
}

/** The words of a page as they are shown. */
export function shownText(html: string): string {
  return (
    html
      // Not theirs: where a link really leads.
      .replace(/<span class="minutes-host">[^<]*<\/span>/gu, "")
      .replace(/<[^>]*>/gu, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
  );
}

/** The words of Markdown: escapes undone, addresses without their brackets; inside those a backslash is itself. */
export function markdownText(markdown: string): string {
  return markdown.replace(/<(https?:[^\s<>]*)>|\\([!-/:-@[-`{-~])/gu, "$1$2");
}

/** Lines of Markdown that are read as the start of something, by what they start. */
export function markdownStarts(markdown: string): { headings: number; entries: number } {
  let headings = 0;
  let entries = 0;
  for (const line of markdown.split("\n")) {
    let rest = line.trimStart();
    for (let marker = /^(?:[-+*]|\d{1,9}[.)])(?: +|$)/u.exec(rest); marker;) {
      entries += 1;
      rest = rest.slice(marker[0].length);
      marker = /^(?:[-+*]|\d{1,9}[.)])(?: +|$)/u.exec(rest);
    }
    if (/^#{1,6}(?:\s|$)/u.test(rest)) headings += 1;
  }
  return { headings, entries };
}
