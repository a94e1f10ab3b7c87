/** A freeze takes controls away, and its end brings them back: whoever was at one of them stays in its row, else at the heading of its section (K3). */
import { effect } from "@preact/signals";
import type { Session } from "../session/session.ts";

const drawn = (act: () => void): number => requestAnimationFrame(() => requestAnimationFrame(act));

/** Watches over the focus until what it gives is called. */
export const keepFrozenFocus = (session: Session): (() => void) =>
  effect(() => {
    void session.canWrite.value;
    const active = document.activeElement;
    if (!active || active === document.body) return;
    const row = active.closest<HTMLElement>("[data-row]")?.dataset["row"];
    const section = active.closest("section");
    drawn(() => {
      if (document.activeElement !== document.body) return;
      const same = row === undefined ? null : document.querySelector(`[data-row="${CSS.escape(row)}"]`);
      const place =
        same?.querySelector<HTMLElement>("input, textarea, [tabindex='0'], button") ??
        section?.querySelector<HTMLElement>("h2[tabindex]") ??
        document.querySelector<HTMLElement>("dialog[open] button, #main");
      place?.focus({ preventScroll: true });
    });
  });
