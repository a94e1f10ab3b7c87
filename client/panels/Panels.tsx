/** What opens over the workshop, and what is printed: it comes behind the editor, or when it is first asked for. */
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { Duplicate } from "./Duplicate.tsx";
import { Export } from "./Export.tsx";
import { Facilitate } from "./Facilitate.tsx";
import { Glossary } from "./Glossary.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { Invite } from "./Invite.tsx";
import { Kept } from "./Kept.tsx";
import { Keys } from "./Keys.tsx";
import { NameForm } from "./NameForm.tsx";
import { Paper } from "./Paper.tsx";
import { panel } from "./panel.ts";
import { PeopleList } from "./People.tsx";
import { Review } from "./Review.tsx";
import { StatePanel } from "./StatePanel.tsx";

export { Walk } from "./Review.tsx";

export const OpenPanel = ({ session }: { session: Session }) => {
  const { value: open } = panel;
  // What is answered late closes nothing that was opened meanwhile.
  const close = (): void => {
    if (panel.peek() === open) panel.value = undefined;
  };
  switch (open) {
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

/** Takes the place of the page. */
export const OnPaper = ({ session }: { session: Session }) => (
  <Paper session={session} onClose={() => (panel.value = undefined)} />
);
