/** Working in groups: splitting a list, choosing one's own group, the addresses of all, and bringing them back together. */
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { gatherGroups, splitSection, ungather } from "../../document/edit/groups.ts";
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { focusFirst, focusWhenDrawn } from "./drawn.ts";
import { enterGroup, groupHere } from "./group-here.ts";
import { GroupAddresses } from "./GroupAddresses.tsx";
import { GroupsChoice } from "./GroupsChoice.tsx";

interface GroupsProps {
  session: Session;
  section: ItemsSection;
}

const MOST_GROUPS = 26;

const facilitates = (session: Session): boolean => session.canWrite.value && session.capability.value === "manage";

/** Stands above the list while its groups work on their own. */
export const GroupsBar: FunctionComponent<GroupsProps> = ({ session, section }) => {
  const [showing, setShowing] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const here = groupHere(section);
  // Who came by the address of a group came for it.
  useEffect(() => {
    if (here) bar.current?.scrollIntoView({ block: "center" });
  }, []);
  if (!section.split) return null;
  const gather = (): void => {
    session.undo.stopCapturing();
    const done = gatherGroups(session.doc, section.id);
    session.undo.stopCapturing();
    enterGroup(undefined);
    const told = [
      t("groups-gathered"),
      done.same > 0 && t("groups-merged", { count: done.same }),
      done.groups + done.blank > 0 && t("groups-dropped", { count: done.groups + done.blank }),
    ];
    session.notify(told.filter(Boolean).join(" "), () => ungather(session.doc, section.id, done));
  };
  return (
    <div class="groups-bar" ref={bar}>
      <GroupsChoice section={section} />
      {facilitates(session) && (
        <div class="pick-bar__acts">
          <button type="button" class="button button--quiet button--small" onClick={() => setShowing(true)}>
            {t("groups-addresses")}
          </button>
          <button type="button" class="button button--small" onClick={gather}>
            {t("groups-gather")}
          </button>
        </div>
      )}
      {showing && <GroupAddresses session={session} section={section} onClose={() => setShowing(false)} />}
    </div>
  );
};

/** Below the list: into how many groups it is split. */
export const GroupsSplitting: FunctionComponent<GroupsProps> = ({ session, section }) => {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  if (!facilitates(session) || section.split) return null;
  const close = (): void => {
    setAsking(false);
    queueMicrotask(() => opener.current?.focus());
  };
  const split = (event: Event): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const count = Number(new FormData(event.currentTarget).get("count"));
    splitSection(session.doc, section.id, count);
    session.announce(t("groups-split-said", { count }));
    setAsking(false);
    focusWhenDrawn(session, () =>
      document.querySelector<HTMLElement>(`#section-${CSS.escape(section.id)} .groups-bar .chip`),
    );
  };
  if (!asking)
    return (
      <button ref={opener} type="button" class="button button--quiet items__act" onClick={() => setAsking(true)}>
        {t("groups-split")}
      </button>
    );
  return (
    <form
      class="items__form"
      onSubmit={split}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <label class="items__field">
        <span>{t("groups-count")}</span>
        <input
          class="input"
          name="count"
          type="number"
          min={Math.max(2, section.groups.length)}
          max={MOST_GROUPS}
          required
          defaultValue={String(Math.max(2, section.groups.length))}
          ref={focusFirst}
        />
      </label>
      <button type="submit" class="button button--primary">
        {t("groups-split-go")}
      </button>
      <button type="button" class="button button--quiet" onClick={close}>
        {t("groups-cancel")}
      </button>
    </form>
  );
};
