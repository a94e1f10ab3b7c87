/** What the server keeps of oneself in this workshop: to see, to take away, to change. */
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../home/Dialog.tsx";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { offer } from "./download.ts";
import { panel } from "./panel.ts";

interface KeptOfMe {
  visitor: { name: string; organisation: string } | null;
  since: string | null;
  entries: { count: number };
  texts: readonly { section: string; heading: string; text: string }[];
}

/** Many fonts lack the narrow space that French puts between thousands. */
const figure = (count: number): string => count.toLocaleString(language.value).replaceAll("\u202F", "\u00A0");

const moment = (iso: string): string =>
  new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : language.value, {
    dateStyle: "long",
    timeStyle: "short",
  }).format(new Date(iso));

const Facts = ({ kept: { visitor, since, entries, texts } }: { kept: KeptOfMe }) => (
  <>
    <dl class="kept">
      <dt>{t("kept-name")}</dt>
      <dd>{visitor?.name || t("kept-none")}</dd>
      <dt>{t("kept-organisation")}</dt>
      <dd>{visitor?.organisation || t("kept-none")}</dd>
      <dt>{t("kept-since")}</dt>
      <dd>{since && moment(since)}</dd>
      <dt>{t("kept-changes")}</dt>
      <dd>{figure(entries.count)}</dd>
    </dl>
    <h3>{t("kept-texts")}</h3>
    {texts.length === 0 && <p class="soft">{t("kept-no-texts")}</p>}
    <ul>
      {texts.map(({ heading, text }, index) => (
        <li key={index}>
          {heading && <b>{heading}</b>} {text}
        </li>
      ))}
    </ul>
  </>
);

export const Kept = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const [kept, setKept] = useState<KeptOfMe>();
  const [mistake, setMistake] = useState<string>();
  const attempt = async (what: () => Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (error) {
      setMistake((error instanceof Error && "code" in error && error.message) || t("kept-failed"));
    }
  };
  useEffect(() => {
    void attempt(async () => {
      const answer = await session.request("GET", "/contributions");
      setKept((await answer.json()) as KeptOfMe);
    });
  }, [session]);
  const unname = (): Promise<void> =>
    attempt(async () => {
      await session.rename("", "");
      session.announce(t("kept-unnamed"));
      onClose();
    });
  const take = (): void => {
    offer(new Blob([JSON.stringify(kept, undefined, 2)], { type: "application/json" }), "minutier.json");
  };
  const known = kept !== undefined && kept.since !== null;
  return (
    <Dialog heading={t("kept-mine")} onClose={onClose}>
      {mistake !== undefined && (
        <p class="field__mistake" role="alert">
          {mistake}
        </p>
      )}
      {!kept && mistake === undefined && <p class="soft">{t("kept-loading")}</p>}
      {kept && !known && <p>{t("kept-nothing")}</p>}
      {known && <Facts kept={kept} />}
      {known && (
        <div class="buttons">
          <button type="button" class="button button--primary" onClick={take}>
            {t("kept-download")}
          </button>
          <button type="button" class="button" onClick={() => (panel.value = "name")}>
            {t("kept-rename")}
          </button>
          <button type="button" class="button" disabled={!kept.visitor?.name} onClick={() => void unname()}>
            {t("kept-unname")}
          </button>
        </div>
      )}
      <p class="small">
        <a class="link--line" href={`/privacy?lang=${language.value}`} target="_blank" rel="noreferrer">
          {t("kept-more")}
        </a>
      </p>
    </Dialog>
  );
};
