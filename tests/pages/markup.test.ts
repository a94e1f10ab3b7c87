/** Whatever is inserted into a page stays text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { html, rendered } from "../../server/pages/markup.ts";
import { pagesWith } from "./samples.ts";

/** The markup of a page without its words: tags and the names of their attributes, in order. */
const skeleton = (page: string): string =>
  (page.match(/<[^>]*>/g) ?? [])
    .join("")
    // Where a link leads is said where its words name another host: the one element that depends on them.
    .replaceAll(/<span class="minutes-host">[^<]*<\/span>/g, "")
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/ value=""/g, "");

const skeletons = (text: string): string[][] =>
  Object.entries(pagesWith(text)).map(([name, page]) => [name, skeleton(page)]);

const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</title></style></textarea><svg onload=alert(1)>`,
  `javascript:alert(1)`,
  `<!-- --> ]]> &lt;b&gt; &#x27;`,
  `\u0000<\u0000script>`,
  `\uD800 half \uDC00`,
  `\u202Egnp.exe`,
  `{{constructor.constructor("alert(1)")()}} \${alert(1)}`,
];

test("P2 inserts are escaped in text and in attributes; markup and lists of it pass; nothing leaves nothing", () => {
  expect(html`<p title="${'"<'}">${"<b>&'"}${3}</p>`.text).toBe(`<p title="&quot;&lt;">&lt;b&gt;&amp;&#39;3</p>`);
  expect(html`${[html`<i>${"<"}</i>`, "<"]}${null}${undefined}${false}${rendered("<hr>")}`.text).toBe(
    "<i>&lt;</i>&lt;<hr>",
  );
});

test("P2 a NUL and half an emoji do not reach the page", () => {
  expect(html`${"a\0b\uD800"}`.text).toBe("ab\uFFFD");
});

test.each(HOSTILE)("P2 hostile text changes no page's markup: %j", (text) => {
  expect(skeletons(text)).toEqual(skeletons("mot"));
});

test("P2 no text whatsoever changes a page's markup", () => {
  const plain = skeletons("mot");
  const pieces = fc.constantFrom(
    "<",
    ">",
    '"',
    "'",
    "&",
    "/",
    "=",
    "script",
    "--",
    "on",
    " ",
    "\n",
    "a",
    "\uD83D",
    "]]>",
  );
  fc.assert(
    fc.property(fc.string({ unit: pieces, minLength: 1, maxLength: 30 }), (text) => {
      // An empty line is no text: formats leave it out, and with it its element.
      fc.pre(/[a-z]/.test(text) && !text.includes("\n"));
      expect(skeletons(text)).toEqual(plain);
    }),
    { numRuns: 150 },
  );
});
