/** The history over the workshop: what shows it comes when somebody first asks for it. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";
import type { History } from "./History.tsx";

const come = signal<typeof History | undefined>(undefined);

export const HistoryPanel = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  useEffect(() => {
    void attempt(session, async () => {
      come.value ??= (await import("./History.tsx")).History;
    });
  }, [session]);
  const Shown = come.value;
  return (
    <Dialog heading={t("history-heading")} wide onClose={onClose}>
      {Shown ? <Shown session={session} onClose={onClose} /> : <p class="soft">{t("history-loading")}</p>}
    </Dialog>
  );
};
