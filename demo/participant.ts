/** Somebody who takes part by the real protocol: comes by a link, types letter by letter, picks, and waits for the disk. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import * as Y from "yjs";
import { addItem } from "../document/edit/items.ts";
import { itemTextOf, proseOf } from "../document/layout.ts";
import { read } from "../document/read.ts";
import type { SessionAnswer } from "../document/session.ts";
import type { Item, Minutes } from "../minutes/value.ts";
import type { Player } from "./player.ts";

/** A workshop as `POST /api/workshops` answers. */
export interface Started {
  id: string;
  code: string;
  links: Record<"manage" | "write" | "vote" | "read", string>;
  addresses: Record<"manage" | "write" | "vote" | "read", string>;
}

/** Resolves after so many milliseconds of a workshop held at its real pace. */
export type Pause = (milliseconds: number) => Promise<void>;

/** Hands on a telephone: between 70 and 150 ms a letter, longer after a word. */
const LETTER_MS = 70;
const SPREAD_MS = 80;
const WORD_MS = 120;

const call = async (base: string, path: string, method: string, bearer: string, body?: object): Promise<Response> => {
  const answer = await fetch(base + path, {
    method,
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
};

/** The link that a code gives: one of their own for each who asks. `base` is the server's address. */
export const linkFor = async (base: string, code: string): Promise<string> => {
  const answer = await call(base, "/api/codes", "POST", "", { code });
  return ((await answer.json()) as { link: string }).link;
};

export class Participant implements Player {
  readonly doc = new Y.Doc();
  readonly #base: string;
  readonly #answer: SessionAnswer;
  readonly #pause: Pause;
  readonly #provider: HocuspocusProvider;
  readonly #socket: HocuspocusProviderWebsocket;

  /** Comes in under a name; resolves once the minutes are there. `base` is the server's address. */
  static async enter(
    base: string,
    { id }: Started,
    { link, name, organisation = "" }: { link: string; name: string; organisation?: string },
    pause: Pause,
  ): Promise<Participant> {
    const answer = await call(base, `/api/workshops/${id}/sessions`, "POST", link, { name, organisation, layout: 1 });
    const participant = new Participant(base, (await answer.json()) as SessionAnswer, pause);
    await participant.saved();
    participant.stand();
    return participant;
  }

  private constructor(base: string, answer: SessionAnswer, pause: Pause) {
    this.#base = base;
    this.#answer = answer;
    this.#pause = pause;
    this.doc.clientID = answer.clientId;
    this.#socket = new HocuspocusProviderWebsocket({ url: `${base.replace(/^http/, "ws")}/live` });
    this.#provider = new HocuspocusProvider({
      websocketProvider: this.#socket,
      name: answer.workshop,
      token: answer.token,
      document: this.doc,
    });
    this.#provider.attach();
  }

  get id(): string {
    return this.#answer.visitor.id;
  }

  get minutes(): Minutes {
    return read(this.doc, { id: this.#answer.workshop, state: "live" });
  }

  /** Everything written here is on the server's disk. */
  async saved(): Promise<void> {
    const provider = this.#provider;
    if (provider.isSynced && !provider.hasUnsyncedChanges) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!provider.isSynced || provider.hasUnsyncedChanges) return;
        provider.off("synced", look);
        provider.off("unsyncedChanges", look);
        resolve();
      };
      provider.on("synced", look);
      provider.on("unsyncedChanges", look);
    });
  }

  /** Resolves once the minutes are so here, by whoever it was. */
  async sees(isSo: (minutes: Minutes) => boolean): Promise<void> {
    if (isSo(this.minutes)) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isSo(this.minutes)) return;
        this.doc.off("update", look);
        resolve();
      };
      this.doc.on("update", look);
    });
  }

  /** Shows the others that this one is here, and in which section. */
  stand(section?: string): void {
    const { id, name, colour } = this.#answer.visitor;
    const presence = { visitor: id, name, colour };
    this.#provider.awareness?.setLocalState(section === undefined ? presence : { ...presence, section });
  }

  /** Adds a line to a list, letter by letter. Gives its id once it is saved. */
  async capture(section: string, words: string, group?: string): Promise<string> {
    this.stand(section);
    const at = new Date().toISOString();
    const item = addItem(this.doc, section, { at, author: this.id, ...(group === undefined ? {} : { group }) });
    const text = itemTextOf(this.doc, section, item);
    if (text) await this.#type(text, words);
    await this.saved();
    return item;
  }

  /** Gives a group its heading, letter by letter. */
  async name(section: string, group: string, heading: string): Promise<void> {
    this.stand(section);
    const text = itemTextOf(this.doc, section, group);
    if (text) await this.#type(text, heading);
    await this.saved();
  }

  /** Writes at the end of a section of prose, letter by letter. */
  async write(section: string, words: string): Promise<void> {
    this.stand(section);
    await this.#type(proseOf(this.doc, section), words);
    await this.saved();
  }

  /** Picks an item of a list. */
  pick(section: string, { id }: Item): Promise<void> {
    return this.ask("POST", "/votes", { section, item: id });
  }

  /** Asks the server for something, as this session. */
  async ask(method: string, path: string, body?: object): Promise<void> {
    await call(this.#base, `/api/workshops/${this.#answer.workshop}${path}`, method, this.#answer.token, body);
  }

  leave(): void {
    this.#provider.destroy();
    this.#socket.destroy();
    this.doc.destroy();
  }

  async #type(text: Y.Text, words: string): Promise<void> {
    // Before the break that ends the last line; from there on behind one's own last letter, wherever others push it.
    let at = Math.max(0, text.length - 1);
    for (const letter of words) {
      text.insert(at, letter);
      const caret = Y.createRelativePositionFromTypeIndex(text, at + letter.length, -1);
      await this.#pause(LETTER_MS + Math.random() * SPREAD_MS + (letter === " " ? WORD_MS : 0));
      at = Y.createAbsolutePositionFromRelativePosition(caret, this.doc)?.index ?? at + letter.length;
    }
  }
}
