/** Stock clients of both protocols, over real sockets or over memory, with promises for what they wait for. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

export interface Where {
  /** `ws://…/live`, or anything where `socket` stands in for the network. */
  url: string;
  socket?: typeof WebSocket;
}

interface Options {
  doc?: Y.Doc;
  /** The leased client id of a session. */
  clientId?: number;
}

/** Resolves when `check` is true; looks again whenever `watch` calls back. */
export const until = (check: () => boolean, watch: (look: () => void) => () => void): Promise<void> =>
  new Promise((resolve) => {
    if (check()) return resolve();
    const stop = watch(() => {
      if (!check()) return;
      stop();
      resolve();
    });
  });

/** A stock Hocuspocus client. */
export class LiveClient {
  readonly doc: Y.Doc;
  readonly provider: HocuspocusProvider;
  readonly socket: HocuspocusProviderWebsocket;
  /** Close codes the server has sent, in order. */
  readonly closed: number[] = [];
  readonly denied: string[] = [];
  readonly signals: unknown[] = [];
  readonly #looks = new Set<() => void>();

  constructor({ url, socket }: Where, name: string, token: string, { doc, clientId }: Options = {}) {
    this.doc = doc ?? new Y.Doc();
    if (clientId !== undefined) this.doc.clientID = clientId;
    this.socket = new HocuspocusProviderWebsocket({
      url,
      ...(socket ? { WebSocketPolyfill: socket } : {}),
      // As stock, only more eager to come back.
      delay: 50,
      minDelay: 50,
      maxDelay: 200,
    });
    this.socket.on("close", ({ event }: { event: { code: number } }) => {
      this.closed.push(event.code);
      this.#look();
    });
    this.provider = new HocuspocusProvider({
      websocketProvider: this.socket,
      name,
      token,
      document: this.doc,
      onUnsyncedChanges: () => this.#look(),
      onSynced: () => this.#look(),
      onAuthenticated: () => this.#look(),
      onAuthenticationFailed: ({ reason }) => {
        this.denied.push(reason);
        this.#look();
      },
      onStateless: ({ payload }) => {
        this.signals.push(JSON.parse(payload));
        this.#look();
      },
      onAwarenessChange: () => this.#look(),
    });
    this.doc.on("update", () => this.#look());
    this.provider.attach();
  }

  /** Waits for anything that can be seen from here. */
  when(check: () => boolean): Promise<void> {
    return until(check, (look) => {
      this.#looks.add(look);
      return () => this.#looks.delete(look);
    });
  }

  /** Everything written here is acknowledged. */
  saved(): Promise<void> {
    return this.when(() => this.provider.isSynced && !this.provider.hasUnsyncedChanges);
  }

  /** Writes at the end of a section of prose. */
  write(words: string, section = "text"): void {
    const text = this.doc.getText(`prose:${section}`);
    text.insert(text.length, words);
  }

  destroy(): void {
    this.provider.destroy();
    this.socket.destroy();
    this.#looks.clear();
  }

  #look(): void {
    for (const look of this.#looks) look();
  }
}

/** A stock y-websocket client. */
export const yjsClient = (url: string, name: string, link: string, doc = new Y.Doc()) => {
  const provider = new WebsocketProvider(url, name, doc, { params: { link }, disableBc: true, maxBackoffTime: 200 });
  const when = (check: () => boolean): Promise<void> =>
    until(check, (look) => {
      doc.on("update", look);
      provider.on("sync", look);
      provider.on("closed", look);
      provider.awareness.on("change", look);
      return () => {
        doc.off("update", look);
        provider.off("sync", look);
        provider.off("closed", look);
        provider.awareness.off("change", look);
      };
    });
  return { doc, provider, when, text: doc.getText("prose:text"), destroy: () => provider.destroy() };
};
