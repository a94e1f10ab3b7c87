/** Whether the line is alive: speaks up in a quiet room, doubts a line that does not answer, wakes with the page. */

/** A room in which nobody spoke for this long is asked whether it is there. */
const QUIET = 5_000;
/** A line on which nothing was heard for this long is given up. */
const SILENCE = 8_000;
/** One on which others are heard, but what was sent is not answered: the server's disk may be slow, and a new line slower. */
const PATIENCE = 16_000;

interface Patient {
  /** When anything was last heard, in milliseconds; 0 before the first frame. */
  heard(): number;
  /** When the oldest unanswered frame left. */
  waitingSince(): number | undefined;
  connected(): boolean;
  /** Something that arrived waits for what never came before it. */
  lacks(): boolean;
  /** Says something the server answers. */
  speak(): void;
  /** Gives the socket up and connects anew, at once. */
  renew(): void;
}

/**
 * Watches a line until the returned function is called. Every frame of the others counts as a sign of life, so that in
 * a room of many only the first to find it quiet speaks. A hidden page's timers hardly run: a late check judges nothing.
 */
export const watchPulse = (line: Patient): (() => void) => {
  let checked = Date.now();
  let spared = 0;
  let lacking = false;
  const check = (): void => {
    const now = Date.now();
    const late = now - checked > 3_000;
    checked = now;
    if (!line.connected()) return;
    if (late) {
      spared = now;
      return line.speak();
    }
    // Frames come in order: what is missing a moment later was lost on the way.
    const lacked = lacking;
    lacking = line.lacks();
    if (lacked && lacking) return line.renew();
    const waiting = line.waitingSince() ?? now;
    const silent = now - Math.max(spared, line.heard() || waiting);
    if (silent > SILENCE || now - Math.max(spared, waiting) > PATIENCE) line.renew();
    else if (now - line.heard() > QUIET) line.speak();
  };
  const timer = setInterval(check, 1_000);
  let asked: ReturnType<typeof setTimeout> | undefined;

  /** After sleep a socket may look open and lead nowhere: it answers within two seconds or is replaced. */
  const wake = (): void => {
    if (typeof document !== "undefined" && document.visibilityState === "hidden") return;
    if (!line.connected()) return line.renew();
    const before = line.heard();
    line.speak();
    clearTimeout(asked);
    asked = setTimeout(() => {
      if (line.connected() && line.heard() === before) line.renew();
    }, 2_000);
  };
  const lost = (): void => line.renew();

  if (typeof window === "undefined") return () => clearInterval(timer);
  window.addEventListener("online", wake);
  window.addEventListener("offline", lost);
  window.addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("resume", wake);
  return () => {
    clearInterval(timer);
    clearTimeout(asked);
    window.removeEventListener("online", wake);
    window.removeEventListener("offline", lost);
    window.removeEventListener("pageshow", wake);
    document.removeEventListener("visibilitychange", wake);
    document.removeEventListener("resume", wake);
  };
};
