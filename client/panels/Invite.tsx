/** Bringing people in: code, QR code and addresses for everybody; for managers the links themselves, given and withdrawn. */
import { useId } from "preact/hooks";
import { setMandate } from "../../document/edit/title.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { SharedInput } from "../sections/SharedInput.tsx";
import { attempt } from "./attempt.ts";
import { Copyable } from "./Copyable.tsx";
import { JoinCard } from "./JoinCard.tsx";
import { Links } from "./Links.tsx";

/** The old code leads nowhere from now on; whoever came by it stays. */
const renew = async (session: Session): Promise<void> => {
  const done = await attempt(session, () => session.request("POST", "/code"));
  if (done) session.notify(t("invite-renewed"));
};

/** What is told at the door: who will read this, what can change, by when. */
const Mandate = ({ session }: { session: Session }) => {
  const id = useId();
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {t("invite-mandate")}
      </label>
      <SharedInput
        session={session}
        id={id}
        class="input"
        shape="lines"
        value={session.minutes.value.mandate ?? ""}
        save={(text) => setMandate(session.doc, text.trim())}
        describedBy={`${id}-hint`}
      />
      <p class="field__hint" id={`${id}-hint`}>
        {t("invite-mandate-hint")}
      </p>
    </div>
  );
};

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
            {capability.value === "manage" && (
              <button type="button" class="button" onClick={() => void renew(session)}>
                {t("invite-renew")}
              </button>
            )}
          </div>
        )}
        {writes && address.value !== null && (
          <Copyable label={t("invite-write")} hint={t("invite-write-hint")} value={address.value} />
        )}
        <Copyable label={t("invite-read")} hint={t("invite-read-hint")} value={readAddress.value} />
        {capability.value === "manage" && <Mandate session={session} />}
        {capability.value === "manage" && <Links session={session} />}
      </div>
    </Dialog>
  );
};
