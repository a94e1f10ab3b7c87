/** One connection's seat in a room: hears its frames in their order, and presence at once. */
import { setImmediate as turn } from "node:timers/promises";
import type { Connection, Document } from "@hocuspocus/server";
import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import { Refusal } from "../../document/refusal.ts";
import { atLeast } from "../../document/session.ts";
import { bundle, updatesAtHead } from "./bundle.ts";
import { Denial, denialOf } from "./denial.ts";
import { FRAME, SYNC, writeFrame, type Frame } from "./frames.ts";
import { isNews } from "./gate.ts";
import type { Intake } from "./intake.ts";
import { Listener } from "./listener.ts";
import { membersOf, type Context, type Member } from "./member.ts";
import { announcedIn, presenceOf, rebuilt, standingIn } from "./presence.ts";
import type { Relay } from "./relay.ts";

/** What became of an update: it is in the log, it brought nothing, or it is not taken for now. */
export type Verdict = "new" | "known" | "declined";

interface Parts {
  connection: Connection<Context>;
  document: Document;
  member: Member;
  relay: Relay;
  intake: Intake;
  /** Lets an update through to the log. Throws Refusal. */
  admit: (update: Uint8Array) => Promise<Verdict>;
  /** Keeps the room until the returned function is called. */
  hold: () => () => void;
  /** Hears of what could not be taken. */
  hear: (error: unknown) => void;
}

const LEFT = 1000;
/** A presence frame about nobody: a client that hears nothing back takes the line for dead. */
const NOBODY = Uint8Array.of(1, 0);

export class Seat {
  readonly listener: Listener;
  readonly #parts: Parts;
  readonly #queue: Frame[] = [];
  /** So many of them were refused together, and are taken one by one: not together again. */
  #alone = 0;
  #busy = false;
  /** Where it has come to stand meanwhile. */
  #standing: Frame | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.listener = new Listener(parts.connection.context.wire, parts.connection.messageAddress);
    parts.relay.join(this.listener);
  }

  receive(frame: Frame): void {
    if (frame.kind === FRAME.packed) return this.#pack();
    if (frame.kind === FRAME.presence) return this.#look(frame);
    if (frame.kind === FRAME.stands) {
      // Where somebody stands behind their words is shown when the words are.
      if (this.#busy) this.#standing = frame;
      else this.#look(frame);
      return;
    }
    this.#queue.push(frame);
    if (!this.#busy) void this.#run();
  }

  #look(frame: Frame): void {
    try {
      if (frame.kind === FRAME.stands) this.#stand(frame.rest);
      else this.#show(frame.rest);
    } catch (error) {
      this.#refuse(error);
    }
  }

  leave(): void {
    const { relay, member } = this.#parts;
    this.#standing = undefined;
    relay.leave(this.listener, member.clientId);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    for (let frame = this.#queue[0]; frame; frame = this.#queue[0]) {
      let taken = 0;
      try {
        taken = await this.#takeWaiting();
        if (taken === 0) await this.#take(frame);
      } catch (error) {
        this.#queue.length = 0;
        this.#refuse(error);
      }
      this.#queue.splice(0, Math.max(1, taken));
    }
    this.#busy = false;
    const standing = this.#standing;
    this.#standing = undefined;
    if (standing) this.#look(standing);
  }

  /** Takes the updates that have gathered meanwhile as one, and says how many; none where there are not, or may not be. */
  async #takeWaiting(): Promise<number> {
    if (this.#alone > 0) {
      this.#alone -= 1;
      return 0;
    }
    if (this.#parts.connection.readOnly || !this.listener.wire.open) return 0;
    const updates = updatesAtHead(this.#queue);
    if (updates.length < 2) return 0;
    try {
      await this.#write(bundle(updates), updates.length);
      return updates.length;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Nothing of it was taken. One by one those are which may be, and the one that may not is told why.
      this.#alone = updates.length - 1;
      return 0;
    }
  }

  /** Puts an update into the log and the document, and answers the frames it came in. */
  async #write(update: Uint8Array, frames: number): Promise<void> {
    const { relay, intake, admit, hold } = this.#parts;
    const release = hold();
    try {
      const verdict = await admit(update);
      if (verdict === "new") await intake.take(update);
      for (let answered = 0; answered < frames; answered += 1) {
        if (verdict === "declined") relay.decline(this.listener);
        else relay.acknowledge(this.listener);
      }
    } finally {
      release();
    }
  }

  async #take({ kind, rest }: Frame): Promise<void> {
    const { connection, relay } = this.#parts;
    if (!this.listener.wire.open) throw new Denial(new Refusal("stopping"));
    if (kind === FRAME.close) {
      // What came in the same breath was said before leaving.
      await turn();
      return connection.close({ code: LEFT, reason: "provider_initiated" });
    }
    if (kind !== FRAME.sync && kind !== FRAME.syncReply) return;
    const decoder = createDecoder(rest);
    const step = readVarUint(decoder);
    const payload = readVarUint8Array(decoder);
    if (step === SYNC.step1) return relay.answer(this.listener, payload);
    if (step !== SYNC.step2 && step !== SYNC.update) throw new Refusal("malformed-update");
    if (connection.readOnly) return this.#decline(step, payload);
    await this.#write(payload, 1);
  }

  /** A reader's update changes nothing; the second step of whoever has nothing to add is taken all the same. */
  #decline(step: number, update: Uint8Array): void {
    const taken = !isNews(this.#parts.document, update) && step === SYNC.step2;
    if (taken) this.#parts.relay.acknowledge(this.listener);
    else this.#parts.relay.decline(this.listener);
  }

  #show(rest: Uint8Array): void {
    const { member, relay } = this.#parts;
    if (!this.listener.wire.open) return;
    const announced = announcedIn(rest);
    if (this.#unseen()) return;
    this.#recognise(announced.map(({ clientId }) => clientId));
    for (const { clientId, clock, state } of announced) {
      if (clientId !== member.clientId) continue;
      relay.show(this.listener, clientId, clock, state === null ? undefined : rebuilt(state, member));
    }
  }

  #stand(rest: Uint8Array): void {
    const { member, relay } = this.#parts;
    if (!this.listener.wire.open) return;
    const standing = standingIn(rest);
    if (this.#unseen()) return;
    this.#recognise([standing.client]);
    if (standing.client !== member.clientId) return;
    relay.show(this.listener, standing.client, standing.clock, presenceOf(standing, member));
  }

  /** Whoever picks is in the room; whoever only reads is nobody in it, and is answered, so that its line does not pass for dead. */
  #unseen(): boolean {
    const { wire, address } = this.listener;
    const reads = !atLeast(this.#parts.member.grant.capability, "vote");
    if (reads) wire.send(writeFrame(address, FRAME.presence, NOBODY));
    return reads;
  }

  /** A stock client has no leased id: the first one it shows is its own from then on. */
  #recognise(shown: readonly number[]): void {
    const { member } = this.#parts;
    member.clientId ??= member.grant.clientId ?? shown.find((clientId) => !this.#taken(clientId));
  }

  /** Whether this client id already stands for somebody else. */
  #taken(clientId: number): boolean {
    const { connection, document } = this.#parts;
    return membersOf(document).some((each) => each.connection !== connection && each.member.clientId === clientId);
  }

  #pack(): void {
    if (this.listener.packed) return;
    this.listener.packed = true;
    this.#parts.relay.greet(this.listener);
  }

  #refuse(error: unknown): void {
    const { code, reason } = denialOf(error, this.#parts.hear);
    this.#parts.connection.close({ code, reason });
  }
}
