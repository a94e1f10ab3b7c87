/** How to join: the QR code for the camera, the short code for the keyboard, the address where it is typed. */
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { QrCode } from "./QrCode.tsx";

/** `KTF4M2` → `KTF 4M2`: read aloud and typed in two breaths. */
export const grouped = (code: string): string => code.replace(/^(.{3})(?=.)/u, "$1\u00A0");

/** Where the code is typed; "/j" stays with what comes before it, for whoever sees it stand alone does not type it. */
export const JoinPlace = ({ host }: { host: string }) => {
  const parts = `${host}/j`.split(/(?<=[.:])/u);
  const last = parts.pop();
  return (
    <>
      {parts.join("")}
      <wbr />
      <span class="join-place">{last}</span>
    </>
  );
};

/** What the QR code leads to: the code while there is one, else the address for writing; null where nobody can be invited. */
export const joinAddress = ({ code, address, readAddress }: Session): string | null =>
  code.value === null ? address.value : `${new URL(readAddress.value, location.href).origin}/j/${code.value}`;

/** Draws nothing where nobody can be invited. */
export const JoinCard = ({ session }: { session: Session }) => {
  const code = session.code.value;
  const address = joinAddress(session);
  if (address === null) return null;
  return (
    <div class="join-card">
      <QrCode text={address} label={t("join-qr")} />
      <div>
        {code !== null && (
          <p class="join-card__code" aria-label={t("join-code", { code: code.split("").join(" ") })}>
            {grouped(code)}
          </p>
        )}
        <p class="soft small join-card__where">
          {code === null ? t("join-scan") : <JoinPlace host={new URL(address).host} />}
        </p>
      </div>
    </div>
  );
};
