/** A fresh workshop like this one: its structure alone or with its text; or its structure kept as a template here. */
import { useState } from "preact/hooks";
import type { WorkshopAnswer } from "../../document/session.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { focusFirst } from "../sections/drawn.ts";
import { rememberWorkshop } from "../session/known.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";
import { Copyable } from "./Copyable.tsx";

const KINDS = ["structure", "text", "template"] as const;
type Kind = (typeof KINDS)[number];

export const Duplicate = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const [made, setMade] = useState<{ kind: Kind; address: string }>();
  const [busy, setBusy] = useState<Kind>();

  const make = async (kind: Kind): Promise<void> => {
    setBusy(kind);
    const wanted = { text: kind === "text", kind: kind === "template" ? "template" : "workshop" };
    const answer = await attempt(session, async () => {
      const response = await session.request("POST", "/duplicates", wanted);
      return (await response.json()) as WorkshopAnswer;
    });
    setBusy(undefined);
    if (!answer) return onClose();
    rememberWorkshop({
      id: answer.id,
      title: session.minutes.value.title,
      link: answer.links.manage,
      capability: "manage",
      visited: session.now().toISOString(),
    });
    setMade({ kind, address: answer.addresses.manage });
  };

  return (
    <Dialog heading={t("duplicate-heading")} onClose={onClose}>
      {made ? (
        <div class="form">
          <p role="status">{t(made.kind === "template" ? "duplicate-template-made" : "duplicate-made")}</p>
          <Copyable label={t("duplicate-address")} hint={t("duplicate-address-hint")} value={made.address} />
          <p class="buttons">
            <a ref={focusFirst} class="button button--primary" href={made.address} target="_blank" rel="noopener">
              {t("duplicate-open")}
            </a>
          </p>
        </div>
      ) : (
        <ul class="choices">
          {KINDS.map((kind) => (
            <li key={kind}>
              <button
                type="button"
                class="button choices__one"
                disabled={busy !== undefined}
                aria-busy={busy === kind}
                onClick={() => void make(kind)}
              >
                <b>{t(`duplicate-${kind}`)}</b>
                <span class="soft small">{t(`duplicate-${kind}-hint`)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
};
