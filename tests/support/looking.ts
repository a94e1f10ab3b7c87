/** What a machine can see of a page beyond the rules of axe: room for spaced text, forced colours, stillness, what hides the focus. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

/** Something that is not as it should be, in words. */
type Finding = string;

/** WCAG 1.4.12: what readers may ask for. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

/** 1.4.12 1.4.10: with room between letters, words, lines and paragraphs nothing is cut off, and nothing needs scrolling sideways. */
export const lostBySpacing = (page: Page): Promise<Finding[]> =>
  page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`spaced text: ${scrollWidth - clientWidth} px wider than the screen`);
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      const words = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
      if (!words || !element.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      // Read aloud only; or told in full elsewhere: a title that is cut carries the whole of it, a tab stands above its heading.
      if (style.clipPath !== "none" || style.color === "rgba(0, 0, 0, 0)") continue;
      if (element.closest("[title], [aria-hidden=true], .unseen, svg, .outline__link")) continue;
      const cut =
        (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) ||
        (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2);
      if (cut && !element.matches("input, textarea, select")) {
        found.push(
          `spaced text: cut off in ${element.className || element.tagName}: ${element.innerText.slice(0, 40)}`,
        );
      }
    }
    document.adoptedStyleSheets.pop();
    return found;
  }, SPACED);

/** With the colours of the system: what is chosen, where one stands and what has the focus is told by more than a colour. */
export const lostInForcedColours = async (page: Page): Promise<Finding[]> => {
  await page.emulateMedia({ forcedColors: "active" });
  // Only whoever uses keys is shown where the focus is.
  await page.keyboard.press("Shift");
  const found = await page.evaluate(() => {
    const lost: string[] = [];
    const lined = (element: Element): boolean => {
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      return outlined || Number.parseFloat(style.borderInlineStartWidth) >= 2;
    };
    const chosen = "[aria-pressed=true], [aria-current]:not([aria-current=false]), [aria-selected=true]";
    for (const element of document.querySelectorAll<HTMLElement>(chosen)) {
      if (!element.checkVisibility() || element.matches("a") || element.textContent.includes("✓")) continue;
      if (!lined(element)) lost.push(`forced colours: chosen, but nothing shows it: ${element.className}`);
    }
    const before = document.activeElement;
    if (before instanceof HTMLElement) before.blur();
    const seen = new Set<string>();
    for (const element of document.querySelectorAll<HTMLElement>("a[href], button, input, textarea, select, summary")) {
      if (seen.has(element.className) || !element.checkVisibility() || element.matches(":disabled")) continue;
      seen.add(element.className);
      element.focus({ preventScroll: true });
      if (document.activeElement === element && !lined(element)) {
        lost.push(`forced colours: focused, but nothing shows it: ${element.className || element.tagName}`);
      }
    }
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    for (const ground of document.querySelectorAll(".qr__ground")) {
      if (getComputedStyle(ground).fill !== "rgb(255, 255, 255)")
        lost.push("forced colours: a QR code without its ground");
    }
    return lost;
  });
  await page.emulateMedia({ forcedColors: "none" });
  return found;
};

/** For whoever asked for no motion: nothing runs, nothing slides. */
export const moving = (page: Page): Promise<Finding[]> =>
  page.evaluate(() => [
    ...document
      .getAnimations()
      .filter((each) => each.playState === "running" && Number(each.effect?.getComputedTiming().duration) > 10)
      .map((each) => `motion: ${String(each)}`),
    ...[...document.querySelectorAll("*")]
      .filter((element) => getComputedStyle(element).scrollBehavior === "smooth")
      .map((element) => `motion: ${element.className} slides`),
  ]);

/** 2.4.11: whatever can have the focus is not wholly behind something when it has it. */
export const hiddenFocus = (page: Page): Promise<Finding[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const all = [
      ...document.querySelectorAll<HTMLElement>("main :is(a[href], button, input, textarea, select, summary)"),
    ];
    // What has the focus already is not scrolled to.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // Forwards and backwards: bars stand at either end.
    for (const element of [...all, ...all.toReversed()]) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(":disabled, [tabindex='-1']"))
        continue;
      element.focus();
      if (document.activeElement !== element) continue;
      const { left, top, width, height } = element.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.1, 0.5, 0.9].map((y) => [left + width * x, top + height * y] as const),
      );
      const visible = points.some(([x, y]) => {
        const there = document.elementFromPoint(x, y);
        return there !== null && (element.contains(there) || there.contains(element));
      });
      if (!visible)
        found.push(`hidden while it has the focus: ${element.className} ${element.ariaLabel ?? element.innerText}`);
    }
    return found;
  });

const KEYS = [...readFileSync("locales/fr.ftl", "utf8").matchAll(/^([a-z][a-z-]*) *=/gm)].map(([, key]) => key!);

/** C20: names of words that stand where the words themselves should. */
export const unsaid = (page: Page): Promise<Finding[]> =>
  page.evaluate((keys) => {
    const known = new Set(keys);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    const said: string[] = [document.title];
    for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Text) said.push(node.data.trim());
      if (node instanceof Element)
        said.push(...["aria-label", "placeholder", "title"].map((name) => node.getAttribute(name) ?? ""));
    }
    return said.filter((each) => known.has(each)).map((key) => `without its words: ${key}`);
  }, KEYS);
