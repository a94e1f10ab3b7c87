/** Where a section is added while the structure is being edited, and where a removed one comes back. */
import type { FunctionComponent } from "preact";
import { addSection, removedSections, restoreSection } from "../../document/edit/sections.ts";
import type { TemplateSection } from "../../minutes/template.ts";
import { SECTION_KINDS, type SectionKind } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { focusWhenDrawn } from "./drawn.ts";
import { asFields, pressOf } from "./held.ts";

/** What a new section of each kind starts with. A ranking takes the last list there is as its source. */
const startOf = (session: Session, kind: SectionKind): Omit<TemplateSection, "id"> => {
  const heading = t(`structure-kind-${kind}`);
  if (kind === "items") return { kind, heading, marker: "number" };
  if (kind === "notice") return { kind, heading, text: t("structure-notice-text") };
  if (kind !== "ranking") return { kind, heading };
  const source = session.minutes.peek().sections.findLast((section) => section.kind === "items");
  return { kind, heading, size: 3, ...(source ? { source: source.id } : {}) };
};

/** Draws nothing unless `session.structure` is true and this visitor may write, now or when a freeze is over. */
export const AddSection: FunctionComponent<{ session: Session }> = ({ session }) => {
  if (!session.structure.value || !asFields(session)) return null;
  const held = !session.canWrite.value;
  // Read so that this is drawn again when a section is removed or comes back.
  const known = new Set(session.minutes.value.sections.map(({ id }) => id));
  const removed = removedSections(session.doc).filter(({ id }) => !known.has(id));
  const goTo = (id: string): void =>
    focusWhenDrawn(session, () =>
      document.getElementById(`section-${id}`)?.querySelector<HTMLElement>(".structure__heading"),
    );
  const add = (kind: SectionKind): void => {
    const id = addSection(session.doc, startOf(session, kind));
    session.announce(t("structure-added", { kind: t(`structure-kind-${kind}`) }));
    goTo(id);
  };
  const restore = (id: string): void => {
    restoreSection(session.doc, id);
    goTo(id);
  };
  return (
    <div class="add-section">
      <fieldset>
        <legend>{t("structure-add")}</legend>
        <div class="add-section__kinds">
          {SECTION_KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              class="button add-section__kind"
              {...pressOf(held ? undefined : () => add(kind))}
            >
              <strong>{t(`structure-kind-${kind}`)}</strong>
              <span class="soft small">{t(`structure-about-${kind}`)}</span>
            </button>
          ))}
        </div>
      </fieldset>
      {removed.length > 0 && (
        <fieldset>
          <legend>{t("structure-removed-ones")}</legend>
          <div class="buttons">
            {removed.map(({ id, heading }) => (
              <button key={id} type="button" class="button" {...pressOf(held ? undefined : () => restore(id))}>
                {t("structure-restore", { heading })}
              </button>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
};
