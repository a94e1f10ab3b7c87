/** What stands beside the sheet while people are together: how to join, what just happened, who is here. */
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { JoinCard } from "./JoinCard.tsx";
import { PeopleList } from "./People.tsx";

const NEWS = 4;

/** Whether it has anything to say at all; it folds away when the workshop is over. */
export const hasBeside = (session: Session): boolean =>
  session.kind === "workshop" && (session.state.value === "live" || session.state.value === "prepared");

export const Beside = ({ session }: { session: Session }) => (
  <aside class="beside" aria-label={t("beside-label")}>
    {session.code.value !== null && (
      <section class="card">
        <h2 class="overline">{t("beside-join")}</h2>
        <JoinCard session={session} />
      </section>
    )}
    {session.news.value.length > 0 && (
      <section class="card">
        <h2 class="overline">{t("beside-news")}</h2>
        <ul class="news">
          {session.news.value.slice(0, NEWS).map(({ id, who, what }) => (
            <li key={id}>
              <b>{who}</b> {what}
            </li>
          ))}
        </ul>
      </section>
    )}
    <section class="card">
      <h2 class="overline">{t("beside-people")}</h2>
      <PeopleList session={session} />
    </section>
  </aside>
);
