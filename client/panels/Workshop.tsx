/** The whole page of a workshop: bar, outline, sheet, what stands beside it, and whichever panel is open over it. */
import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { lexiconShown } from "../editor/Words.tsx";
import { WithinDialogs } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { termsOf } from "../sections/terms.ts";
import type { Session } from "../session/session.ts";
import { Bar } from "./Bar.tsx";
import { Beside, hasBeside } from "./Beside.tsx";
import { Calls } from "./Calls.tsx";
import { keepFrozenFocus } from "./frozen-focus.ts";
import { comeIn, isAtDoor, Joining, Reminder } from "./Joining.tsx";
import { Banners, Messages, useSaidWithin } from "./Messages.tsx";
import { Outline } from "./Outline.tsx";
import { panel } from "./panel.ts";
import { bringPanels, panelsNow } from "./bring-panels.ts";
import { Sheet } from "./Sheet.tsx";
import { watchShortcuts } from "./shortcuts.ts";
import { Strip } from "./Strip.tsx";
import { useTitle } from "./titled.ts";

const Desk = ({ session }: { session: Session }) => {
  useEffect(() => watchShortcuts(session), [session]);
  useEffect(() => comeIn(session), [session]);
  useEffect(() => keepFrozenFocus(session), [session]);
  useEffect(() => bringPanels(session), [session]);
  const panels = panelsNow.value;
  if (panels && panel.value === "paper") return <panels.OnPaper session={session} />;
  return (
    <>
      <Bar session={session} />
      <Banners session={session} />
      <div class={hasBeside(session) ? "desk" : "desk desk--folded"}>
        <Outline session={session} />
        {hasBeside(session) && <Strip session={session} />}
        <Sheet session={session} />
        {hasBeside(session) && <Beside session={session} />}
      </div>
      <Reminder session={session} />
      {panels && <panels.Walk session={session} />}
      {hasBeside(session) && <Calls session={session} />}
      {panels && <panels.OpenPanel session={session} />}
    </>
  );
};

export const Workshop = ({ session }: { session: Session }) => {
  const atDoor = isAtDoor(session);
  // Only the title: the page as a whole is not drawn again at every keystroke.
  const title = useComputed(() => session.minutes.value.title).value || t("page-untitled");
  useSignalEffect(() => {
    lexiconShown.value = termsOf(session).value.find;
  });
  const onPaper = panel.value === "paper" && panelsNow.value !== undefined;
  useTitle(atDoor ? t("title-door", { title }) : onPaper ? t("title-paper", { title }) : title);
  useEffect(() => {
    // What had the focus, the form or the paper, is gone: the page begins again at its main part.
    if (!atDoor && document.activeElement === document.body)
      document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
  }, [atDoor, onPaper]);
  return (
    <WithinDialogs.Provider value={useSaidWithin(session)}>
      {atDoor ? <Joining session={session} /> : <Desk session={session} />}
      <Messages session={session} />
    </WithinDialogs.Provider>
  );
};
