/** All that a stay in a workshop takes beyond the first look: the document, the line, what is written in, what opens over it. */
import "./drawings.ts";
import { computed, effect } from "@preact/signals";
import { render } from "preact";
// Asked for by whatever draws a code for cameras: here with all the rest.
import "uqr";
import type { Admitted } from "./door.ts";
import { Workshop } from "./panels/Workshop.tsx";
import { readBeforehand } from "./session/beforehand.ts";
import { rememberWorkshop } from "./session/known.ts";
import { openEntered } from "./session/open.ts";
import type { Session } from "./session/session.ts";

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

/** The stay of somebody who has come in; resolves as soon as there is something to show. */
export const openStay = async ({ entrance, entered }: Admitted): Promise<Session> => {
  const session = await openEntered(entrance, entered);
  remember(session, entrance.secret);
  return session;
};

/** What is done until the door has answered: where this address has been open before, its copy is read. */
export const awaitDoor = (answered: Promise<Admitted>): void =>
  readBeforehand(decodeURIComponent(location.pathname.split("/")[2] ?? ""), answered);

/** Draws the whole page. */
export const drawStay = (session: Session, root: Element): void => render(<Workshop session={session} />, root);
