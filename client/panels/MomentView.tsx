/** One moment of the past, to read: what has gone since and what is new beside it, a name for it, and the way back to it. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { RestoreAnswer } from "../../document/history.ts";
import { compareMinutes, type Passage } from "../../minutes/formats/compared.ts";
import type { Minutes } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";
import { titleOf, whoOf, type Moment } from "./moments.ts";
import { NameVersion } from "./NameVersion.tsx";

interface MomentProps {
  session: Session;
  moment: Moment;
  names: ReadonlyMap<string, string>;
  onBack: () => void;
  onNamed: () => Promise<void>;
  onClose: () => void;
}

/** Told by a line and by a word that is heard, never by colour alone. */
const Words = ({ passages, compared }: { passages: readonly Passage[]; compared: boolean }) => (
  <>
    {passages.map(({ text, since }, index) => {
      if (since === "kept" || (since === "gone" && !compared)) return text;
      if (!compared) return null;
      const Element = since === "gone" ? "del" : "ins";
      return (
        <Element key={index} class={`moment__${since}`}>
          <span class="unseen"> [{t(`history-${since}`)}] </span>
          {text}
        </Element>
      );
    })}
  </>
);

const differing = (gone: number, added: number): string =>
  t("history-difference", {
    gone: t("history-difference-gone", { count: gone }),
    added: t("history-difference-new", { count: added }),
  });

const isShown = (passages: readonly Passage[], compared: boolean): boolean =>
  compared || passages.some(({ since }) => since !== "new");

const Reading = ({ session, past }: { session: Session; past: Minutes }) => {
  const [compared, setCompared] = useState(true);
  // As they stood when one began to look: lines must not move under whoever reads.
  const difference = useMemo(() => compareMinutes(past, session.latest()), [past]);
  const { title, sections, gone, added } = difference;
  return (
    <>
      <p>{gone + added === 0 ? t("history-same") : differing(gone, added)}</p>
      {gone + added > 0 && (
        <label class="choice">
          <input type="checkbox" checked={compared} onChange={(event) => setCompared(event.currentTarget.checked)} />
          {t("history-compare")}
        </label>
      )}
      {compared && gone + added > 0 && (
        <p class="small moment__legend">
          <del class="moment__gone">{t("history-gone")}</del> <ins class="moment__new">{t("history-new")}</ins>
        </p>
      )}
      {/* It scrolls, so a keyboard has to reach it. */}
      <div class="moment__sheet" lang={past.language} tabIndex={0} role="group" aria-label={t("history-minutes")}>
        <h3>
          <Words passages={title} compared={compared} />
        </h3>
        {sections.map(({ id, since, heading, lines }) =>
          since === "new" && !compared ? null : (
            <section key={id}>
              <h4 dir="auto">
                <Words passages={heading} compared={compared} />
              </h4>
              {lines.map((line, index) =>
                isShown(line, compared) ? (
                  <p key={index} dir="auto">
                    <Words passages={line} compared={compared} />
                  </p>
                ) : null,
              )}
            </section>
          ),
        )}
      </div>
    </>
  );
};

const Return = ({ session, moment, onClose }: Pick<MomentProps, "session" | "moment" | "onClose">) => {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const sure = useRef<HTMLParagraphElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (asked) sure.current?.focus();
    else if (was.current) ask.current?.focus();
    was.current = asked;
  }, [asked]);

  const goTo = async (body: { seq: number; since?: number }): Promise<RestoreAnswer | undefined> =>
    attempt(session, async () => {
      const answer = await session.request("POST", "/restore", body);
      return (await answer.json()) as RestoreAnswer;
    });
  const go = async (): Promise<void> => {
    setBusy(true);
    const done = await goTo({ seq: moment.seq });
    setBusy(false);
    if (!done) return;
    onClose();
    const { seq } = done;
    if (seq === null) return session.notify(t("history-already"));
    const undo = async (): Promise<void> => {
      // What was written since stays.
      if (await goTo({ seq: seq - 1, since: seq })) session.announce(t("history-undone"));
    };
    session.notify(t("history-done", { name: titleOf(moment) }), () => void undo());
  };
  if (!asked) {
    return (
      <button ref={ask} type="button" class="button button--primary" onClick={() => setAsked(true)}>
        {t("history-return")}
      </button>
    );
  }
  return (
    <div class="history__sure">
      <p tabIndex={-1} ref={sure}>
        {t("history-sure")}
      </p>
      <div class="buttons">
        <button type="button" class="button button--primary" aria-busy={busy} disabled={busy} onClick={() => void go()}>
          {t("history-return")}
        </button>
        <button type="button" class="button" onClick={() => setAsked(false)}>
          {t("history-stay")}
        </button>
      </div>
    </div>
  );
};

export const MomentView = ({ session, moment, names, onBack, onNamed, onClose }: MomentProps) => {
  const [past, setPast] = useState<Minutes>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void attempt(session, async () => {
      const answer = await session.request("GET", `/history/${moment.seq}`);
      setPast((await answer.json()) as Minutes);
    });
  }, [moment]);
  const { version } = moment;
  return (
    <div class="history">
      <button type="button" class="button button--quiet history__back" onClick={onBack}>
        ← {t("history-back")}
      </button>
      <div>
        <h3 class="history__title" tabIndex={-1} ref={heading}>
          {titleOf(moment)}
        </h3>
        <p class="soft small">{whoOf(moment, names)}</p>
      </div>
      {past ? <Reading session={session} past={past} /> : <p class="soft">{t("history-loading")}</p>}
      {session.capability.value === "manage" && past && (
        <>
          <Return session={session} moment={moment} onClose={onClose} />
          <NameVersion
            session={session}
            label={t("history-name-this")}
            seq={moment.seq}
            name={version?.kind === "named" ? version.name : ""}
            onNamed={onNamed}
          />
        </>
      )}
    </div>
  );
};
