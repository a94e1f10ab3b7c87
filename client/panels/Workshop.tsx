/** The whole page of a workshop: bar, outline, sheet, what stands beside it, and whichever panel is open. */
import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { lexiconShown } from "../editor/Words.tsx";
import { Dialog, WithinDialogs } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { termsOf } from "../sections/terms.ts";
import type { Session } from "../session/session.ts";
import { Bar } from "./Bar.tsx";
import { Beside, hasBeside } from "./Beside.tsx";
import { Calls } from "./Calls.tsx";
import { Duplicate } from "./Duplicate.tsx";
import { Export } from "./Export.tsx";
import { Facilitate } from "./Facilitate.tsx";
import { keepFrozenFocus } from "./frozen-focus.ts";
import { Glossary } from "./Glossary.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { Invite } from "./Invite.tsx";
import { comeIn, isAtDoor, Joining, Reminder } from "./Joining.tsx";
import { Kept } from "./Kept.tsx";
import { Keys } from "./Keys.tsx";
import { Banners, Messages, useSaidWithin } from "./Messages.tsx";
import { NameForm } from "./NameForm.tsx";
import { Outline } from "./Outline.tsx";
import { Paper } from "./Paper.tsx";
import { panel } from "./panel.ts";
import { PeopleList } from "./People.tsx";
import { Review, Walk } from "./Review.tsx";
import { Sheet } from "./Sheet.tsx";
import { watchShortcuts } from "./shortcuts.ts";
import { StatePanel } from "./StatePanel.tsx";
import { Strip } from "./Strip.tsx";
import { useTitle } from "./titled.ts";

const close = (): void => {
  panel.value = undefined;
};

const OpenPanel = ({ session }: { session: Session }) => {
  switch (panel.value) {
    case "invite":
      return <Invite session={session} onClose={close} />;
    case "export":
      return <Export session={session} onClose={close} />;
    case "duplicate":
      return <Duplicate session={session} onClose={close} />;
    case "state":
      return <StatePanel session={session} onClose={close} />;
    case "review":
      return <Review session={session} onClose={close} />;
    case "facilitate":
      return <Facilitate session={session} onClose={close} />;
    case "keys":
      return <Keys onClose={close} />;
    case "people":
      return (
        <Dialog heading={t("beside-people")} onClose={close}>
          <PeopleList session={session} />
        </Dialog>
      );
    case "glossary":
      return <Glossary session={session} onClose={close} />;
    case "history":
      return <HistoryPanel session={session} onClose={close} />;
    case "kept":
      return <Kept session={session} onClose={close} />;
    case "name":
      return (
        <Dialog heading={t("bar-name")} onClose={close}>
          <NameForm session={session} {...session.visitor.value} focus action={t("name-keep")} onDone={close} />
        </Dialog>
      );
    default:
      return null;
  }
};

const Desk = ({ session }: { session: Session }) => {
  useEffect(() => watchShortcuts(session), [session]);
  useEffect(() => comeIn(session), [session]);
  useEffect(() => keepFrozenFocus(session), [session]);
  if (panel.value === "paper") return <Paper session={session} onClose={close} />;
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
      <Walk session={session} />
      {hasBeside(session) && <Calls session={session} />}
      <OpenPanel session={session} />
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
  const onPaper = panel.value === "paper";
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
