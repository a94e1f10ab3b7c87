/** What happens when the page is left: what waits is sent at once, and whoever would lose sight of it is asked. */

/** Guards until the returned function is called. */
export const guardLeaving = (unsent: () => number, flush: () => void): (() => void) => {
  if (typeof window === "undefined") return () => undefined;
  const ask = (event: BeforeUnloadEvent): void => {
    flush();
    if (unsent() > 0) event.preventDefault();
  };
  const hidden = (): void => {
    // On a phone this is the last thing a page hears before it sleeps.
    if (document.visibilityState === "hidden") flush();
  };
  window.addEventListener("beforeunload", ask);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    window.removeEventListener("beforeunload", ask);
    document.removeEventListener("visibilitychange", hidden);
  };
};
