/** Opens the page of a workshop in two steps: what the door answered is drawn at once, the stay itself takes over when it is here. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { admitByLink, ask, knock, type Admitted } from "./door.ts";
import { fetchEditingAhead } from "./editor/coming.ts";
import { minutesRead } from "./front/below.ts";
import { Front } from "./front/Front.tsx";
import { keepPlace } from "./front/place-kept.ts";
import { keepReading, takeDoor } from "./front/take-over.tsx";
import { mindForm, takeAddress } from "./joining.ts";
import { keepProgram } from "./kept.ts";
import { language, loadLanguage, loadMoreWords } from "./language.ts";
import { bringLetters, setInKeptLetters, setInOwnLetters } from "./letters.ts";
import { isAtDoor, skipDoor } from "./panels/Joining.tsx";
import { goToSection } from "./panels/place.ts";
import { loadTheme } from "./panels/theme.ts";
import { Unopened } from "./panels/Unopened.tsx";
import { enterGroup } from "./sections/group-here.ts";
import { seeSession } from "./session/seen.ts";
import type { Session } from "./session/session.ts";
import type * as stayed from "./stay.tsx";

type Stay = typeof stayed;

/** So long a network that could not bring a file is left alone. */
const PAUSE_MS = 3_000;

/** Asked for until it comes: what can be read meanwhile stays. */
const fetchStay = async (): Promise<Stay> => {
  try {
    const [stay] = await Promise.all([import("./stay.tsx"), loadMoreWords()]);
    return stay;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return fetchStay();
  }
};

/** Resolves once `holds` does; looks again whenever a signal it read changes. */
const once = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = effect(() => {
      if (!holds()) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });

/** So long the screen is waited for: a page that nobody looks at is not drawn. */
const FRAME_MS = 100;

/** Resolves when what was drawn is on the screen. */
const onScreen = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    setTimeout(resolve, FRAME_MS);
  });

/** What a page of a workshop minds, whatever it shows. */
const mindAddress = (): void => {
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
};

/** The stay has something to show that the first look has not, or will have nothing more for a while. */
const hasCome = ({ ready, saved }: Session): boolean => ready.value || saved.value.state !== "saving";

/** Takes away what stands there, whoever drew it. */
const clear = (root: Element): void => {
  render(null, root);
  root.replaceChildren();
  root.removeAttribute("data-door");
  document.querySelector("#minutes")?.remove();
};

/** Draws in the place of what was seen first, if anything was: one stays where one was, and the focus too. */
const replaceBy = (draw: () => void, root: Element, front: Session | undefined): void => {
  const minutes = minutesRead();
  const putBack = minutes ? keepReading(minutes) : front && keepPlace(root);
  clear(root);
  front?.close();
  draw();
  putBack?.();
};

/** Shows what the door has answered: in the page the server drew behind a code the door stands already, and whoever reads there reads on. */
const drawFront = (front: Session, root: Element): void => {
  const asked = isAtDoor(front);
  if (minutesRead()) {
    if (asked) skipDoor();
  } else if (asked && root.hasAttribute("data-door")) takeDoor(front, root);
  else {
    clear(root);
    render(<Front session={front} />, root);
  }
};

/** Opens the workshop in `root`, for somebody who asked to come in. */
const openWorkshop = (root: Element, knocked: Promise<Admitted>): void => {
  mindAddress();
  const open = async (asked: Promise<Admitted>): Promise<void> => {
    const stay = fetchStay();
    void stay.then(({ awaitDoor }) => awaitDoor(asked));
    void fetchEditingAhead().then(bringLetters);
    try {
      const admitted = await asked;
      takeAddress(admitted);
      const { answer } = admitted.entered;
      const coming = stay.then(({ openStay }) => openStay(admitted));
      enterGroup(admitted.group);
      // A template is there to be shaped, which the first look cannot show.
      const { kind, minutes } = answer ?? {};
      const front =
        answer && minutes && kind === "workshop"
          ? seeSession({ ...answer, minutes }, admitted.entered, coming)
          : undefined;
      if (front) drawFront(front, root);
      if (admitted.group) goToSection(admitted.group.section);
      const [{ drawStay }, session] = await Promise.all([stay, coming]);
      // Whoever is about to give a name finishes that first.
      if (front) {
        await once(() => hasCome(session) && !isAtDoor(front));
        // Whoever has just left the door reads already while the stay is drawn, which takes a phone longer.
        if (!minutesRead()) await onScreen();
      }
      replaceBy(() => drawStay(session, root), root, front);
      keepProgram();
    } catch (reason) {
      clear(root);
      render(<Unopened reason={reason} onRetry={() => void open(ask() ?? admitByLink())} />, root);
    }
  };
  void open(knocked);
};

/** Shows the page: the workshop's, or the code's, which becomes the workshop's. */
const openPage = async (): Promise<void> => {
  // Other pages have some of what stands in this file too.
  const root = document.querySelector("#workshop");
  if (!root && !document.querySelector("#join")) return;
  const answer = knock();
  loadTheme();
  setInKeptLetters();
  if (answer) {
    // What one writes with begins as soon as what shows the minutes is here: behind it, and beside the answer at the door.
    void fetchEditingAhead();
    answer.catch(setInOwnLetters);
  } else setInOwnLetters();
  await loadLanguage();
  if (root && answer) openWorkshop(root, answer);
  else if (!root) await mindForm(answer, (made, admitted) => openWorkshop(made, Promise.resolve(admitted)));
};

void openPage();
