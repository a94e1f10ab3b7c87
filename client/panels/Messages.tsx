/** What the page has to say: one polite live region, short messages with a way back, banners while something is wrong. */
import { useSignalEffect } from "@preact/signals";
import type { FunctionComponent, TargetedFocusEvent } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { dialogsOpen } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { asFields } from "../sections/held.ts";
import type { Session } from "../session/session.ts";
import { aboveGroups } from "./above-groups.ts";
import { attempt } from "./attempt.ts";
import { download } from "./download.ts";
import { savedWords } from "./SavedMark.tsx";

/** Says each change of the saved mark once; what happens at every keystroke is no news. */
const useMarkSpoken = (session: Session): void => {
  const said = useRef<string>("saved");
  useSignalEffect(() => {
    const saved = session.saved.value;
    const state = saved.state === "read-only" ? saved.reason : saved.state;
    if (state === "saving" || state === said.current) return;
    said.current = state;
    session.announce(savedWords(saved), true);
  });
};

const Banner = ({ session }: { session: Session }) => {
  const saved = session.saved.value;
  // A freeze is told where nothing moves for it: see Calls.
  if (saved.state !== "read-only" || saved.reason === "capability" || saved.reason === "frozen") return null;
  const reload = saved.reason === "layout" || saved.reason === "epoch";
  const stuck =
    saved.reason === "too-large" ||
    saved.reason === "malformed" ||
    saved.reason === "withdrawn" ||
    saved.reason === "full";
  // Of a closed workshop nobody knows whether it will be opened again.
  const kept = saved.reason === "closed" && saved.changes > 0;
  return (
    <div class="banner-line warning" role="region" aria-label={t("banner-label")}>
      <p>{savedWords(saved)}</p>
      {kept && <p>{t("banner-unsent")}</p>}
      {reload && (
        <button type="button" class="button" onClick={() => location.reload()}>
          {t("banner-reload")}
        </button>
      )}
      {(stuck || kept) && (
        <button
          type="button"
          class="button"
          onClick={() => void attempt(session, () => download(session.latest(), "txt"))}
        >
          {t("banner-download")}
        </button>
      )}
    </div>
  );
};

const AsideBanner = ({ session }: { session: Session }) => {
  const aside = session.aside.value;
  if (!aside) return null;
  return (
    <div class="banner-line warning" role="region" aria-label={t("banner-label")}>
      <p>{t("banner-aside")}</p>
      <button
        type="button"
        class="button"
        onClick={() => void attempt(session, async () => download(await aside.read(), "txt"))}
      >
        {t("banner-download")}
      </button>
      <button type="button" class="button" onClick={() => void aside.forget()}>
        {t("banner-forget")}
      </button>
    </div>
  );
};

/** Says in which mode the page is, with the way out beside it. */
const StructureBanner = ({ session }: { session: Session }) =>
  session.structure.value && asFields(session) ? (
    <div class="banner-line banner-line--mode" role="region" aria-label={t("structure-label")}>
      <p>{t("structure-banner")}</p>
      <button type="button" class="button" onClick={() => (session.structure.value = false)}>
        {t("structure-done")}
      </button>
    </div>
  ) : null;

/** Said before it has to be: whoever is told only once nothing more is taken has written for nothing. */
const NearBanner = ({ session }: { session: Session }) =>
  session.size.value === "near" && session.canWrite.value ? (
    <div class="banner-line warning" role="region" aria-label={t("banner-label")}>
      <p>{t("banner-near-full")}</p>
    </div>
  ) : null;

export const Banners = ({ session }: { session: Session }) => (
  <>
    <StructureBanner session={session} />
    <Banner session={session} />
    <NearBanner session={session} />
    <AsideBanner session={session} />
  </>
);

const Notices = ({ session }: { session: Session }) => {
  /** Where one came from to the buttons of a message: there one goes back to when it is gone. */
  const from = useRef<HTMLElement>(null);
  const came = ({ currentTarget, relatedTarget }: TargetedFocusEvent<HTMLDivElement>): void => {
    if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    from.current = relatedTarget instanceof HTMLElement ? relatedTarget : null;
  };
  const close = (notice: number): void => {
    const start = (): HTMLElement | null =>
      document.querySelector("dialog[open] button") ?? document.querySelector("#main");
    (from.current?.isConnected ? from.current : start())?.focus({ preventScroll: true });
    session.dismiss(notice);
  };
  return (
    <div class={`notices${aboveGroups(session)}`} role="region" aria-label={t("notices-label")} onFocusIn={came}>
      {session.notices.value.map(({ id, text, undo }) => (
        <div key={id} class="notice-line">
          <p>{text}</p>
          {undo && (
            <button
              type="button"
              class="button"
              onClick={() => {
                undo();
                close(id);
              }}
            >
              {t("notices-undo")}
            </button>
          )}
          <button
            type="button"
            class="button button--quiet button--icon"
            aria-label={t("notices-dismiss")}
            onClick={() => close(id)}
          >
            <span aria-hidden="true">×</span>
          </button>
        </div>
      ))}
    </div>
  );
};

/** For `WithinDialogs`: what is said from now on, and the messages. */
export const useSaidWithin = (session: Session): FunctionComponent =>
  useMemo(
    () => () => {
      // What was said before the dialog opened is not said again.
      const before = useRef(session.spoken.peek());
      const words = session.spoken.value;
      return (
        <>
          <p class="unseen" role="status" aria-live="polite">
            {words === before.current ? "" : words}
          </p>
          <Notices session={session} />
        </>
      );
    },
    [session],
  );

export const Messages = ({ session }: { session: Session }) => {
  useMarkSpoken(session);
  return (
    <>
      <p class="unseen" role="status" aria-live="polite" data-spoken>
        {session.spoken.value}
      </p>
      {dialogsOpen.value === 0 && <Notices session={session} />}
    </>
  );
};
