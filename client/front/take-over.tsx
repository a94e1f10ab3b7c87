/** Takes the page over that the server drew behind a code: the door as it stands, with what was done there; or the minutes, if they are read already. */
import { hydrate } from "preact";
import { doneEarly, noteEarly } from "../early.ts";
import { showSection, whenShown } from "../panels/place.ts";
import { lastName } from "../session/entry.ts";
import type { Session } from "../session/session.ts";
import { Front } from "./Front.tsx";

/** Text between elements, which Preact would move them around for: what is moved loses the focus. */
const gapsIn = (root: Element): Text[] => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const gaps: Text[] = [];
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null)
    if (node.data.trim() === "") gaps.push(node);
  return gaps;
};

/** The door comes alive where it stands, and what was pressed there is heard. */
export const takeDoor = (session: Session, root: Element): void => {
  const [name, organisation] = root.querySelectorAll("input");
  if (!name || !organisation) return;
  if (name.value === "" && organisation.value === "") {
    const last = lastName();
    name.value = last.name;
    organisation.value = last.organisation;
  }
  for (const gap of gapsIn(root)) gap.remove();
  const begun = { name: name.value, organisation: organisation.value, focused: root.contains(document.activeElement) };
  hydrate(<Front session={session} begun={begun} />, root);
  doneEarly().pressed?.click();
  // What is touched in the minutes below is still to be known.
  noteEarly();
};

/** Call before the workshop is drawn in the place of `minutes`; what it gives, after: one reads on where one was. */
export const keepReading = (minutes: HTMLElement): (() => void) => {
  const touched = doneEarly().section;
  const [first] = [...minutes.querySelectorAll("section[id]")].filter(
    (each) => each.getBoundingClientRect().bottom > 0,
  );
  const at = touched ?? (minutes.scrollTop > 0 ? first?.id : undefined);
  return () => {
    if (at === undefined) return;
    const section = at.replace(/^section-/, "");
    showSection(section);
    if (touched !== undefined)
      whenShown(section, (shown) => {
        shown.querySelector<HTMLElement>(".rich-text__still, input, textarea")?.focus({ preventScroll: true });
      });
  };
};
