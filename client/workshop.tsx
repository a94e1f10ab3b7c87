/** The page of a workshop, awake: exchanges the secret of its address for a session and draws what it may show. */
import { computed, effect } from "@preact/signals";
import { render } from "preact";
import { fetchEditingAhead } from "./editor/coming.ts";
import { keepProgram } from "./kept.ts";
import { language, loadLanguage } from "./language.ts";
import { goToSection } from "./panels/place.ts";
import { loadTheme } from "./panels/theme.ts";
import { Unopened } from "./panels/Unopened.tsx";
import { Workshop } from "./panels/Workshop.tsx";
import { enterGroup } from "./sections/group-here.ts";
import { readFragment, type Fragment } from "./session/fragment.ts";
import { rememberWorkshop } from "./session/known.ts";
import { openSession } from "./session/open.ts";
import type { Session } from "./session/session.ts";

/** /w/<id>#<secret>, with the group one works in; the secret never left this browser on the way here. */
const entrance = (): Fragment & { workshop: string } => ({
  workshop: decodeURIComponent(location.pathname.split("/")[2] ?? ""),
  ...readFragment(location.hash),
});

/** Keeps the workshop on the home page's list, under the title it has now. */
const remember = (session: Session, secret: string): void => {
  const title = computed(() => session.minutes.value.title);
  effect(() => {
    rememberWorkshop({
      id: session.id,
      title: title.value,
      link: secret,
      capability: session.capability.value,
      visited: new Date().toISOString(),
    });
  });
};

const open = async (root: Element): Promise<void> => {
  const { workshop, secret, group } = entrance();
  try {
    const session = await openSession({ workshop, secret });
    remember(session, secret);
    root.replaceChildren();
    enterGroup(group);
    render(<Workshop session={session} />, root);
    if (group) goToSection(group.section);
    fetchEditingAhead();
    keepProgram();
  } catch (reason) {
    root.replaceChildren();
    render(<Unopened reason={reason} onRetry={() => void open(root)} />, root);
  }
};

loadTheme();
await loadLanguage();
// Another fragment is another link, with other rights: nothing of the present page may stay.
addEventListener("hashchange", () => location.reload());
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  if (!link) return;
  // The fragment of this address is the secret that opens the workshop: links within the page must not replace it.
  event.preventDefault();
  document.querySelector<HTMLElement>(link.getAttribute("href") ?? "")?.focus();
});
effect(() => {
  document.documentElement.lang = language.value;
});
const root = document.querySelector("#workshop");
if (root) await open(root);
