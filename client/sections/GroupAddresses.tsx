/** One QR code for each group: it opens the workshop at that group, for whoever scans it. */
import type { FunctionComponent } from "preact";
import type { ItemsSection } from "../../minutes/value.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { grouped } from "../panels/JoinCard.tsx";
import { QrCode } from "../panels/QrCode.tsx";
import { groupFragment, projectorAddress } from "../session/fragment.ts";
import type { Session } from "../session/session.ts";

interface AddressesProps {
  session: Session;
  section: ItemsSection;
  onClose: () => void;
}

/** The short code while there is one: it gives each person a link of their own. */
const addressesOf = (session: Session, section: string, group: string): { join: string; projector: string } => {
  const code = session.code.value;
  const place = groupFragment({ section, group });
  const read = new URL(session.readAddress.value, location.href);
  const write = session.address.value ?? session.readAddress.value;
  return {
    join: code === null ? (write.includes("#") ? write + place : write) : `${read.origin}/j/${code}#${place}`,
    projector: projectorAddress(session.address.value, read.href, { section, group }),
  };
};

export const GroupAddresses: FunctionComponent<AddressesProps> = ({ session, section, onClose }) => (
  <Dialog heading={t("groups-addresses-heading")} wide onClose={onClose}>
    <p class="soft">{t("groups-addresses-hint")}</p>
    <ul class="group-cards">
      {section.groups.map(({ id, letter, text }) => {
        const { join, projector } = addressesOf(session, section.id, id);
        return (
          <li key={id} class="card group-card">
            <h3 class="group-card__name">
              {t("groups-group", { letter })}
              {text.trim() !== "" && <span class="soft"> · {text}</span>}
            </h3>
            <QrCode text={join} label={t("groups-qr", { letter })} />
            {session.code.value !== null && <p class="group-card__code">{grouped(session.code.value)}</p>}
            <p class="small">
              <a href={projector} target="_blank" rel="noreferrer">
                {t("groups-projector")}
              </a>
            </p>
          </li>
        );
      })}
    </ul>
  </Dialog>
);
