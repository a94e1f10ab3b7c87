/** A lane driven by hand: any body, any turn, any id. */
import { createEncoder, toUint8Array, writeVarUint8Array } from "lib0/encoding";
import { eventsOf, type ServerEvent } from "../../client/session/events.ts";
import { FRAME, readFrame, type Frame } from "../../server/rooms/frames.ts";

export class RawLane {
  id = "";
  readonly events: ServerEvent[] = [];
  readonly #cut = new AbortController();
  #turn = 0;
  #look = (): void => undefined;
  #headers = new Headers();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async open(headers: Record<string, string> = {}): Promise<this> {
    const asked = { headers: { accept: "text/event-stream", ...headers }, signal: this.#cut.signal };
    const answer = await fetch(`${this.#url}/live`, asked);
    this.#headers = answer.headers;
    void this.#read(answer).catch(() => undefined);
    await this.when(() => this.id !== "");
    return this;
  }

  destroy(): void {
    this.#cut.abort();
  }

  get headers(): Headers {
    return this.#headers;
  }

  get frames(): Frame[] {
    return this.events
      .filter(({ event }) => event === "message")
      .flatMap(({ data }) => readFrame(new Uint8Array(Buffer.from(data, "base64"))) ?? []);
  }

  acknowledged(): number {
    return this.frames.filter(({ kind, rest }) => kind === FRAME.syncStatus && rest[0] === 1).length;
  }

  closed(): number | undefined {
    const farewell = this.events.find(({ event }) => event === "close");
    return farewell && (JSON.parse(farewell.data) as { code: number }).code;
  }

  async when(check: () => boolean): Promise<void> {
    while (!check()) await new Promise<void>((resolve) => (this.#look = resolve));
  }

  async post(frames: Uint8Array[], turn = (this.#turn += 1), id = this.id): Promise<number> {
    const encoder = createEncoder();
    for (const frame of frames) writeVarUint8Array(encoder, frame);
    return this.postRaw(toUint8Array(encoder), turn, id);
  }

  async postRaw(body: Uint8Array<ArrayBuffer>, turn: number, id = this.id): Promise<number> {
    const headers = { lane: id, "lane-turn": String(turn) };
    const answer = await fetch(`${this.#url}/live`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    return answer.status;
  }

  async #read(answer: Response): Promise<void> {
    if (!answer.body) return;
    for await (const event of eventsOf(answer.body)) {
      this.events.push(event);
      if (event.event === "open") this.id = event.data;
      this.#look();
    }
  }
}
