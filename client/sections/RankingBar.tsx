/** What made a ranking, and for whoever facilitates: confirming what the picks say, and letting them speak again. */
import type { FunctionComponent } from "preact";
import { confirmRanking } from "../../document/edit/ranking.ts";
import { isTied } from "../../minutes/tally.ts";
import type { Picking, RankingSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";

interface BarProps {
  session: Session;
  section: RankingSection;
  /** The pick of the list it ranks, if there was one. */
  pick: Picking | undefined;
}

/** Draws nothing where no pick has anything to do with it. */
export const RankingBar: FunctionComponent<BarProps> = ({ session, section, pick }) => {
  if (!pick) return null;
  const facilitates = session.canWrite.value && session.capability.value === "manage";
  const ids = [...section.ranked, ...section.overflow].map(({ id }) => id);
  const settle = (): void => {
    session.undo.stopCapturing();
    confirmRanking(session.doc, section.id, ids);
    session.notify(t("ranking-confirmed"), () => confirmRanking(session.doc, section.id, []));
  };
  const release = (): void => {
    session.undo.stopCapturing();
    confirmRanking(session.doc, section.id, []);
    session.notify(t("ranking-released"), () => confirmRanking(session.doc, section.id, ids));
  };
  if (!section.picked) {
    if (!facilitates || ids.length === 0) return null;
    return (
      <div class="ranking__bar">
        <button type="button" class="button button--quiet button--small" onClick={release}>
          {t("ranking-release")}
        </button>
      </div>
    );
  }
  const secret = pick.open && pick.hidden;
  const last = section.ranked.at(-1);
  const undecided = section.ranked.length > section.size && last !== undefined && isTied(last, section.ranked);
  return (
    <div class="ranking__bar">
      <p class="soft small">
        {t(secret ? "ranking-secret" : pick.open ? "ranking-filling" : "ranking-to-confirm")}
        {undecided && <b class="ranking__undecided"> {t("ranking-undecided", { count: section.size })}</b>}
      </p>
      {facilitates && ids.length > 0 && (
        <button type="button" class={`button button--small${pick.open ? "" : " button--primary"}`} onClick={settle}>
          {t("ranking-confirm")}
        </button>
      )}
    </div>
  );
};
