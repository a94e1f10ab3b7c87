/** The closing notice: its fixed text, the address to come back to, the short code and the QR code. */
import type { FunctionComponent } from "preact";
import type { NoticeSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { grouped } from "../panels/JoinCard.tsx";
import { QrCode } from "../panels/QrCode.tsx";
import type { Session } from "../session/session.ts";
import { useMinutesLanguage } from "./steady.ts";

/** The address shown is the one that invites to write, or to read for those who may not show more. */
export const NoticeBody: FunctionComponent<{ session: Session; section: NoticeSection }> = ({ session, section }) => {
  const address = session.address.value ?? session.readAddress.value;
  const language = useMinutesLanguage(session);
  const code = session.code.value;
  return (
    <div class="notice">
      <div class="notice__text">
        {section.text.split("\n").map((line, index) => (
          <p key={index} lang={language}>
            {line}
          </p>
        ))}
        <p class="notice__address">
          <a href={address}>{address}</a>
        </p>
        {code && (
          <p class="notice__code">
            <span class="overline">{t("notice-code")}</span> <strong>{grouped(code)}</strong>
          </p>
        )}
      </div>
      <QrCode text={address} label={t("notice-qr")} />
    </div>
  );
};
