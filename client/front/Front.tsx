/** The page of a workshop as it is seen first: everything there is to read, where it will stand, and the door. */
import { useEffect } from "preact/hooks";
import { hasBeside, Beside } from "../panels/Beside.tsx";
import { isAtDoor, Joining, type Begun } from "../panels/Joining.tsx";
import { Banners, Messages } from "../panels/Messages.tsx";
import { Outline } from "../panels/Outline.tsx";
import { Strip } from "../panels/Strip.tsx";
import { useTitle } from "../panels/titled.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { minutesBelow } from "./below.ts";
import { FrontBar } from "./FrontBar.tsx";
import { FrontSheet } from "./FrontSheet.tsx";

const FrontDesk = ({ session }: { session: Session }) => (
  <>
    <FrontBar session={session} />
    <Banners session={session} />
    <div class={hasBeside(session) ? "desk" : "desk desk--folded"}>
      <Outline session={session} />
      {hasBeside(session) && <Strip session={session} />}
      <FrontSheet session={session} />
      {hasBeside(session) && <Beside session={session} />}
    </div>
  </>
);

export const Front = ({ session, begun }: { session: Session; begun?: Begun }) => {
  const atDoor = isAtDoor(session);
  const title = session.minutes.value.title || t("page-untitled");
  useTitle(atDoor ? t("title-door", { title }) : title);
  useEffect(() => {
    // The form that had the focus is gone: the page begins again at its main part.
    if (!atDoor && document.activeElement === document.body)
      document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
  }, [atDoor]);
  return (
    <>
      {atDoor ? <Joining session={session} begun={begun} /> : !minutesBelow() && <FrontDesk session={session} />}
      <Messages session={session} />
    </>
  );
};
