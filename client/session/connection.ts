/** The line to the room: a HocuspocusProvider that reconnects by itself, watched by the ledger and the pulse. */
import { HocuspocusProvider, HocuspocusProviderWebsocket, WebSocketStatus } from "@hocuspocus/provider";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import { aheadSocket } from "./ahead.ts";
import { LaneSocket } from "./lane.ts";
import { tapped, type Ledger } from "./ledger.ts";
import { watchPulse } from "./pulse.ts";
import { ticking } from "./ticks.ts";
import { chooseWay } from "./way.ts";

/** Updates of this window leave as one frame, so that a paste or a fast hand is one acknowledgement; after a rest they leave at once. */
const FLUSH = 40;

/** As in the WebSocket standard. */
const OPEN = 1;

/**
 * What is said while there is no line is not said later: each line begins with an exchange that carries all of it. Kept
 * for later, hours of keys would leave one by one besides, and be heard as a flood is.
 */
class Line extends HocuspocusProviderWebsocket {
  override send(message: Uint8Array): void {
    if (this.webSocket?.readyState === OPEN) super.send(message);
  }
}

export interface Connection {
  /** Gives the present socket up and tries again at once. */
  renew: () => void;
  /** Leaves a server alone for a while that has enough to do, then tries again. */
  rest: () => void;
  /** Stops for good; nothing reconnects. */
  stop: () => void;
  /** Sends what is being held back for the current window. */
  flush: () => void;
  close: () => void;
  /** What the document's updates carry as origin when they come from the room. */
  readonly origin: unknown;
}

interface Wiring {
  /** ws:// or wss:// address of the rooms. */
  address: string;
  workshop: string;
  doc: Y.Doc;
  awareness: Awareness;
  ledger: Ledger;
  Socket?: typeof WebSocket;
  /** How many times as long as taking in what others did, nothing more of it is. */
  rest: number;
  /** The server has just answered over HTTP. */
  answered: boolean;
  /** Whether the server answers over HTTP at this moment. */
  ask: () => Promise<boolean>;
  /** A session token the server takes; may throw, and is then asked for again at the next attempt. */
  token: () => Promise<string>;
  /** Says something that the server answers. */
  speak: () => void;
  /** The document of the room has arrived. */
  onSynced: () => void;
  /** The socket closed or could not be opened. */
  onClosed: (code: number) => void;
  /** There was no token, or the server would not have it; the line tries again by itself. */
  onDenied: () => void;
  onSignal: (payload: string) => void;
}

/** Connects and stays connected until `stop` or `close`. */
export const connect = (wiring: Wiring): Connection => {
  const { doc, awareness, ledger } = wiring;
  const heard = (Socket: typeof WebSocket): typeof WebSocket =>
    tapped(
      ticking(Socket, () => awareness.clientID, wiring.rest),
      ledger,
    );
  const way = chooseWay({
    WebSocket: heard(wiring.Socket ?? aheadSocket()),
    Lane: heard(LaneSocket),
    answered: wiring.answered,
    ask: wiring.ask,
    renew: () => renew(),
  });
  const line = new Line({
    url: wiring.address,
    WebSocketPolyfill: way.Socket,
    delay: 500,
    minDelay: 250,
    factor: 1.6,
    // Whoever waits for a server that is back again has waited long enough.
    maxDelay: 4_000,
    jitter: true,
    // The pulse judges the line; this one would close sockets of pages that merely sleep.
    messageReconnectTimeout: 600_000,
    onClose: ({ event }) => {
      ledger.drop();
      wiring.onClosed(event.code);
    },
  });
  /**
   * Settles as `asked` does, unless its socket is closing or another has taken the place: the provider would keep what
   * it got for the next one, and enter there twice.
   */
  const onThisLine = <T>(asked: Promise<T>): Promise<T> => {
    const socket = line.webSocket;
    return new Promise((resolve, reject) => {
      const here =
        <V>(settle: (value: V) => void) =>
        (value: V): void => {
          if (line.webSocket === socket && socket?.readyState === OPEN) settle(value);
        };
      asked.then(here(resolve), here(reject));
    });
  };
  const provider = new HocuspocusProvider({
    name: wiring.workshop,
    document: doc,
    awareness,
    websocketProvider: line,
    flushDelay: FLUSH,
    token: () => onThisLine(wiring.token()),
    onSynced: () => wiring.onSynced(),
    onAuthenticationFailed: () => {
      wiring.onDenied();
      const denied = line.webSocket;
      const again = (): void => {
        if (line.webSocket === denied) renew();
      };
      setTimeout(again, 1_000 + Math.random() * 2_000);
    },
    onStateless: ({ payload }) => wiring.onSignal(payload),
  });
  provider.attach();

  // Most keys come one by one: such a key waits for nothing but the end of its own task, in which the caret moves as well.
  let flushed = -FLUSH;
  let hurrying: ReturnType<typeof setTimeout> | undefined;
  const stopHurrying = listen(doc, "update", (_update: Uint8Array, origin: unknown) => {
    const now = performance.now();
    if (origin === provider || now - flushed < FLUSH) return;
    flushed = now;
    hurrying = setTimeout(() => provider.flushPendingUpdates());
  });

  const renew = (): void => {
    if (!line.shouldConnect) return;
    // The browser may wait a minute for a farewell from a network that is gone: leave without it.
    if (line.status === WebSocketStatus.Connected) {
      provider.onClose();
      line.onClose({ event: { code: 4408, reason: "silent" } });
      ledger.drop();
      wiring.onClosed(4408);
    }
    void line.connect();
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(resting);
    line.disconnect();
  };
  const stopPulse = watchPulse({
    heard: () => line.lastMessageReceived,
    waitingSince: () => ledger.waitingSince,
    connected: () => line.status === WebSocketStatus.Connected,
    lacks: () => provider.isSynced && (doc.store.pendingStructs !== null || doc.store.pendingDs !== null),
    speak: wiring.speak,
    renew,
  });

  return {
    renew,
    origin: provider,
    flush: () => provider.flushPendingUpdates(),
    rest() {
      line.disconnect();
      clearTimeout(resting);
      // Spread out: a whole room was sent away at the same moment.
      resting = setTimeout(() => void line.connect(), 1_500 + Math.random() * 2_500);
    },
    stop,
    close() {
      stop();
      stopPulse();
      stopHurrying();
      clearTimeout(hurrying);
      way.stop();
      provider.destroy();
      line.destroy();
    },
  };
};
