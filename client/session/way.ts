/** Which way the line takes: a WebSocket, or the lane where the network lets none through; learnt by trying. */
import { keptLane, LANE } from "./ahead.ts";
import { onTrial, type Verdict } from "./trial.ts";

/** A network that blocks WebSockets is believed to for this long, plus up to half as much. */
const BELIEVED = 10 * 60_000;
/** After so many lanes in vain, from a server that answers, the WebSocket is tried once: the network may be another. */
const DOUBT = 3;
/** Silence may also be a server that is slow for everybody: each next socket is given twice the time, up to this. */
const MOST_PATIENCE = 8;

interface Parts {
  WebSocket: typeof WebSocket;
  Lane: typeof WebSocket;
  /** The server has just answered over HTTP, so that a WebSocket that fails now is blocked. */
  answered: boolean;
  /** Whether the server answers over HTTP. */
  ask: () => Promise<boolean>;
  /** The present socket is silent: another one shall be made. */
  renew: () => void;
}

interface Way {
  /** Makes the next socket, the way that has a chance; for `new`. */
  readonly Socket: typeof WebSocket;
  stop(): void;
}

const keep = (until: number): void => {
  try {
    if (until > 0) localStorage.setItem(LANE, String(until));
    else localStorage.removeItem(LANE);
  } catch {
    // no storage: learnt anew by the next page
  }
};

/**
 * Goes by WebSocket as long as nothing speaks against it. A WebSocket that fails while the server answers over HTTP,
 * or that opens and then swallows what is said, is blocked by something in between: the lane is taken from then on.
 * One that fails while nobody answers at all proves nothing. What a lane that worked has shown is kept in this browser.
 */
export const chooseWay = (parts: Parts): Way => {
  let blockedUntil = keptLane();
  let unanswered = 0;
  let httpAnswers = parts.answered;
  let patience = 1;

  const block = (): void => {
    blockedUntil = Date.now() + BELIEVED * (1 + Math.random() / 2);
  };
  const unblock = (): void => {
    blockedUntil = 0;
    keep(0);
  };
  const silence = (): void => {
    patience = Math.min(2 * patience, MOST_PATIENCE);
    parts.renew();
  };

  const byWebSocket = (): Verdict => {
    const known = httpAnswers;
    // Each attempt needs its own proof: a server that has just been stopped answered a moment ago.
    httpAnswers = false;
    unanswered = 0;
    return {
      patience,
      answered() {
        patience = 1;
        unblock();
      },
      failed({ opened, silent }) {
        if (known || (opened && silent)) block();
        else void parts.ask().then((answers) => (httpAnswers = answers));
        if (silent) silence();
      },
    };
  };
  const byLane = (): Verdict => ({
    patience,
    answered() {
      patience = 1;
      unanswered = 0;
      keep(blockedUntil);
    },
    failed({ silent }) {
      // Where nobody answers at all, the lane is as good as ever.
      void parts.ask().then((answers) => (unanswered += answers ? 1 : 0));
      if (silent) silence();
    },
  });

  const Direct = onTrial(parts.WebSocket, byWebSocket);
  const Around = onTrial(parts.Lane, byLane);
  // Another network may let through what this one did not.
  const moved = (): void => unblock();
  if (typeof window !== "undefined") window.addEventListener("online", moved);

  const Socket = function make(address: string | URL): WebSocket {
    const around = Date.now() < blockedUntil && unanswered < DOUBT;
    return around ? new Around(address) : new Direct(address);
  } as unknown as typeof WebSocket;
  return {
    Socket,
    stop() {
      if (typeof window !== "undefined") window.removeEventListener("online", moved);
    },
  };
};
