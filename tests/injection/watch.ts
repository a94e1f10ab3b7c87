/** Watches a page for anything that was executed, loaded, refused by the policy, or drawn outside what a page consists of. */
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "@playwright/test";
import { expect } from "vitest";

/** Elements no page of ours has, wherever they would come from. */
const FOREIGN =
  "iframe,object,embed,img,image,video,audio,source,math,base,frameset,frame,marquee,template,portal,keygen,bgsound," +
  "foreignObject,animate,script:not([src^='/assets/']),link[rel~='stylesheet']:not([href^='/assets/'])," +
  "meta[http-equiv],style,xss,slot,[popover],svg script,svg image,svg a";

/** The elements minutes consist of, on the reading page and in exports. */
const MINUTES =
  "ARTICLE HEADER H1 H2 H3 H4 H5 H6 P SECTION DL DIV DT DD TIME OL UL LI SPAN STRONG EM S CODE A BLOCKQUOTE BR";

export interface Watched {
  hits: string[];
  /** Requests to anywhere but `home`. */
  away: string[];
  violations: string[];
}

/** Call before the first page is opened; what happens is in the answer, whenever it does. */
export const watch = async (context: BrowserContext, home: string): Promise<Watched> => {
  const watched: Watched = { hits: [], away: [], violations: [] };
  await context.exposeFunction("canaryHit", (what: string) => void watched.hits.push(what));
  await context.exposeFunction("policyHit", (what: string) => void watched.violations.push(what));
  await context.addInitScript(() => {
    const told = globalThis as unknown as { canaryHit: (what: string) => void; policyHit: (what: string) => void };
    Object.assign(globalThis, { canary: () => told.canaryHit("canary") });
    for (const name of ["alert", "confirm", "prompt", "print"])
      Object.assign(globalThis, { [name]: () => told.canaryHit(name) });
    addEventListener("securitypolicyviolation", (event) =>
      told.policyHit(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (["http:", "https:"].includes(url.protocol) && url.origin !== home) watched.away.push(request.url());
  });
  context.on("dialog", (dialog) => {
    watched.hits.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("console", (message) => {
    if (/Content.Security.Policy|TrustedHTML/.test(message.text())) watched.violations.push(message.text());
  });
  return watched;
};

/** Opens a file from a disk, where no policy protects it; a table is none that a browser shows: it is put aside. */
export const openFrom = async (page: Page, file: string): Promise<void> => {
  const opening = page.goto(pathToFileURL(file).href);
  if (file.endsWith(".csv")) await expect(opening).rejects.toThrow(/Download is starting|ERR_ABORTED/);
  else await opening;
};

/** Everything in a page that should not be there; `strict`: the selector inside which only minutes may stand. */
export const foreignIn = (page: Page, strict?: string): Promise<string[]> =>
  page.evaluate(
    ({ foreign, minutes, within }) => {
      const outer = (element: Element): string => element.outerHTML.slice(0, 120);
      const found = [...document.querySelectorAll(foreign)].map(outer);
      for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
          if (name.startsWith("on")) found.push(`${name} on ${outer(element)}`);
          if (/url\(|expression/i.test(name === "style" ? value : "")) found.push(`style ${value}`);
          if (["src", "background", "ping", "srcset", "action", "formaction"].includes(name) && !value.startsWith("/"))
            found.push(`${name} ${value}`);
        }
      }
      for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
        if (!["http:", "https:", "mailto:"].includes(link.protocol)) found.push(`link ${link.href}`);
        if (link.username || link.password) found.push(`credentials ${link.href}`);
        const outside = link.origin !== location.origin && link.protocol !== "mailto:";
        const rel = link.rel.split(" ");
        if (outside && !["noopener", "noreferrer", "nofollow"].every((each) => rel.includes(each)))
          found.push(`rel ${outer(link)}`);
      }
      const allowed = minutes.split(" ");
      const inside = within ? document.querySelectorAll(`${within}, ${within} *`) : [];
      for (const element of inside)
        if (!allowed.includes(element.tagName)) found.push(`not minutes: ${outer(element)}`);
      for (const name of ["document", "location", "cookie", "body", "forms", "attributes", "__proto__"])
        if (document.getElementById(name) ?? document.getElementsByName(name)[0]) found.push(`clobbered ${name}`);
      if (({} as Record<string, unknown>)["canary"] !== undefined) found.push("prototype");
      return found;
    },
    { foreign: FOREIGN, minutes: MINUTES, within: strict },
  );
