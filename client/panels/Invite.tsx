/** Bringing people in: code, QR code and addresses for everybody; for managers the links themselves, given and withdrawn. */
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { Copyable } from "./Copyable.tsx";
import { JoinCard } from "./JoinCard.tsx";
import { Links } from "./Links.tsx";

export const Invite = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const { address, readAddress, code, capability } = session;
  // Where this link may not show more, the address it is given is the one for reading.
  const writes = address.value !== null && address.value !== readAddress.value;
  return (
    <Dialog heading={t("invite-heading")} onClose={onClose}>
      <div class="form">
        {code.value !== null && (
          <div class="invite">
            <JoinCard session={session} />
            <p class="soft">{t("invite-code-hint")}</p>
          </div>
        )}
        {writes && address.value !== null && (
          <Copyable label={t("invite-write")} hint={t("invite-write-hint")} value={address.value} />
        )}
        <Copyable label={t("invite-read")} hint={t("invite-read-hint")} value={readAddress.value} />
        {capability.value === "manage" && <Links session={session} />}
      </div>
    </Dialog>
  );
};
