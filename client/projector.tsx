/** The room's screen, awake: opened by the fragment of its address, or by the reading link its path holds. */
import { effect } from "@preact/signals";
import { render, type VNode } from "preact";
import { language, loadLanguage } from "./language.ts";
import { loadTheme } from "./panels/theme.ts";
import { Unopened } from "./panels/Unopened.tsx";
import { openStay } from "./projector/stay.ts";
import { Wall } from "./projector/Wall.tsx";
import { readFragment, type Fragment } from "./session/fragment.ts";
import { Refused } from "./session/request.ts";

/** /w/<id>/projector#<secret>, or /r/<secret>/projector of the workshop the page names. */
const entrance = (root: HTMLElement): Fragment & { workshop: string } => {
  const [, , part = ""] = location.pathname.split("/");
  const { workshop } = root.dataset;
  const fragment = readFragment(location.hash);
  return workshop === undefined
    ? { ...fragment, workshop: decodeURIComponent(part) }
    : { ...fragment, workshop, secret: decodeURIComponent(part) };
};

/** A screen that goes dark in the middle of a sentence helps nobody; a browser that cannot keep it lit says no. */
const keepLit = (): void => {
  const ask = (): void => {
    if (document.visibilityState === "visible") void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
};

const RETRY_MS = 5_000;

let drawn = false;

/** In the place of what the server has drawn, or of what was drawn here. */
const draw = (what: VNode, root: HTMLElement): void => {
  if (!drawn) root.replaceChildren();
  drawn = true;
  render(what, root);
};

let opening = false;
let again: ReturnType<typeof setTimeout> | undefined;

const open = async (root: HTMLElement): Promise<void> => {
  // By hand and by itself at once would be two stays.
  if (opening) return;
  opening = true;
  clearTimeout(again);
  try {
    const { group, ...link } = entrance(root);
    const stay = await openStay(link);
    draw(<Wall stay={stay} group={group} />, root);
    keepLit();
  } catch (reason) {
    draw(<Unopened reason={reason} onRetry={() => void open(root)} />, root);
    // Nobody stands beside a screen to press a button.
    if (!(reason instanceof Refused)) again = setTimeout(() => void open(root), RETRY_MS);
  } finally {
    opening = false;
  }
};

const wake = async (): Promise<void> => {
  await loadLanguage();
  effect(() => {
    document.documentElement.lang = language.value;
  });
  const root = document.querySelector<HTMLElement>("#projector");
  if (root) await open(root);
};

loadTheme();
addEventListener("hashchange", () => location.reload());
void wake();
