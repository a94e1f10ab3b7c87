/** A choice that was opened where one is not: whoever may pick is told, goes there with one press, or does not. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { pickedOf } from "../../minutes/tally.ts";
import type { ItemsSection, Section } from "../../minutes/value.ts";
import { atLeast } from "../../document/session.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { goToSection, placeIn } from "./place.ts";

const isOpen = (section: Section): section is ItemsSection => section.kind === "items" && section.pick?.open === true;

/** Id of the list whose choice one has seen, or said no to, for as long as it is open. */
const seen = signal<string | undefined>(undefined);

export const PickCall = ({ session }: { session: Session }) => {
  const { sections, language } = session.minutes.value;
  const list = sections.find(isOpen);
  const here = list !== undefined && placeIn(sections) === list.id;
  const capability = session.capability.value;
  const picks = capability !== "manage" && atLeast(capability, "vote");
  const left = list ? (list.pick?.size ?? 0) - pickedOf(list.items, session.picks()).size : 0;
  const calls = list !== undefined && picks && !here && left > 0 && seen.value !== list.id;
  useEffect(() => {
    if (!list) seen.value = undefined;
    else if (here) seen.value = list.id;
  }, [list?.id, here]);
  useEffect(() => {
    if (calls && list) session.announce(t("pick-call-said", { section: list.heading }));
  }, [calls]);
  if (!calls || !list) return null;
  return (
    <div class="call call--line" role="region" aria-label={t("pick-call-label")}>
      <p>
        {t("pick-call")} <b lang={language}>{list.heading}</b>
      </p>
      <div class="buttons">
        <button type="button" class="button button--small button--primary" onClick={() => goToSection(list.id)}>
          {t("stage-call-go")}
        </button>
        <button type="button" class="button button--small button--quiet" onClick={() => (seen.value = list.id)}>
          {t("timer-synthesis-later")}
        </button>
      </div>
    </div>
  );
};
