/** Where the focus goes when what had it goes away by itself: to what is left of it, else back to where one came from (K3). */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const FOCUSED = "button, input, textarea, select, a";

/** For the element around parts (its children) that come and go; without a place to go back to, the page begins again at its main part. */
export const useWayBack = (root: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    let from: Element | undefined;
    /** What has the focus, and the part it stands in. */
    let at: { focused: Element; part: Element | undefined } | undefined;
    const came = ({ target, relatedTarget }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      if (relatedTarget instanceof Element && !element.contains(relatedTarget)) from = relatedTarget;
      at = { focused: target, part: [...element.children].find((part) => part.contains(target)) };
    };
    const left = (): void => {
      // What is taken away is told of like what is left, while it is still there: a moment later one can tell.
      setTimeout(() => {
        if (!element.contains(document.activeElement)) at = undefined;
      });
    };
    const changed = new MutationObserver(() => {
      if (!at || at.focused.isConnected || document.activeElement !== document.body) return;
      const places = [
        at.part?.isConnected ? at.part.querySelector(FOCUSED) : null,
        from,
        document.querySelector("#main"),
      ];
      const place = places.find((each) => each?.isConnected);
      at = undefined;
      if (place instanceof HTMLElement) place.focus({ preventScroll: true });
    });
    element.addEventListener("focusin", came);
    element.addEventListener("focusout", left);
    changed.observe(element, { childList: true, subtree: true });
    return () => {
      changed.disconnect();
      element.removeEventListener("focusin", came);
      element.removeEventListener("focusout", left);
    };
  }, []);
