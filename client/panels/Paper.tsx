/** For the room without screens: a table tent that tells how to join, and a blank form, as they come out of a printer. */
import type { FunctionComponent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { plainText } from "../../minutes/plain.ts";
import type { Minutes } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { grouped, joinAddress } from "./JoinCard.tsx";
import { PaperForm } from "./PaperForm.tsx";
import { QrCode } from "./QrCode.tsx";

/** The question that is worked on: what the first text of the minutes says. */
const questionOf = ({ sections }: Minutes): string => {
  const first = sections.find((section) => section.kind === "prose");
  return first ? plainText(first.body).trim() : "";
};

/** One side of the tent. Folded in the middle it stands, and both sides of the table read it. */
const Side: FunctionComponent<{ session: Session; turned?: boolean }> = ({ session, turned = false }) => {
  const minutes = session.minutes.value;
  const code = session.code.value;
  const address = joinAddress(session);
  const question = questionOf(minutes);
  return (
    <div class={`tent__side${turned ? " tent__side--turned" : ""}`} aria-hidden={turned}>
      <div class="tent__words">
        <p class="tent__title" lang={minutes.language}>
          {minutes.title || t("page-untitled")}
        </p>
        {question !== "" && (
          <p class="tent__question" lang={minutes.language}>
            {question}
          </p>
        )}
        {address !== null && (
          <p class="tent__how">{code === null ? t("join-scan") : t("paper-join", { host: new URL(address).host })}</p>
        )}
        {code !== null && <p class="tent__code">{grouped(code)}</p>}
        {/* Whoever has no camera at hand can still type it, long as it is. */}
        {code === null && address !== null && <p class="tent__address">{address}</p>}
      </div>
      {address !== null && <QrCode text={address} label={t("join-qr")} />}
    </div>
  );
};

export const Paper: FunctionComponent<{ session: Session; onClose: () => void }> = ({ session, onClose }) => {
  const minutes = session.minutes.value;
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus(), []);
  return (
    <main id="main" class="papers" tabIndex={-1} ref={main}>
      <header class="papers__head">
        <h1>{t("paper-heading")}</h1>
        <p class="soft">{t("paper-lead")}</p>
        <div class="buttons">
          <button type="button" class="button button--primary" onClick={() => print()}>
            {t("paper-print")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {t("paper-back")}
          </button>
        </div>
      </header>
      <section class="leaf tent" aria-label={t("paper-tent")}>
        <Side session={session} turned />
        <Side session={session} />
      </section>
      <section class="leaf form-paper" aria-label={t("paper-form")} lang={minutes.language}>
        {minutes.subtitle && <p class="overline">{minutes.subtitle}</p>}
        <p class="form-paper__title">{minutes.title || t("page-untitled")}</p>
        <PaperForm sections={minutes.sections} language={minutes.language} />
      </section>
    </main>
  );
};
