/** The bar at the top before the stay is here: what it leads to opens as soon as it can. */
import { atLeast } from "../../document/session.ts";
import { t } from "../language.ts";
import { panel, type Panel } from "../panels/panel.ts";
import { Discs } from "../panels/People.tsx";
import { isNarrow, placeIn } from "../panels/place.ts";
import { SavedMark } from "../panels/SavedMark.tsx";
import { projectorAddress } from "../session/fragment.ts";
import type { Session } from "../session/session.ts";
import { Later } from "./Later.tsx";

interface BarProps {
  session: Session;
}

const opens = (name: Panel) => (): void => {
  panel.value = name;
};

const State = ({ session }: BarProps) => {
  const state = session.state.value;
  const words = t(`state-${state}`);
  if (session.capability.value !== "manage") return <span class={`state state--${state}`}>{words}</span>;
  return (
    <button type="button" class={`state state--${state} state--button`} aria-haspopup="dialog" onClick={opens("state")}>
      <span class="bar__state-words">{words}</span>
      <span class="unseen"> ({t("bar-change-state")})</span>
    </button>
  );
};

const Title = ({ session }: BarProps) => {
  const { title, sections, language: lang } = session.minutes.value;
  const Element = isNarrow() && placeIn(sections) !== sections[0]?.id ? "h1" : "p";
  return (
    <Element class="bar__title" {...(title && { lang, title })}>
      {title || t("page-untitled")}
    </Element>
  );
};

export const FrontBar = ({ session }: BarProps) => (
  <header class="bar">
    <a class="brand bar__brand" href="/">
      {t("page-name")}
    </a>
    <State session={session} />
    <Title session={session} />
    <SavedMark session={session} />
    <Discs session={session} onOpen={opens("people")} />
    <div class="bar__tools">
      {session.canWrite.value &&
        (["↶", "↷"] as const).map((sign) => (
          <button
            key={sign}
            type="button"
            class="button button--quiet button--icon"
            aria-label={t(sign === "↶" ? "undo-undo" : "undo-redo")}
            aria-disabled
          >
            <span aria-hidden="true">{sign}</span>
          </button>
        ))}
      {atLeast(session.capability.value, "write") && (
        <button type="button" class="button bar__roomy" aria-haspopup="dialog" onClick={opens("history")}>
          {t("history-heading")}
        </button>
      )}
      <button type="button" class="button" aria-haspopup="dialog" onClick={opens("export")}>
        {t("bar-export")}
      </button>
      <a
        class="button"
        href={projectorAddress(session.address.value, session.readAddress.value)}
        target="_blank"
        rel="noopener"
      >
        {t("bar-project")}
      </a>
      <button type="button" class="button button--primary" aria-haspopup="dialog" onClick={opens("invite")}>
        {t("bar-invite")}
      </button>
    </div>
    <Later menu label={t("bar-menu")} class="button--quiet button--icon menu__button">
      ⋯
    </Later>
  </header>
);
