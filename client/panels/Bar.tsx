/** The bar at the top: where one is, whether it is saved, who is here, and the way to every panel. */
import { atLeast } from "../../document/session.ts";
import { chooseLanguage, language, t } from "../language.ts";
import { Menu, type MenuEntry } from "../sections/Menu.tsx";
import { projectorAddress } from "../session/fragment.ts";
import type { Session } from "../session/session.ts";
import { hasBeside } from "./Beside.tsx";
import { explain } from "./explaining.ts";
import { panel, type Panel } from "./panel.ts";
import { Discs } from "./People.tsx";
import { isNarrow, placeIn } from "./place.ts";
import { SavedMark } from "./SavedMark.tsx";
import { chooseTheme, nextTheme } from "./theme.ts";
import { UndoButtons, undoEntries } from "./UndoButtons.tsx";

const opens = (name: Panel) => (): void => {
  panel.value = name;
};

const State = ({ session }: { session: Session }) => {
  const state = session.state.value;
  const words = session.kind === "template" ? t("bar-template") : t(`state-${state}`);
  if (session.kind === "template" || session.capability.value !== "manage") {
    return <span class={`state state--${session.kind === "template" ? "open" : state}`}>{words}</span>;
  }
  return (
    <button type="button" class={`state state--${state} state--button`} aria-haspopup="dialog" onClick={opens("state")}>
      <span class="bar__state-words">{words}</span>
      <span class="unseen"> ({t("bar-change-state")})</span>
    </button>
  );
};

const screenOf = ({ address, readAddress }: Session): string => projectorAddress(address.value, readAddress.value);

/** Everything there is; on a phone the menu also holds what the bar has no room for. */
const entries = (session: Session): MenuEntry[] => {
  const writes = session.canWrite.value;
  const manages = session.capability.value === "manage" && hasBeside(session);
  const all: (MenuEntry | false)[] = [
    ...(isNarrow() ? undoEntries(session) : []),
    isNarrow() && { label: t("bar-invite"), act: opens("invite") },
    isNarrow() && { label: t("bar-export"), act: opens("export") },
    session.kind === "workshop" && { label: t("paper-heading"), act: opens("paper") },
    isNarrow() && { label: t("bar-project"), act: () => void open(screenOf(session), "_blank", "noopener") },
    isNarrow() &&
      session.kind === "workshop" &&
      session.capability.value === "manage" && { label: t("state-heading"), act: opens("state") },
    manages && { label: t("stage-facilitate"), act: opens("facilitate") },
    { label: t("bar-people"), act: opens("people") },
    writes && session.kind === "workshop" && { label: t("review-heading"), act: opens("review") },
    { label: t("glossary-heading"), act: () => explain() },
    atLeast(session.capability.value, "write") && { label: t("history-heading"), act: opens("history") },
    writes && { label: t("bar-name"), act: opens("name") },
    writes && {
      label: t(session.structure.value ? "bar-structure-done" : "bar-structure"),
      act: () => (session.structure.value = !session.structure.value),
    },
    atLeast(session.capability.value, "write") && { label: t("bar-duplicate"), act: opens("duplicate") },
    { label: t("bar-language"), act: () => void chooseLanguage(language.value === "fr" ? "en" : "fr") },
    { label: t(`bar-theme-${nextTheme()}`), act: () => chooseTheme(nextTheme()) },
    { label: t("bar-keys"), keys: "?", act: opens("keys") },
    { label: t("bar-home"), act: () => location.assign("/") },
  ];
  return all.filter((entry) => entry !== false);
};

/** Names the page here where the sheet's own title is out of sight: on a phone, beyond the first section. */
const Title = ({ session }: { session: Session }) => {
  const { title, sections, language: lang } = session.minutes.value;
  const Element = isNarrow() && placeIn(sections) !== sections[0]?.id ? "h1" : "p";
  return (
    <Element class="bar__title" {...(title && { lang, title })}>
      {title || t("page-untitled")}
    </Element>
  );
};

export const Bar = ({ session }: { session: Session }) => (
  <header class="bar">
    <a class="brand bar__brand" href="/">
      {t("page-name")}
    </a>
    <State session={session} />
    <Title session={session} />
    <SavedMark session={session} />
    <Discs session={session} onOpen={opens("people")} />
    <div class="bar__tools">
      <UndoButtons session={session} />
      {atLeast(session.capability.value, "write") && (
        <button type="button" class="button bar__roomy" aria-haspopup="dialog" onClick={opens("history")}>
          {t("history-heading")}
        </button>
      )}
      <button type="button" class="button" aria-haspopup="dialog" onClick={opens("export")}>
        {t("bar-export")}
      </button>
      <a class="button" href={screenOf(session)} target="_blank" rel="noopener">
        {t("bar-project")}
      </a>
      <button type="button" class="button button--primary" aria-haspopup="dialog" onClick={opens("invite")}>
        {t("bar-invite")}
      </button>
    </div>
    <Menu label={t("bar-menu")} entries={() => entries(session)} />
  </header>
);
