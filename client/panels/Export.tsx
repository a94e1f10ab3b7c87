/** Taking the minutes away: a file in each format, or the address where they can be read. */
import { useState } from "preact/hooks";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";
import { Copyable } from "./Copyable.tsx";
import { download, EXTENSIONS, type Extension } from "./download.ts";

export const Export = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const [busy, setBusy] = useState<Extension>();
  const take = async (extension: Extension): Promise<void> => {
    setBusy(extension);
    const done = await attempt(session, async () => {
      await download(session.latest(), extension, session.readAddress.value);
      return true;
    });
    setBusy(undefined);
    if (done) session.announce(t("export-done"));
  };
  return (
    <Dialog heading={t("export-heading")} onClose={onClose}>
      <ul class="choices">
        {EXTENSIONS.map((extension) => (
          <li key={extension}>
            <button
              type="button"
              class="button choices__one"
              aria-busy={busy === extension}
              onClick={() => void take(extension)}
            >
              <b>{t(`export-${extension}`)}</b>
              <span class="soft small">{t(`export-${extension}-hint`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Copyable label={t("export-address")} hint={t("export-address-hint")} value={session.readAddress.value} />
    </Dialog>
  );
};
