/** The history of a workshop: moments by day, who wrote, versions with their names; one of them is looked at in its place. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { HistoryAnswer } from "../../document/history.ts";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";
import { MomentView } from "./MomentView.tsx";
import { dayOf, momentsOf, timesOf, titleOf, whoOf, type Moment } from "./moments.ts";
import { NameVersion } from "./NameVersion.tsx";

/** All pages so far as one. */
const joined = (before: HistoryAnswer, older: HistoryAnswer): HistoryAnswer => ({
  ...before,
  stretches: [...before.stretches, ...older.stretches],
  versions: [...before.versions, ...older.versions],
  next: older.next,
});

const Row = ({ moment, names, onLook }: { moment: Moment; names: ReadonlyMap<string, string>; onLook: () => void }) => (
  <li data-row={moment.key}>
    <button type="button" class={`history__one ${moment.version ? "history__one--version" : ""}`} onClick={onLook}>
      <span class="history__time">{timesOf(moment)}</span>
      <span>
        {moment.version && <b class="history__name">{titleOf(moment)}</b>}
        <span class={moment.version ? "soft small" : ""}>{whoOf(moment, names)}</span>
      </span>
    </button>
  </li>
);

export const History = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const [known, setKnown] = useState<HistoryAnswer>();
  const [busy, setBusy] = useState(false);
  const [looking, setLooking] = useState<Moment>();
  const list = useRef<HTMLDivElement>(null);
  /** The row that takes the focus when it is drawn: where one came from, or the first that was asked for. */
  const wanted = useRef<string>(undefined);
  useLayoutEffect(() => {
    const row = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])].find(
      (each) => each.dataset["row"] === wanted.current,
    );
    if (!row) return;
    row.querySelector("button")?.focus();
    wanted.current = undefined;
  });

  const fetchPage = async (before?: number): Promise<HistoryAnswer> => {
    const answer = await session.request("GET", before === undefined ? "/history" : `/history?before=${before}`);
    return (await answer.json()) as HistoryAnswer;
  };
  const load = async (older?: HistoryAnswer): Promise<void> => {
    setBusy(true);
    await attempt(session, async () => {
      const page = await fetchPage(older?.next ?? undefined);
      if (older) wanted.current = momentsOf(page)[0]?.key;
      setKnown(older ? joined(older, page) : page);
    });
    setBusy(false);
  };
  useEffect(() => void load(), [session]);

  if (!known) return <p class="soft">{t("history-loading")}</p>;
  const names = new Map(known.visitors.map(({ id, name }) => [id, name]));
  if (looking) {
    const back = (): void => {
      wanted.current = looking.key;
      setLooking(undefined);
    };
    const named = async (): Promise<void> => {
      back();
      await load();
    };
    return (
      <MomentView session={session} moment={looking} names={names} onBack={back} onNamed={named} onClose={onClose} />
    );
  }
  const days = Map.groupBy(momentsOf(known), (moment) => dayOf(moment, language.value));
  return (
    <div class="history" ref={list}>
      <p class="soft">{t("history-lead")}</p>
      {session.capability.value === "manage" && (
        <NameVersion session={session} label={t("history-name-now")} onNamed={() => load()} />
      )}
      {[...days].map(([day, moments]) => (
        <section key={day} aria-label={day}>
          <h3 class="overline">{day}</h3>
          <ul class="history__list">
            {moments.map((moment) => (
              <Row key={moment.key} moment={moment} names={names} onLook={() => setLooking(moment)} />
            ))}
          </ul>
        </section>
      ))}
      {known.next !== null && (
        <button type="button" class="button" aria-busy={busy} onClick={() => void load(known)}>
          {t("history-older")}
        </button>
      )}
    </div>
  );
};
