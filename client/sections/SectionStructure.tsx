/** What can be changed about a section itself: its place, heading, guidance, options; and taking it away. */
import type { FunctionComponent } from "preact";
import {
  moveSection,
  removeSection,
  renameSection,
  restoreSection,
  setGuidance,
} from "../../document/edit/sections.ts";
import type { Section } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { pressOf } from "./held.ts";
import { Menu, MenuRoom, type MenuEntry } from "./Menu.tsx";
import { altArrow, dropRow, grabRow, stepRow, type Rows } from "./rows.ts";
import { SectionOptions } from "./SectionOptions.tsx";
import { sectionsNow } from "./section-now.ts";
import { SharedInput } from "./SharedInput.tsx";

interface StructureProps {
  session: Session;
  section: Section;
}

const sectionRows = (session: Session): Rows => ({
  session,
  ids: sectionsNow(session).map(({ id }) => id),
  move: (id, place) => moveSection(session.doc, id, place),
});

/** The place of a section is changed by its handle, by the arrows beside it, and by Alt+↑ and Alt+↓ anywhere in it. */
export const SectionStructure: FunctionComponent<StructureProps> = ({ session, section }) => {
  const held = !session.canWrite.value;
  const step = (by: -1 | 1): void => stepRow(sectionRows(session), section.id, by);
  const remove = (): void => {
    const { ids } = sectionRows(session);
    const at = ids.indexOf(section.id);
    const next = document.getElementById(`section-${ids[at + 1] ?? ids[at - 1]}`);
    // Before the one that has it is gone (K3).
    (next ?? document).querySelector<HTMLElement>(next ? ".structure .menu__button" : ".add-section__kind")?.focus();
    removeSection(session.doc, section.id);
    session.notify(t("structure-removed", { heading: section.heading }), () => restoreSection(session.doc, section.id));
  };
  const entries = (): MenuEntry[] => [
    { label: t("sections-move-up"), keys: "Alt+↑", act: () => step(-1) },
    { label: t("sections-move-down"), keys: "Alt+↓", act: () => step(1) },
    { label: t("structure-remove"), danger: true, act: remove },
  ];
  return (
    <div
      class="structure"
      onKeyDown={(event) => {
        const move = held ? undefined : altArrow(event);
        if (move) step(move.by);
      }}
    >
      <div class="structure__bar">
        {held ? (
          <MenuRoom />
        ) : (
          <Menu
            label={t("structure-menu", { heading: section.heading })}
            entries={entries}
            onGrab={(event) => {
              grabRow(event, "body", (row, drop) => dropRow(sectionRows(session), row, drop), {
                like: ".section[data-row]",
              });
            }}
          />
        )}
        <span class="overline structure__kind">{t(`structure-kind-${section.kind}`)}</span>
        <button
          type="button"
          class="button button--quiet button--icon"
          aria-label={t("structure-up", { heading: section.heading })}
          {...pressOf(held ? undefined : () => step(-1))}
        >
          <span aria-hidden="true">↑</span>
        </button>
        <button
          type="button"
          class="button button--quiet button--icon"
          aria-label={t("structure-down", { heading: section.heading })}
          {...pressOf(held ? undefined : () => step(1))}
        >
          <span aria-hidden="true">↓</span>
        </button>
        <button type="button" class="button button--quiet button--danger" {...pressOf(held ? undefined : remove)}>
          {t("structure-remove")}
        </button>
      </div>
      <label class="structure__part">
        <span class="fields__label">{t("structure-heading")}</span>
        <SharedInput
          session={session}
          class="input structure__heading"
          shape="wrap"
          value={section.heading}
          save={(value) => renameSection(session.doc, section.id, value.trim())}
        />
      </label>
      <label class="structure__part">
        <span class="fields__label">{t("structure-guidance")}</span>
        <SharedInput
          session={session}
          class="input"
          shape="lines"
          value={section.guidance ?? ""}
          save={(value) => setGuidance(session.doc, section.id, value.trim())}
        />
      </label>
      <SectionOptions session={session} section={section} />
    </div>
  );
};
