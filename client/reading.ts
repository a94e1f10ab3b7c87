/** The reading page, awake: what changes in the workshop changes here, without moving what is being read. */
import { fetchPage } from "./page.ts";
import { loadTheme } from "./panels/theme.ts";
import { isRedrawn } from "./wanted.ts";

loadTheme();

const status = document.querySelector<HTMLElement>("#reading-status");

/** The other document's Element is another window's class, or no window's at all. */
const isElement = (node: Node): node is Element => node.nodeType === Node.ELEMENT_NODE;

/**
 * Makes `here` say what `fresh` says and leaves alone every node that already does, so that a selection, the focus
 * and the place on the page survive. Lists grow and shrink in the middle: equal ends are matched first.
 */
const patch = (here: Element, fresh: Element): void => {
  if (here.isEqualNode(fresh)) return;
  const alike = here.tagName === fresh.tagName && here.cloneNode().isEqualNode(fresh.cloneNode());
  if (!alike || here.children.length === 0 || fresh.children.length === 0) {
    const copy = document.importNode(fresh, true);
    copy.classList.add("fresh");
    here.replaceWith(copy);
    return;
  }
  const [old, now] = [[...here.childNodes], [...fresh.childNodes]];
  while (old[0] && now[0] && old[0].isEqualNode(now[0])) {
    old.shift();
    now.shift();
  }
  let after: ChildNode | null = null;
  while (old.length > 0 && now.length > 0 && old.at(-1)!.isEqualNode(now.at(-1)!)) {
    after = old.pop() ?? null;
    now.pop();
  }
  for (const [index, node] of now.entries()) {
    const before = old[index];
    if (before instanceof Element && isElement(node)) patch(before, node);
    else if (before) before.replaceWith(document.importNode(node, true));
    else {
      const added = document.importNode(node, true);
      if (added instanceof Element) added.classList.add("fresh");
      here.insertBefore(added, after);
    }
  }
  for (const node of old.slice(now.length)) node.remove();
};

/** Whatever block stands at the top of the window: it must stay where it is while things change above it. */
const atTop = (page: Element): Element | undefined =>
  [...page.querySelectorAll(".minutes > *, .minutes section > *, .minutes li")].findLast(
    (each) => each.getBoundingClientRect().top <= 80,
  );

const update = async (): Promise<void> => {
  const fresh = await fetchPage(location.pathname + location.search);
  for (const each of document.querySelectorAll(".fresh")) {
    each.classList.remove("fresh");
    if (each.classList.length === 0) each.removeAttribute("class");
  }
  const anchor = atTop(document.body);
  const before = anchor?.getBoundingClientRect().top;
  for (const part of [".reading__head", ".minutes"]) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && now) patch(old, now);
  }
  if (anchor?.isConnected && before !== undefined) scrollBy(0, anchor.getBoundingClientRect().top - before);
  document.title = fresh.title;
  const language = document.documentElement.lang;
  const time = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeStyle: "short" }).format(
    new Date(),
  );
  // The same minute is the same sentence: it is not said twice.
  if (status) status.textContent = `${status.dataset["updated"]} ${time}`;
};

const listen = (address: string): void => {
  let running: Promise<void> | undefined;
  let again = false;
  /** One fetch at a time; whatever arrives meanwhile is covered by one more. */
  const changed = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = update()
      .catch(() => undefined) // the next change, or the next connection, tries again
      .finally(() => {
        running = undefined;
        if (again) {
          again = false;
          changed();
        }
      });
  };
  let opened = false;
  const source = new EventSource(address);
  source.addEventListener("changed", changed);
  source.addEventListener("open", () => {
    // What was said while the connection was lost was not announced.
    if (opened) changed();
    opened = true;
    status?.setAttribute("data-listening", "");
  });
};

// A browser that shows the page it left, as it was, must ask first whether its link still opens it.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

const address = status?.dataset["changes"];
if (address && !isRedrawn()) listen(address);
