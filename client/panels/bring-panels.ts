/** Brings onto the page what opens over a workshop: behind the editor, or as soon as somebody asks for a panel. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { fetchEditingAhead } from "../editor/coming.ts";
import { loadPanelWords, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { panel } from "./panel.ts";
import type * as opened from "./Panels.tsx";

const here = signal<typeof opened | undefined>(undefined);

/** What opens over the workshop, once it has arrived. */
export const panelsNow: ReadonlySignal<typeof opened | undefined> = here;

let coming: Promise<void> | undefined;

/** Rejects when it cannot be fetched; the next call tries again. */
const fetchPanels = (): Promise<void> => {
  coming ??= Promise.all([import("./Panels.tsx"), loadPanelWords()]).then(
    ([arrived]) => void (here.value = arrived),
    (reason: unknown) => {
      coming = undefined;
      throw reason;
    },
  );
  return coming;
};

/** From now on a panel that is asked for is there, or one is told that it cannot be had. Gives what stops it. */
export const bringPanels = (session: Session): (() => void) => {
  // With all the rest on this device, they open without network too.
  void fetchEditingAhead()
    .then(fetchPanels)
    .catch(() => undefined);
  return effect(() => {
    if (panel.value === undefined || here.value) return;
    fetchPanels().catch(() => {
      panel.value = undefined;
      session.notify(t("attempt-unreachable"));
    });
  });
};
